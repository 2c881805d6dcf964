"""示例县2024 — another world: a county after an environmental inspection; one-level numbers, other headings, no 报送/.

Everything is made up. The unit files lie beside the breakdown, which is told from them by its content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pages import MARK, Column, Down, Formatted, Made, Page, Record, Typed, lay, write_made

EPB, WATER, FARM = "市生态环境局示例分局", "县水利局", "县农业农村局"
LAND, CITY, TOWN = "县自然资源局", "县城市管理局", "示例镇人民政府"


@dataclass(frozen=True, slots=True)
class Issued:
    """清单中的一项 — as the county issued it."""

    no: int
    problem: str
    measure: str
    goal: str
    leader: str
    units: str
    deadline: Typed
    closed_on: Typed = ""

    def record(self) -> dict[str, Typed]:
        """一行 — every field a column may show."""
        return {
            "no": self.no,
            "problem": self.problem,
            "measure": self.measure,
            "goal": self.goal,
            "leader": self.leader,
            "units": self.units,
            "deadline": self.deadline,
            "closed_on": self.closed_on,
        }


MAYOR, CITY_HEAD, FARM_HEAD = "县长", "分管城建副县长", "分管农业副县长"

ISSUED: tuple[Issued, ...] = (
    Issued(
        1,
        "部分片区雨污管网错接混接，生活污水直排河道。",
        "排查城区雨污管网，完成错接混接点改造。",
        "消除生活污水直排口。",
        CITY_HEAD,
        f"{CITY}、{TOWN}",
        "2024年6月底前",
    ),
    Issued(
        2,
        "县污水处理厂进水浓度长期偏低。",
        "编制“一厂一策”方案，修复破损管网，减少外水进入。",
        "进水生化需氧量浓度达到规定要求。",
        CITY_HEAD,
        CITY,
        "2024年12月底前",
    ),
    Issued(
        3,
        "生活垃圾中转站渗滤液收集不到位。",
        "更换收集槽和转运罐车，渗滤液日产日清。",
        "渗滤液不落地、不外溢。",
        CITY_HEAD,
        CITY,
        "立行立改",
    ),
    Issued(
        4,
        "两处已关闭采砂点岸线未恢复。",
        "清运堆存砂石，平整岸线，补种护岸植被。",
        "岸线恢复自然状态。",
        FARM_HEAD,
        f"{WATER}、{LAND}",
        "2024年7月31日前",
    ),
    Issued(
        5,
        "饮用水水源一级保护区标志和隔离设施缺失。",
        "补设界标、警示牌和隔离网。",
        "保护区标志设施齐全。",
        FARM_HEAD,
        f"{WATER}；{EPB}",
        "4月15日前",
    ),
    Issued(
        6,
        "规模养殖场粪污处理设施运行不正常。",
        "逐场检查设施运行，限期修复，签订粪污消纳协议。",
        "规模养殖场粪污处理设施正常运行率100%。",
        FARM_HEAD,
        f"{FARM}、{TOWN}",
        "8月12日前",
    ),
    Issued(
        7,
        "秋收季节露天焚烧秸秆现象时有发生。",
        "落实网格巡查，推进秸秆综合利用。",
        "火点数逐年下降。",
        FARM_HEAD,
        f"{TOWN}（牵头）、{FARM}",
        "长期坚持",
    ),
    Issued(
        8,
        "历史遗留矿山生态修复进度缓慢。",
        "分年度实施11处历史遗留矿山生态修复。",
        "修复面积186亩。",
        MAYOR,
        LAND,
        "2025年底前",
    ),
    Issued(
        9,
        "个别项目违法占用湿地。",
        "依法查处，拆除违法建筑，恢复湿地原状。",
        "恢复湿地12亩。",
        MAYOR,
        LAND,
        "2024年第二季度末",
    ),
    Issued(
        10,
        "部分企业危险废物管理台账不规范。",
        "开展危险废物规范化管理检查，逐企整改。",
        "危险废物台账规范率100%。",
        MAYOR,
        EPB,
        "反馈后3个月内",
        date(2024, 7, 5),
    ),
    Issued(
        11,
        "自动监测数据异常处置不及时。",
        "建立异常数据会商和处置机制。",
        "异常数据24小时内处置。",
        MAYOR,
        EPB,
        "按上级安排部署",
    ),
    Issued(
        12,
        "工业园区周边居民反映夜间噪声扰民。",
        "开展噪声专项整治，督促企业加装隔声设施。",
        "厂界噪声达标。",
        CITY_HEAD,
        f"{EPB}、{CITY}",
        "5月-7月",
    ),
)


def said(no: int, progress: str, state: Typed = "", finished: Typed = "", /, **more: Typed) -> dict[str, Typed]:
    """一条反馈 — a unit's line: the issued fields with what the unit wrote."""
    return {**ISSUED[no - 1].record(), "progress": progress, "status": state, "finished": finished, **more}


def bracketed(no: int) -> Formatted:
    """括号编号 — (9) as Excel keeps it: the number −9."""
    return Formatted(-no, "General", str(-no))


CITY_SAID = (
    said(
        1,
        "排查管网86公里，改造错接混接点41处，6月28日全部完成，直排口已封堵。",
        "完成",
        date(2024, 6, 28),
        no=bracketed(1),
    ),
    said(2, "“一厂一策”方案已批复，完成管网修复3.2公里，正在招标二期工程。", "推进中", no=bracketed(2)),
    said(3, "更换收集槽2处，新购转运罐车1辆，已整改到位。", "完成", date(2024, 3, 22), no=bracketed(3)),
    said(12, "配合开展夜间施工巡查15次，已完成。", "完成", date(2024, 7, 20), no=bracketed(12)),
)
WATER_SAID = (
    said(4, "清运砂石2.6万方，已平整岸线1处，另1处正在平整。", "未完成", no="四"),
    said(5, "补设界标12块、警示牌20块、隔离网1.8公里。", "已完成", "4月20日", no="五"),
)
LAND_SAID = (
    said(8, "11处历史遗留矿山已完成修复4处，其余7处正在施工。", Formatted(0.36, "0%", "36%"), no="8"),
    said(9, "立案查处1起，违法建筑拆除过半，湿地恢复方案已评审。", Formatted(0.6, "0%", "60%"), no="9"),
    said(4, "提供采砂点用地范围图，配合复绿验收。", Formatted(0.5, "0%", "50%"), no="4"),
)
EPB_SAID = (
    said(10, "检查产废企业64家，发现问题112个，全部整改完成。", "√", "2024年6月12日", no="问题10"),
    said(11, "会商机制初稿已形成，正在征求监测站和企业意见。", "×", no="问题11"),
    said(12, "整治企业9家，加装隔声屏5处，夜间厂界噪声监测全部达标，整改完成。", "√", "2024年7月25日", no="问题12"),
    said(5, "参加水源地现场核查2次，已完成。", "√", "2024年4月18日", no="问题5"),
)

TITLE = f"示例县生态环境保护督察反馈问题整改进展表{MARK}"
NO = Column("序号", "no", 7)
PROBLEM = Column("存在问题", "problem", 26)
PROGRESS = Column("整改进展", "progress", 40)


def card(records: Sequence[Record], *, title: str, above: str) -> Page:
    """表单 — one form per item, labels at the left and values at the right, one below the other."""
    labels = (
        ("问题序号", "no"),
        ("存在问题", "problem"),
        ("整改责任单位", "units"),
        ("整改完成时限", "deadline"),
        ("整改进展", "progress"),
        ("完成情况", "status"),
    )
    rows: list[tuple[Typed | None, ...]] = [(title,), (above,)]
    for record in records:
        rows += [(label, record[field] or None) for label, field in labels] + [(None, None)]
    rows.pop()
    merges = ((0, 0, 0, 1), (1, 0, 1, 1))
    return Page("Sheet1", tuple(rows), merges, (16.0, 70.0), plain=frozenset((0, 1)))


def at(month: int, day: int) -> datetime:
    """保存时间 — a morning of the story's year."""
    return datetime(2024, month, day, 9)


WORKBOOKS: tuple[Made, ...] = (
    Made(
        "附件1 反馈问题整改清单.xlsx",
        at(7, 8),
        (
            lay(
                "问题清单",
                (
                    NO,
                    Column("问题清单", "problem", 28),
                    Column("整改目标", "goal", 20),
                    Column("整改措施", "measure", 32),
                    Column("牵头县领导", "leader", 13, Down.MERGED),
                    Column("整改责任单位", "units", 22),
                    Column("整改完成时限", "deadline", 14),
                    Column("销号时间", "closed_on", 12),
                ),
                [issued.record() for issued in ISSUED],
                title=f"示例县生态环境保护督察反馈问题整改清单{MARK}",
            ),
        ),
    ),
    Made(
        "县城管局整改进展.xlsx",
        at(7, 29),
        (
            lay(
                "Sheet1",
                (NO, PROBLEM, PROGRESS, Column("是否完成", "status", 9), Column("实际完成时间", "finished", 13)),
                CITY_SAID,
                title=TITLE,
                above=("报送单位：县城市管理局　　　　2024年7月29日",),
                below=("审核：〇〇〇　　　　填表：〇〇〇",),
            ),
        ),
    ),
    Made(
        "县水利局.xls",
        at(7, 30),
        (
            lay(
                "水利",
                (
                    Column("问题序号", "no", 9),
                    Column("反馈问题", "problem", 26),
                    Column("整改责任单位", "units", 20),
                    Column("整改完成时限", "deadline", 14),
                    PROGRESS,
                    Column("完成情况", "status", 10),
                    Column("完成日期", "finished", 12),
                ),
                WATER_SAID,
                title=TITLE,
                above=("填报单位（盖章）：县水利局", "填报日期：2024年7月30日"),
            ),
        ),
    ),
    Made(
        "农业农村局报来.xlsx",
        at(7, 26),
        (
            card(
                (
                    said(6, "检查规模养殖场38家，发现问题17个，已修复14个，其余3个正在施工。", "推进中"),
                    said(7, "秸秆综合利用项目签约2个，配合巡查6次。", "持续推进"),
                ),
                title=TITLE,
                above="县农业农村局　2024年7月26日",
            ),
        ),
    ),
    Made(
        "自然资源局(2).xlsx",
        at(7, 25),
        (
            lay(
                "Sheet1",
                (
                    NO,
                    Column("反馈问题", "problem", 26),
                    Column("整改措施", "measure", 28),
                    Column("整改进展情况", "progress", 38),
                    Column("完成进度", "status", 9),
                    Column("需协调事项", "difficulty", 16),
                ),
                LAND_SAID,
                title=TITLE,
                above=("填报单位：县自然资源局",),
                below=("填报日期：2024年7月25日",),
            ),
        ),
    ),
    Made(
        "生态环境分局.xlsx",
        at(7, 30),
        (
            lay(
                "整改进展",
                (
                    Column("编号", "no", 9),
                    Column("问题简述", "problem", 26),
                    Column("整改成效", "progress", 40),
                    Column("是否完成", "status", 9),
                    Column("完成时间", "finished", 14),
                    Column("整改完成时限", "deadline", 14),
                ),
                EPB_SAID,
                title=TITLE,
                above=("填报单位：市生态环境局示例分局　　填报日期：2024年7月30日",),
                below=("注：√为已完成，×为未完成。",),
            ),
        ),
    ),
)


def make(folder: Path) -> None:
    """生成示例县2024 — writes every made file of the folder; README.md and 口径.toml are written by hand."""
    for made in WORKBOOKS:
        write_made(folder, made)
