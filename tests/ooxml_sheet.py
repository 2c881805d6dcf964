"""工作簿 — what the schema cannot say of a .xlsx: names, styles, the order of cells, merges, links, Excel's limits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tests.ooxml_package import Package, Xml, attribute, name_of
from tests.ooxml_tables import NAMESPACES

_S = f"{{{NAMESPACES['s']}}}"
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_ROWS, _COLUMNS, _TEXT, _LINKS, _NAME = 1_048_576, 16_384, 32_767, 65_530, 31
Area = tuple[int, int, int, int]


def area(reference: str) -> Area | None:
    """区域 — ``A1:C3`` as (top, left, bottom, right) from 1; None where it is no area of a sheet."""
    ends = [_CELL.fullmatch(end) for end in reference.split(":")]
    if len(ends) > 2 or not all(ends):
        return None
    rows = [int(end[2]) for end in ends if end]
    columns = [_column(end[1]) for end in ends if end]
    made = (rows[0], columns[0], rows[-1], columns[-1])
    return made if made[0] <= made[2] <= _ROWS and made[1] <= made[3] <= _COLUMNS else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def workbook_faults(package: Package) -> Iterator[str]:
    """工作簿 — sheet names, defined names, styles, shared strings, and every sheet's cells."""
    for name, tree in package.roots("s:workbook"):
        names = [str(one.get("name")) for one in tree.iter(f"{_S}sheet")]
        yield from (f"{name}：{fault}" for fault in (*_sheet_names(names), *_defined(tree, names)))
        strings = [one for _, part in package.roots("s:sst") for one in part.iter(f"{_S}si")]
        yield from (f"共享字符串过长（{_units(_said(one))}）" for one in strings if _units(_said(one)) > _TEXT)
        formats = _formats(package)
        yield from _styles(package)
        for part, sheet in package.roots("s:worksheet"):
            checks = (_cells(sheet, len(strings), formats), _layout(sheet, names), _links(sheet, names))
            yield from (f"{part}：{fault}" for check in checks for fault in check)
        for part, chart in package.roots("c:chartSpace"):
            wanted = [one.text or "" for one in chart.iter(attribute("c:f"))]
            yield from (f"{part}：图引用了没有的区域 {text}" for text in wanted if not _points_into(text, names))


def _sheet_names(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if not 0 < _units(name) <= _NAME or re.search(r"[\[\]:*?/\\]", name) or name[0] == "'" or name[-1] == "'":
            yield f"工作表名不合规：{name}"
    if len({name.lower() for name in names}) != len(names):
        yield "工作表重名"


def _points_into(reference: str, names: Sequence[str]) -> bool:
    """指得到 — ``'总览'!$A$1:$B$2`` (several with commas), whole rows or columns, into a sheet there is."""
    for one in re.findall(r"(?:'(?:[^']|'')*'|[^',!]+)![^,]+", reference) or [""]:
        sheet, _, cells = one.rpartition("!")
        known = sheet.strip("'").replace("''", "'") in names
        whole = re.fullmatch(r"\$?\d+:\$?\d+|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}", cells)
        if not known or not (whole or area(cells)):
            return False
    return True


def _defined(tree: Xml, names: Sequence[str]) -> Iterator[str]:
    seen: set[tuple[str | None, str | None]] = set()
    for one in tree.iter(f"{_S}definedName"):
        key = (one.get("name"), one.get("localSheetId"))
        if key in seen:
            yield f"名称 {key[0]} 重复"
        seen.add(key)
        if not _points_into(one.text or "", names):
            yield f"名称 {key[0]} 指向没有的地方：{one.text}"
        if key[1] is not None and int(key[1]) >= len(names):
            yield f"名称 {key[0]} 的工作表不存在"


def _formats(package: Package) -> int:
    return max((len(one) for _, tree in package.roots("s:styleSheet") for one in tree.iter(f"{_S}cellXfs")), default=0)


_STYLE_LISTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}


def _styles(package: Package) -> Iterator[str]:
    for name, tree in package.roots("s:styleSheet"):
        sizes = {of: len(tree.find(_S + of)) for of in _STYLE_LISTS.values() if tree.find(_S + of) is not None}
        for key, of in _STYLE_LISTS.items():
            for one in tree.iter(f"{_S}xf", f"{_S}cellStyle"):
                if int(one.get(key, 0)) >= sizes.get(of, 0):
                    yield f"{name}：{key} {one.get(key)} 超出 {of}"
        for one in tree:
            if one.get("count") is not None and int(one.get("count")) != len(one):
                yield f"{name}：{name_of(one)} 的 count 与实数不符"
        own = {one.get("numFmtId") for one in tree.iter(f"{_S}numFmt")}
        for one in tree.iter(f"{_S}xf"):
            if int(one.get("numFmtId", 0)) >= 164 and one.get("numFmtId") not in own:
                yield f"{name}：数字格式 {one.get('numFmtId')} 没有定义"


def _said(element: Xml) -> str:
    return "".join(one.text or "" for one in element.iter(f"{_S}t"))


def _cells(sheet: Xml, strings: int, formats: int) -> Iterator[str]:
    above, box = 0, [_ROWS, _COLUMNS, 0, 0]
    for row in sheet.iter(f"{_S}row"):
        number = int(row.get("r", 0))
        if not above < number <= _ROWS:
            yield f"第{number}行次序不对或重复"
        if float(row.get("ht", 0)) > 409.5:
            yield f"第{number}行高 {row.get('ht')}，超过 409.5"
        above, left, box[2] = number, 0, number
        for cell in row:
            at = area(cell.get("r", ""))
            if at is None or at[0] != number or at[1] <= left:
                yield f"单元格 {cell.get('r')} 不在本行或次序不对"
                continue
            left = at[1]
            box = [min(box[0], number), min(box[1], left), max(box[2], number), max(box[3], left)]
            yield from (f"{cell.get('r')}：{fault}" for fault in _cell(cell, strings, formats))
    dimension = sheet.find(f"{_S}dimension")
    used = area(dimension.get("ref", "")) if dimension is not None else None
    if box[2] and dimension is not None and (used is None or used[2:] != tuple(box[2:])):
        yield f"表页范围 {dimension.get('ref')} 与所用不符（到第{box[2]}行第{box[3]}列）"


def _cell(cell: Xml, strings: int, formats: int) -> Iterator[str]:
    kind, value = cell.get("t", "n"), cell.findtext(f"{_S}v")
    if int(cell.get("s", 0)) >= max(formats, 1):
        yield f"样式 {cell.get('s')} 不存在"
    if kind == "s" and not (value or "").isdigit():
        yield "共享字符串没有序号"
    elif kind == "s" and int(value or 0) >= strings:
        yield f"共享字符串 {value} 不存在"
    if kind == "n" and value is not None and not re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", value):
        yield f"“{value}”不是数字"
    if kind == "inlineStr" and cell.find(f"{_S}is") is None:
        yield "内嵌字符串没有 is"
    if _units(_said(cell)) > _TEXT:
        yield f"文字过长（{_units(_said(cell))}）"


def _layout(sheet: Xml, names: Sequence[str]) -> Iterator[str]:
    merged = [area(one.get("ref", "")) for one in sheet.iter(f"{_S}mergeCell")]
    yield from ("合并区域的地址不对" for one in merged if one is None or one[:2] == one[2:])
    yield from _overlaps([one for one in merged if one])
    last = 0
    for column in sheet.iter(f"{_S}col"):
        first, end = int(column.get("min", 0)), int(column.get("max", 0))
        if not last < first <= end <= _COLUMNS or float(column.get("width", 0)) > 255:
            yield f"列 {first}–{end} 次序或宽度不对"
        last = end
    for tag in ("autoFilter", "dimension", "hyperlink"):
        for one in sheet.iter(_S + tag):
            if area(one.get("ref", "")) is None:
                yield f"{tag} 的地址不对：{one.get('ref')}"
    for one in sheet.iter(f"{_S}conditionalFormatting"):
        if not all(area(part) for part in one.get("sqref", "").split()):
            yield f"条件格式的地址不对：{one.get('sqref')}"
    for one in sheet.iterfind(f"{_S}headerFooter/*"):
        if _units(one.text or "") > 255:
            yield "页眉或页脚超过255字"


def _overlaps(areas: Sequence[Area]) -> Iterator[str]:
    """重叠 — swept from top to bottom, so that many thousand merged rows cost little."""
    live: list[Area] = []
    for one in sorted(areas):
        live = [other for other in live if other[2] >= one[0]]
        if any(other[1] <= one[3] and one[1] <= other[3] for other in live):
            yield f"合并区域重叠：{one}"
        live.append(one)


def _links(sheet: Xml, names: Sequence[str]) -> Iterator[str]:
    links = list(sheet.iter(f"{_S}hyperlink"))
    if len(links) > _LINKS:
        yield f"链接 {len(links)} 个，超过 {_LINKS}"
    for one in links:
        place = one.get("location")
        if place is not None and not one.get(attribute("r:id")) and not _points_into(place, names):
            yield f"链接指向没有的地方：{place}"
        if place is None and not one.get(attribute("r:id")):
            yield "链接没有去处"
        if any(_units(one.get(key, "")) > limit for key, limit in (("location", 2079), ("tooltip", 255))):
            yield "链接的文字过长"
    times = Counter(one.get("ref") for one in links)
    yield from (f"{reference} 有{count}个链接" for reference, count in times.items() if count > 1)
