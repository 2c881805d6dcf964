"""填空说明 — what every tag of a Word template holds, with an example, and how an office changes its template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rectify_tool.model import Field, Paper
from rectify_tool.papers.speech import ordinal

GUIDE_TITLE = "模板填空说明"


class Tag(NamedTuple):
    """填空 — one tag: where it lies in the fields ("parts.heading"), what it holds, an example.

    ``each`` is the name of one of its items where the tag is a list ("part"), "" where it is text; such a tag has the
    tags that lie below it, or is a list of texts, and then ``example`` is one of them. ``row`` is True where an item
    of the list is a row of a table.
    """

    path: str
    holds: str
    example: str = ""
    each: str = ""
    row: bool = False


_ITEM_ROW = (
    ("order", "序号，从1起", "1"),
    ("light", "灯：绿、黄、红、灰", "红"),
    ("standing", "时限状态", "逾期"),
    ("no", "小项编号（问题—小项）", "4-2"),
    ("matter", "小项内容", "清理规范各类指挥部"),
    ("lead", "牵头单位", "区城管局"),
    ("units", "配合单位，没有时为空", "区审计局、区财政局"),
    ("leaders", "责任领导", "副区长"),
    ("deadline", "整改时限，照分解表原文", "4月底前"),
    ("due", "到期日，定不出时为空", "2016年4月30日"),
    ("days", "逾期天数（临期表里是剩余天数），定不出时为空", "20"),
    ("said", "牵头单位这一次怎么说", "正在推进"),
)
_LEADER_ROW = (
    ("leader", "责任领导", "区委副书记"),
    ("total", "小项总数", "12"),
    ("done", "已完成（含已销号、逾期完成）", "7"),
    ("closed", "其中已销号", "3"),
    ("finished_late", "其中逾期完成", "1"),
    ("on_track", "按期推进", "2"),
    ("due_soon", "临期", "1"),
    ("overdue", "逾期", "1"),
    ("long_term", "长期坚持", "1"),
    ("undated", "时限不明确", "0"),
    ("overdue_nos", "逾期小项的编号，没有时为空", "4-2"),
)


def _table(name: str, called: str, columns: tuple[tuple[str, str, str], ...], also: str = "") -> tuple[Tag, ...]:
    return (
        Tag(f"{name}_heading", f"{called}的附件序号，没有这张表时为空", "附件1"),
        Tag(f"{name}_caption", f"{called}的名称，没有这张表时为空", called),
        Tag(name, f"{called}，一项一行；没有时为空{also}", each="row", row=True),
        *(Tag(f"{name}.{column}", holds, example) for column, holds, example in columns),
    )


GROUPS: tuple[tuple[str, tuple[Tag, ...]], ...] = (
    (
        "红头、标题",
        (
            Tag("name", "红头名称", "督查专报"),
            Tag("number", "期数，只有数字", "8"),
            Tag("sender", "发文单位，没有填时为空", "中共示例区委督查室"),
            Tag("day", "基准日，也是成文日期", "2016年5月20日"),
            Tag("secrecy", "密级或“内部资料”，没有填时为空", "内部资料"),
            Tag("serial", "编号，没有填时为空", "编号：0001"),
            Tag("mark", "每页页眉的标注，没有填时为空", "示例·虚构"),
            Tag("title", "公文标题，长的已分好行", "关于整改任务落实情况的督查专报"),
        ),
    ),
    (
        "正文",
        (
            Tag("opening", "开头一段", "截至2016年5月20日，整改任务落实情况如下。"),
            Tag("parts", "正文各部分，有内容的才有", each="part"),
            Tag("parts.heading", "一级标题，序号已写好", "一、总体情况"),
            Tag("parts.sections", "这一部分的各节", each="section"),
            Tag("parts.sections.heading", "二级标题，序号已写好；只有一节时为空", "（一）逾期未完成的小项"),
            Tag("parts.sections.paragraphs", "这一节的各自然段", "整改任务共34项。", each="paragraph"),
            Tag("attachment_note", "附件说明，一行一个；没有附件时为空", "附件：1. 逾期清单", each="line"),
            Tag("signed", "署名和成文日期，一行一个，行首空格已排好", "　　中共示例区委督查室", each="line"),
        ),
    ),
    (
        "附件",
        (
            Tag("attachments", "各附件的名称；没有附件时为空", "逾期清单", each="name"),
            *_table("overdue", "逾期清单", _ITEM_ROW),
            *_table("due_soon", "临期清单", _ITEM_ROW, also="。各列与逾期清单相同"),
            *_table("leaders", "责任领导一览", _LEADER_ROW),
            Tag("note", "表注：基准日，逾期、临期的含义", "基准日为2016年5月20日。"),
            Tag("leaders_note", "责任领导一览另加的表注", "一项有几位责任领导的，各计一次。"),
        ),
    ),
    (
        "版记",
        (
            Tag("imprint", "版记里填了任何一项就不为空，只用在条件里", "区委常委"),
            Tag("report_to", "报送对象，没有填时为空", "区委书记、副书记，区委常委"),
            Tag("send_to", "分送对象，没有填时为空", "各责任单位"),
            Tag("issuer", "印发机关，没有填时为空", "中共示例区委督查室"),
            Tag("copies", "印数，没有填时为空", "60"),
        ),
    ),
)
"""各填空 — in the order of the page, by the part of the page they belong to."""

TAGS: tuple[Tag, ...] = tuple(tag for _, tags in GROUPS for tag in tags)
_EACH: Mapping[str, str] = {tag.path: tag.each for tag in TAGS if tag.each}


def typed(tag: Tag) -> str:
    """照写 — the tag as it is typed in the template; of a list, its loop on lines of its own."""
    parent, _, name = tag.path.rpartition(".")
    within = f"{_EACH[parent]}.{name}" if parent else name
    if not tag.each:
        return f"{{{{ {within} }}}}"
    carrier = "tr" if tag.row else "p"
    inner = f"{{{{ {tag.each} }}}}" if tag.example else "……"
    return f"{{%{carrier} for {tag.each} in {within} %}}\n{inner}\n{{%{carrier} endfor %}}"


def sample_fields() -> dict[str, Field]:
    """试填 — one example of everything a tag can hold, with one item in every list: what a template is tried with."""
    return {tag.path: _sample(tag) for tag in TAGS if "." not in tag.path}


def _sample(tag: Tag) -> Field:
    if not tag.each:
        return tag.example
    if tag.example:
        return (tag.example,)
    below = [one for one in TAGS if one.path.rpartition(".")[0] == tag.path]
    return ({one.path.rpartition(".")[2]: _sample(one) for one in below},)


# ---------------------------------------------------------------- 说明 ----

_CHAPTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "怎样改模板",
        (
            "用 Word 或 WPS 打开“模板”文件夹里的{template}，像改普通文件一样改字体、间距和固定的文字，保存后关闭。"
            "文件名不要改，下次运行就用改过的模板。",
            "工作文件夹“模板”里的，只管这个工作文件夹。打包好的程序旁边也有一个“模板”文件夹，改了那里的，没有自己模板的工作文件夹都用它；"
            "程序换新版以前，请把改过的另存一份。",
            "花括号里的是标签，运行时换成内容，字体字号随标签的第一个字。标签要照原样留着，要移动就整个剪切、粘贴。",
            "红头、标题、版记等不要的可以删，表格的列可以增减。正文的每一段、附件的每张表都要有地方写："
            "opening、parts 和附件的表不能删，删了程序会停下来。",
            "句子的说法不在模板里，在工作文件夹的“口径.toml”里改。",
        ),
    ),
    (
        "标签怎样写",
        (
            "填空：{{ 名称 }}。用半角的花括号，里面只写名称，写在同一段里。",
            "条件：{%p if 名称 %} 和 {%p endif %} 各独占一段，名称有内容时才印出它们中间的段落；"
            "中间还可以有 {%p else %}。没有内容时才印的，写 {%p if not 名称 %}。",
            "循环：{%p for part in parts %} 和 {%p endfor %} 各独占一段，中间的段落每项印一遍。",
            "表格的行：{%tr for row in overdue %} 和 {%tr endfor %} 各独占表格的一行，中间的那一行每项印一遍。",
            "一段之内：{% if sender %} 和 {% endif %} 写在同一段里，不带 p。",
            "写给自己看的话：{# 这里是说明 #}，不印出来。",
            "页眉、页脚、文本框里也能写标签；域、超链接、艺术字、图片说明里不能写。标签以外的文字不要用花括号。",
        ),
    ),
    (
        "写错了会怎样",
        (
            "程序停下来，说明哪个模板、第几段、哪个标签、错在哪里；这一次不写成果，原有的成果不动，"
            "也不会悄悄改用默认的模板。照说明改好，再试一次。",
            "常见的错：花括号用了全角的，或少了一个；名称拼错；删了 endif 或 endfor；row 写到了循环外面；"
            "{%tr … %} 所在的行还有别的文字；模板设了打开密码；存成了 .doc 或 .wps。",
        ),
    ),
    (
        "换版式，回到默认",
        (
            "现有的版式：{layouts}。换一种：先把“模板”文件夹里的{template}移走或改名，再照想要的版式复制一份出来。",
            "先用工作文件夹“模板”里的，没有就用程序旁边“模板”里的，再没有就用默认的。"
            "回到默认：把“模板”文件夹里的{template}移到别的文件夹，下次运行就不用它了；程序旁边的也移走，就用默认的模板。",
        ),
    ),
)


def make_guide(template: str, layouts: Sequence[str], day: date) -> Paper:
    """填空说明 — the paper that tells an office how to change ``template``, with a table of every tag."""
    slots = {"{template}": template, "{layouts}": "、".join(layouts)}
    chapters = [_chapter(heading, [_with(text, slots) for text in texts]) for heading, texts in _CHAPTERS]
    chapters += [_chapter(f"填空：{heading}", (), tags) for heading, tags in GROUPS]
    numbered = tuple({**one, "heading": f"{ordinal(at)}、{one['heading']}"} for at, one in enumerate(chapters, 1))
    return Paper(template, GUIDE_TITLE, day, {"title": GUIDE_TITLE, "mark": "", "parts": numbered})


def _with(text: str, slots: Mapping[str, str]) -> str:
    """填上名称 — not by ``format``: the text itself is about braces."""
    for slot, value in slots.items():
        text = text.replace(slot, value)
    return text


def _chapter(heading: str, texts: Sequence[str], tags: Sequence[Tag] = ()) -> dict[str, Field]:
    rows = {(typed(tag), tag.holds): tag.example for tag in tags}  # tables with the same columns tell them once
    listed = tuple({"tag": tag, "holds": holds, "example": example} for (tag, holds), example in rows.items())
    return {"heading": heading, "paragraphs": tuple(texts), "rows": listed}
