"""The bulletin on paper: printed by LibreOffice and measured against GB/T 9704-2012, in millimetres."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest

from rectify_tool.document import write_document
from rectify_tool.model import Outcome, Paper, Paragraph, Sentence, Standing
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.places import templates_folder
from tests.papers_builder import outcome, reply, rules, story, verdict
from tests.rendered import Line, lines, mm, needs_office, rendered_all, turned_lines

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

sys.path.insert(0, str(templates_folder()))
try:
    from make_templates import LAYOUTS, Layout, make_bulletin_template, template_file
finally:
    sys.path.pop(0)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
CHARACTER = 15.75 * 25.4 / 72
"""一字 — of body text: 16 pt less a quarter."""
TURNED_LEFT, TURNED_RIGHT, TURNED_TOP, TURNED_BOTTOM = 35.0, 260.0, 28.0, 184.0
"""横页版心 — the upright page's type area, turned with the sheet."""
NEAR = 0.5
MARKS = "，。；：、”）！？》"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PDF]:
    """各份 — every paper measured here, set and printed once."""
    folder = tmp_path_factory.mktemp("geometry")
    default = LAYOUTS[0]
    papers = {
        "full": (_full_page(make_bulletin(story(secrecy="内部资料", serial="编号：0012"))), default),
        "marks": (_marks_everywhere(make_bulletin(story())), default),
        "long": (make_bulletin(_many_rows()), default),
        "titled": (make_bulletin(story(name="巡视整改工作督查专报", title="甲" * 18 + "\n" + "乙" * 12)), default),
        **{layout.name: (_full_page(make_bulletin(story())), layout) for layout in LAYOUTS[1:]},
    }
    for name, (paper, layout) in papers.items():
        write_document(paper, template_file(layout), folder / f"{name}.docx")
    opened = rendered_all([folder / f"{name}.docx" for name in papers])
    return dict(zip(papers, opened, strict=True))


def _full_page(paper: Paper) -> Paper:
    return _opening(paper, "中" * 2000)


def _marks_everywhere(paper: Paper) -> Paper:
    """标点在每一处 — lines with a mark at every column, so that each has to end a line somewhere."""
    return _opening(paper, "".join("中" * at + MARKS[at % len(MARKS)] + "“文" for at in range(60)))


def _opening(paper: Paper, text: str) -> Paper:
    return replace(paper, fields={**paper.fields, "opening": Paragraph((Sentence(text),))})


def _many_rows() -> Outcome:
    verdicts = [
        verdict(
            f"{at // 3 + 1}-{at % 3 + 1}",
            Standing.OVERDUE if at % 4 else Standing.DUE_SOON,
            lead="区教育体育和文化旅游局",
            leaders=("区委副书记",) if at % 2 else ("区委常委、副区长",),
            matter=f"始{at:03d}清理规范各类指挥部，撤销合并一批" + "，逐项落实" * (at % 4) + f"{at:03d}终",
            replies=[
                reply("区教育体育和文化旅游局", f"{at // 3 + 1}-{at % 3 + 1}", progress="正在制定方案" * (at % 7))
            ],
        )
        for at in range(48)
    ]
    listed = (
        "区委书记、副书记，区委常委，区人大常委会主任，区政协主席，区人民政府区长、副区长，区法院院长、区检察院检察长"
    )
    texts = {"sender": "中共示例区委督查室", "mark": "示例·虚构", "copies": "60", "report_to": listed}
    return outcome(*verdicts, using=rules(**texts))


# ---------------------------------------------------------------- 版心 ----


@needs_office
def test_the_paper_is_a4_and_the_type_area_156_mm_wide_from_28_mm(pages: dict[str, PDF]) -> None:
    page = pages["full"].pages[1]
    assert (mm(page.width), mm(page.height)) == pytest.approx((210, 297), abs=0.2)
    body = _body(page)
    assert {line.text for line in body} == {"中" * 28}
    assert all(line.left == pytest.approx(LEFT, abs=0.2) for line in body)
    assert all(line.right == pytest.approx(RIGHT, abs=NEAR) for line in body)


@needs_office
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_full_page_has_22_lines_of_28_characters_within_the_type_area(layout: Layout, pages: dict[str, PDF]) -> None:
    body = _body(pages[_printed(layout)].pages[1])
    margins = layout.margins
    assert [len(line.text) for line in body] == [28] * 22
    assert _pitch(body) == pytest.approx(margins.pitch, abs=0.05)
    assert body[0].top >= margins.top and body[0].top - margins.top < mm(margins.pitch)
    assert body[-1].bottom <= 297 - margins.bottom


@needs_office
def test_a_paragraph_begins_two_characters_in(pages: dict[str, PDF]) -> None:
    opening = next(line for line in lines(pages["full"].pages[0]) if line.text.startswith("中中"))
    assert opening.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.3)
    assert len(opening.text) == 26


@needs_office
def test_nothing_of_the_text_is_lost_and_no_mark_hangs_over_the_edge(pages: dict[str, PDF]) -> None:
    pdf = pages["marks"]
    printed = [line for page in _upright(pdf)[:-1] for line in lines(page)[1:-1]]
    assert max(line.right for line in printed if not line.text.endswith("-")) <= RIGHT + NEAR  # 7.4 hangs that hyphen
    words = "".join("".join(line.text for line in printed).split()).replace("\N{NON-BREAKING HYPHEN}", "-")
    assert words == _words_of_text_section(pdf)


def _words_of_text_section(pdf: PDF) -> str:
    """正文全文 — what stands in the document before the attachments' section, without blanks."""
    body = docx.Document(str(_document(pdf))).element.body
    said = []
    for block in body:
        said += [
            "-" if run.tag == f"{W}noBreakHyphen" else run.text for run in block.iter(f"{W}t", f"{W}noBreakHyphen")
        ]
        if block.find(f".//{W}sectPr") is not None:
            break
    return "".join("".join(said).split())


def _document(pdf: PDF) -> Path:
    return Path(str(pdf.path)).with_suffix(".docx")


# ---------------------------------------------------------------- 红头、标题、署名 ----


@needs_office
def test_the_red_head_stands_as_offices_set_it(pages: dict[str, PDF]) -> None:
    page = pages["full"].pages[0]
    _, secrecy, name, number, sender, title, *_ = lines(page)
    assert secrecy.text == "内部资料编号：0012" and (secrecy.left, secrecy.right) == _edges()
    assert secrecy.top > TOP
    assert name.text == "督查专报" and name.size == pytest.approx(60, abs=0.1) and _red(name.colour)
    assert number.text == "第8期" and number.top > name.bottom
    assert sender.text.strip() == "中共示例区委督查室2016年5月20日"
    assert sender.right == pytest.approx(RIGHT - 16 * 25.4 / 72, abs=NEAR)
    assert title.size == pytest.approx(22, abs=0.1)
    for line in (name, number, title):
        assert (line.left + line.right) / 2 == pytest.approx(106, abs=NEAR)


@needs_office
def test_the_red_rule_is_4_mm_below_the_sender_and_two_lines_above_the_title(pages: dict[str, PDF]) -> None:
    page = pages["full"].pages[0]
    _, _, _, _, sender, title, *_ = lines(page)
    rule = next(one for one in page.lines if _red(one["stroking_color"]))
    assert (mm(rule["x0"]), mm(rule["x1"])) == _edges()
    foot_of_type = sender.bottom + 0.14 * mm(sender.size)
    assert mm(rule["top"]) - foot_of_type == pytest.approx(4, abs=NEAR)
    blank = title.top - mm(rule["top"])
    assert 2 <= blank / mm(28.95) < 2.8


@needs_office
def test_a_long_name_and_a_title_of_two_lines_keep_to_the_page(pages: dict[str, PDF]) -> None:
    page = pages["titled"].pages[0]
    name = next(line for line in lines(page) if line.text == "巡视整改工作督查专报")
    first, second = (line for line in lines(page) if set(line.text) <= set("甲乙"))
    assert name.left >= LEFT and name.right <= RIGHT and _red(name.colour)
    assert (first.text, second.text) == ("甲" * 18, "乙" * 12)
    assert (second.bottom - first.bottom) * 72 / 25.4 == pytest.approx(34, abs=1)


@needs_office
def test_the_day_of_making_begins_two_characters_right_of_the_sender(pages: dict[str, PDF]) -> None:
    last = lines(_upright(pages["full"])[-2])
    sender, day = (_first_ink(_upright(pages["full"])[-2], line) for line in last[-3:-1])
    assert "".join(line.text.strip() for line in last[-3:-1]) == "中共示例区委督查室2016年5月20日"
    assert day - sender == pytest.approx(2 * CHARACTER, abs=NEAR)
    assert max(line.right for line in last[-3:-1]) <= RIGHT


@needs_office
def test_no_page_holds_the_signature_alone(pages: dict[str, PDF]) -> None:
    for pdf in pages.values():
        said = docx.Document(str(_document(pdf)))
        (last,) = (one.text for one in said.paragraphs if one.style is not None and one.style.name == "公文末段")
        signed = next(page for page in pdf.pages if any(line.text == "附件：1. 逾期清单" for line in lines(page)))
        assert any(line.text in last.replace("\N{NON-BREAKING HYPHEN}", "-") for line in lines(signed)[1:])


def _first_ink(page: Page, line: Line) -> float:
    inked = (char for char in page.chars if char["text"].strip() and abs(mm(char["bottom"]) - line.bottom) < NEAR)
    return min(mm(char["x0"]) for char in inked)


# ---------------------------------------------------------------- 页码 ----


@needs_office
def test_page_numbers_stand_7_mm_below_the_type_area_odd_right_and_even_left(pages: dict[str, PDF]) -> None:
    for page, number in _numbered(pages["full"]):
        line = lines(page)[-1]
        assert line.text == f"— {number} —" and line.size == pytest.approx(14, abs=0.1)
        assert line.top - BOTTOM == pytest.approx(7, abs=NEAR)
        if number % 2:
            assert line.right == pytest.approx(RIGHT - mm(14), abs=NEAR)
        else:
            assert line.left == pytest.approx(LEFT + mm(14), abs=NEAR)


@needs_office
def test_on_a_turned_sheet_the_number_is_where_the_upright_page_has_it(pages: dict[str, PDF]) -> None:
    seen = set()
    for number, page in enumerate(pages["long"].pages, 1):
        for line in turned_lines(page):
            seen.add(number % 2)
            assert mm(page.width) == pytest.approx(297, abs=0.2)
            assert line.text == f"— {number} —" and line.size == pytest.approx(14, abs=0.1)
            assert TURNED_LEFT - line.right == pytest.approx(7, abs=NEAR)
            inset = TURNED_BOTTOM - line.bottom if number % 2 else line.top - TURNED_TOP
            assert inset == pytest.approx(mm(14), abs=NEAR)
    assert seen == {0, 1}


@needs_office
@pytest.mark.parametrize("layout", LAYOUTS[1:], ids=lambda layout: layout.name)
def test_other_forms_of_the_number_are_centred_and_count_rightly(layout: Layout, pages: dict[str, PDF]) -> None:
    pdf = pages[layout.name]
    for page, number in _numbered(pdf):
        line = lines(page)[-1]
        fields = {"PAGE": number, "NUMPAGES": len(pdf.pages)}
        assert line.text == layout.number.text.format(**fields)
        assert line.top - (297 - layout.margins.bottom) == pytest.approx(7, abs=NEAR)
        if not layout.number.outer:
            assert (line.left + line.right) / 2 == pytest.approx(106, abs=NEAR)


# ---------------------------------------------------------------- 附件表 ----


@needs_office
def test_every_page_of_a_table_has_its_heading_and_only_whole_rows(pages: dict[str, PDF]) -> None:
    told = []
    for page in _turned(pages["long"]):
        text = (page.extract_text() or "").replace("\n", "")
        assert ("整改时限" in text) == ("终" in text)
        assert text.count("始") == text.count("终")
        told += [char["text"] for char in page.chars if char["text"] in "始终"]
    assert told.count("始") == told.count("终") == 48


@needs_office
def test_a_tables_columns_are_as_wide_as_the_template_says_and_stay_in_the_type_area(pages: dict[str, PDF]) -> None:
    grid = docx.Document(str(template_file(LAYOUTS[0]))).tables[0]._tbl.tblGrid
    widths = [int(column.get(f"{W}w")) / 1440 * 25.4 for column in grid.findall(f"{W}gridCol")]
    assert sum(widths) == pytest.approx(TURNED_RIGHT - TURNED_LEFT, abs=0.1)
    for page in (page for page in _turned(pages["long"]) if "整改时限" in (page.extract_text() or "")):
        rules = {round(mm(line["x0"]), 1) for line in page.lines if abs(line["x0"] - line["x1"]) < 0.1}
        assert sorted(rules) == pytest.approx([TURNED_LEFT + width for width in accumulate([0, *widths])], abs=0.3)
        assert min(mm(line["top"]) for line in page.lines) >= TURNED_TOP - 0.1
        assert max(mm(line["bottom"]) for line in page.lines) <= TURNED_BOTTOM + 0.1


@needs_office
def test_an_attachment_begins_with_its_label_and_its_name_on_the_third_line(pages: dict[str, PDF]) -> None:
    first = _turned(pages["long"])[0]
    label, name = [line for line in lines(first) if line.text in ("附件1", "逾期清单")]
    assert label.left == pytest.approx(TURNED_LEFT, abs=0.2) and label.top >= TURNED_TOP
    assert (name.left + name.right) / 2 == pytest.approx((TURNED_LEFT + TURNED_RIGHT) / 2, abs=NEAR)
    assert 2 < (name.bottom - label.bottom) / mm(28.95) < 2.6


# ---------------------------------------------------------------- 版记 ----


@needs_office
def test_the_imprint_is_at_the_foot_of_the_last_page_which_is_even(pages: dict[str, PDF]) -> None:
    page, number = _numbered(pages["long"])[-1]
    assert number % 2 == 0 and page.page_number == len(pages["long"].pages)
    rules = sorted(page.lines, key=lambda line: float(line["top"]))
    assert mm(rules[-1]["top"]) == pytest.approx(BOTTOM, abs=NEAR)
    assert all((mm(rule["x0"]), mm(rule["x1"])) == _edges() for rule in rules)
    widths = [mm(rule["linewidth"]) for rule in rules]
    assert widths == pytest.approx([0.35, *[0.25] * (len(rules) - 2), 0.35], abs=0.02)


@needs_office
def test_the_imprints_lists_run_on_under_the_first_character_behind_the_colon(pages: dict[str, PDF]) -> None:
    page = pages["long"].pages[-1]
    first, second, *_, made, copies, _ = lines(page)[1:]
    assert first.text.startswith("报：") and first.left == pytest.approx(LEFT + mm(14), abs=NEAR)
    assert second.left == pytest.approx(first.left + 2 * mm(14), abs=NEAR)
    assert made.text == "中共示例区委督查室2016年5月20日印发" and copies.text == "共印60份"
    assert (made.right, copies.right) == pytest.approx((RIGHT - mm(14), RIGHT - mm(14)), abs=NEAR)
    assert all(line.size == pytest.approx(14, abs=0.1) for line in (first, second, made, copies))


# ---------------------------------------------------------------- 模板 ----


@pytest.mark.parametrize(
    ("style", "font", "size", "level"),
    [
        ("公文正文", "仿宋_GB2312", 16, None),
        ("公文红头", "方正小标宋简体", 60, None),
        ("公文标题", "方正小标宋简体", 22, None),
        ("公文一级", "黑体", 16, "0"),
        ("公文二级", "楷体_GB2312", 16, "1"),
        ("附件序号", "黑体", 16, None),
        ("附件名称", "方正小标宋简体", 22, "0"),
        ("表文", "仿宋_GB2312", 12, None),
        ("版记", "仿宋_GB2312", 14, None),
        ("页码", "宋体", 14, None),
    ],
)
def test_each_part_has_the_standards_font_and_size(style: str, font: str, size: int, level: str | None) -> None:
    look = docx.Document(str(template_file(LAYOUTS[0]))).styles[style].element
    fonts = look.find(f"{W}rPr/{W}rFonts")
    assert {fonts.get(f"{W}{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {font}
    assert look.find(f"{W}rPr/{W}sz").get(f"{W}val") == str(2 * size)
    outline = look.find(f"{W}pPr/{W}outlineLvl")
    assert (outline.get(f"{W}val") if outline is not None else None) == level


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_shipped_template_is_the_one_its_script_makes(layout: Layout, tmp_path: Path) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(make_bulletin_template(layout))
    assert _parts(made) == _parts(template_file(layout))


def test_there_is_a_template_for_every_layout_and_no_other() -> None:
    shipped = {path.stem for path in (templates_folder() / "版式").glob("*.docx")}
    assert shipped == {layout.name for layout in LAYOUTS[1:]}


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


# ---------------------------------------------------------------- 量法 ----


def _printed(layout: Layout) -> str:
    return "full" if layout == LAYOUTS[0] else layout.name


def _body(page: Page) -> list[Line]:
    """正文各行 — of a page, without the mark above and the number below."""
    return [line for line in lines(page) if "中" * 5 in line.text]


def _pitch(body: Sequence[Line]) -> float:
    return (body[-1].bottom - body[0].bottom) / (len(body) - 1) * 72 / 25.4


def _edges() -> Any:
    return pytest.approx((LEFT, RIGHT), abs=0.2)


def _red(colour: Sequence[float]) -> bool:
    return len(colour) == 3 and colour[0] > 0.8 and max(colour[1:]) < 0.2


def _upright(pdf: PDF) -> list[Page]:
    return [page for page in pdf.pages if page.width < page.height]


def _turned(pdf: PDF) -> list[Page]:
    return [page for page in pdf.pages if page.width > page.height]


def _numbered(pdf: PDF) -> list[tuple[Page, int]]:
    """带页码的竖页 — the number each prints; a blank page before the 版记 is numbered, though no PDF has it."""
    return list(_numbers(pdf))


def _numbers(pdf: PDF) -> Iterator[tuple[Page, int]]:
    for page in _upright(pdf):
        last = page is pdf.pages[-1]
        number = page.page_number
        if last and "共" not in lines(page)[-1].text:
            number += number % 2
        yield page, number
