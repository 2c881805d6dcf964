"""示例区2016的八期 — what the units sent and what the office did from the first bulletin to the eighth, as tables.

The items, units and the eighth bulletin's submissions are those of `district_2016`; everything before is told here:
one text for each unfinished item and bulletin, one row for each act of the office. All of it is made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from district_2016 import (
    BB,
    BREAKDOWN_COLUMNS,
    BREAKDOWN_TITLE,
    CZJ,
    DEADLINE,
    DONE,
    EVIDENCE,
    FEEDBACK_LINE,
    FGJ,
    FINISHED,
    GA,
    GOING,
    GZJ,
    ISSUED,
    ITEM,
    JGJ,
    JW,
    JYJ,
    LEAD,
    MEASURE,
    MZJ,
    NLJ,
    NO,
    NOTE,
    OTHERS,
    PROBLEM,
    PROGRESS,
    RSJ,
    SJJ,
    STATUS,
    WB,
    WJJ,
    ZDB,
    ZFB,
    ZFW,
    ZJJ,
    ZZB,
    Issued,
    sent_by,
    table,
)
from pages import Column, Made, Record, Typed, lay

# ---------------------------------------------------------------- 八期 ----


@dataclass(frozen=True, slots=True)
class Bulletin:
    """一期 — its number, its as-of day, and the day most units fill in their workbooks for it."""

    number: int
    as_of: date
    filled: date


BULLETINS: tuple[Bulletin, ...] = (
    Bulletin(1, date(2016, 3, 10), date(2016, 3, 8)),
    Bulletin(2, date(2016, 3, 20), date(2016, 3, 18)),
    Bulletin(3, date(2016, 3, 31), date(2016, 3, 29)),
    Bulletin(4, date(2016, 4, 10), date(2016, 4, 7)),
    Bulletin(5, date(2016, 4, 20), date(2016, 4, 18)),
    Bulletin(6, date(2016, 4, 29), date(2016, 4, 26)),
    Bulletin(7, date(2016, 5, 10), date(2016, 5, 9)),
    Bulletin(8, date(2016, 5, 20), date(2016, 5, 18)),
)
FROM_THE_SAMPLE = 8
"""The bulletin whose submissions are the sample's own files, each replacing what its unit had sent before."""

# ---------------------------------------------------------------- 各期的话 ----


@dataclass(frozen=True, slots=True)
class Told:
    """一期的话 — what a unit says of an item in one bulletin."""

    progress: str
    status: str = GOING
    finished: str = ""
    evidence: str = ""


def going(*texts: str) -> tuple[Told, ...]:
    """整改中 — one text for each bulletin, in order."""
    return tuple(Told(text) for text in texts)


def lasting(*texts: str) -> tuple[Told, ...]:
    """长期坚持 — one text for each bulletin, in order."""
    return tuple(Told(text, "长期坚持") for text in texts)


def done(progress: str, finished: str, evidence: str) -> tuple[Told, ...]:
    """已完成 — said in this bulletin and, word for word, in all that follow."""
    return (Told(progress, DONE, finished, evidence),)


TERM_TWO = (
    "第2学期：对62所中小学和幼儿园491个家长委员会收费情况的专项检查已于3月28日全部完成并公示；"
    "第1学期：待9月开学后开展。"
)

TOLD: Mapping[str, tuple[Told, ...]] = {
    "1-1": going("责任分解表已起草，正在征求班子成员意见。", "责任分解表经区委常委会议审定，责任书、责任清单已送印。")
    + done(
        "印发责任分解表、责任书和责任清单，四大家班子成员和各级领导干部已全部签字背书。", "2016年3月25日", "责任书汇编"
    ),
    "1-2": going(
        "约谈工作方案已印发，确定约谈对象27名。",
        "已约谈6名基层党组织负责人。",
        "已约谈13名，对2个述责述廉单位开展督查。",
        "已约谈19名，对3个述责述廉单位开展督查。",
        "已约谈24名，对4个述责述廉单位开展督查。",
    )
    + done("约谈27名基层党组织和纪检组织负责人，对5个述责述廉单位开展专项督查。", "2016年4月22日", "督查报告1份")
    + done(
        "约谈27名基层党组织和纪检组织负责人，对5个述责述廉单位开展专项督查；4月28日退回后，已补齐约谈记录重新报送。",
        "2016年4月22日",
        "约谈记录27份、督查报告1份",
    ),
    "2-1": going("内设机构整合方案正在拟订。", "整合方案已报区编办，82个议事协调机构正在逐个梳理。")
    + done("增设3个纪检监察室，配备办案人员9名；参与的议事协调机构由82个减少到7个。", "2016年3月30日", "机构调整文件"),
    "2-2": going(
        "派驻机构统一管理的实施意见正在起草。",
        "实施意见已征求组织、编制、财政部门意见，正在修改。",
        "实施意见经区委常委会议审议通过，派驻机构设置方案正在细化。",
        "设置派驻机构12个，人员正在选配。",
        "设置派驻机构23个，到位人员46名。",
        "设置派驻机构31个，到位人员60名，片区联动协作方案已印发。",
        "设置派驻机构35个，到位人员72名，4个片区、4个联组正在建立例会制度。",
    ),
    "3-1": going("工作规则、协调办案办法修订稿已形成，正在征求成员单位意见。", "收到成员单位意见11条，修订稿正在报批。")
    + done(
        "修订协调小组工作规则、协调办案办法，绘制工作流程图，已印发成员单位执行。",
        "2016年3月17日",
        "工作规则、办案办法、流程图",
    ),
    "3-2": going(
        *("",) * 4,
        "一季度成员单位联席会议3月25日召开，移送问题线索3件，其中初核1件。",
        "3件问题线索中，初核转立案1件，其余2件正在初核。",
        "二季度联席会议正在征集议题。",
    ),
    "4-1": going(
        "招标投标管理办法修订工作已启动。",
        "收集各部门意见18条。",
        "修订初稿已形成，正在内部讨论。",
        "正在征求21个单位意见。",
        "修订稿已送区政府法制机构审查。",
        "法制机构提出意见5条，正在逐条修改。",
        "修改稿已报区政府办公室，待区政府常务会议审定。",
    ),
    "4-2": going(
        "融资管理情况摸底方案已制定。",
        "7家政府性公司摸底表已下发。",
        "收到3家公司摸底数据。",
        "收到5家公司摸底数据。",
        "7家公司摸底数据收齐，正在核对债务口径。",
        "债务口径已核对5家，融资管理办法开始起草。",
        "融资管理办法初稿已形成，个别公司历史债务口径不一，已申请延期。",
    ),
    "4-3": going(
        "区属国有企业名录正在核对。",
        "10家区属国有企业名录已核定。",
        "资产清查方案已印发。",
        "资产清查已进场1家。",
        "资产清查已进场3家。",
        "资产清查已进场6家，动态管理系统正在招标。",
        "10家区属国有企业资产清查已进场8家，动态管理系统完成招标，计划7月上线试运行。",
    ),
    "5-1": going(
        "指挥部设置情况摸底表已下发。",
        "收到41个指挥部情况。",
        "79个指挥部情况已摸清，撤并名单正在拟订。",
        "拟撤销13个、合并11个，正在征求意见。",
        "撤并方案已报区政府常务会议研究。",
        "已撤销6个、合并4个。",
        "已撤销11个、合并9个，其余4个正在办理交接。",
    ),
    "5-2": going(
        "指挥部人员和经费管理情况正在调查。",
        "收到指挥部人员名册46份。",
        "收到指挥部人员名册79份，19个指挥部的指挥长须调整。",
        "已调整指挥长7名。",
        "已调整指挥长13名，财务管理办法开始起草。",
        "已调整指挥长17名，财务管理办法初稿已形成。",
        "截至5月9日，指挥长人选已逐个明确，财务管理办法正在征求财政、审计部门意见。",
    ),
    "5-3": going(
        "审计组正在组建。",
        "4个审计组已进点2个。",
        "4个审计组全部进点，12个指挥部资料收到5个。",
        "12个指挥部资料收到8个，已查3个。",
        "已查6个指挥部。",
        "已查8个指挥部，1家公司审计报告正在征求意见。",
        "已查10个指挥部，出具报告2份。",
    ),
    "6-1": going(
        "“四费”开支自查通知已印发。",
        "收到自查报告24份。",
        "收到自查报告49份。",
        "收到自查报告71份，还有16个单位未报。",
        "收到自查报告83份，还有4个单位未报。",
        "自查报告收齐，确定重点抽查单位7个。",
        "7个重点抽查单位已查3个。",
    ),
    "6-2": going(
        "第2学期专项检查方案已印发。",
        "第2学期：已检查29所学校和幼儿园。",
        "第2学期：已检查47所学校和幼儿园。",
        "第2学期：已检查58所学校和幼儿园，还有4所正在检查。",
        f"{TERM_TWO}收费公示栏已更新40处。",
        f"{TERM_TWO}收费公示栏已更新55处。",
        f"{TERM_TWO}收费公示栏62处更新到位。",
    ),
    "7-1": going(
        "专项整治方案已起草。",
        "专项整治动员部署会议已召开，各单位正在自查。",
        "自查发现问题线索9条，正在分类处置。",
        "9条问题线索已初核4条。",
        "立案3件，正在审查。",
        "立案5件，结案2件。",
        "立案5件，结案4件，正在起草案件通报。",
    ),
    "7-2": going(
        "执法岗位廉政风险排查方案已印发。",
        "排查执法岗位35个。",
        "排查执法岗位68个，发现风险点21个。",
        "排查执法岗位96个，纠正问题4个。",
        "纠正问题7个。",
        "纠正问题10个，执法监督制度正在修订。",
        "纠正问题12个，执法监督制度正在征求意见。",
    ),
    "7-3": going(
        "三个办法起草小组已成立。",
        "收集外地办法6份。",
        "三个办法框架已拟定。",
        "截至4月7日，三个办法初稿已形成，正在内部讨论修改。",
        "截至4月18日，三个办法初稿已形成，正在内部讨论修改。",
        "截至4月26日，三个办法初稿已形成，正在内部讨论修改。",
        "三个办法修改稿正在征求14个街道意见。",
    ),
    "8-1": going(
        "摸底排查通知已印发。",
        "收到32个单位自查报告。",
        "收到57个单位自查报告，还有12个单位未报。",
        "69个单位自查报告收齐，正在查阅班子会议记录。",
        "已查阅41个单位班子会议记录，发现问题8个。",
        "已查阅58个单位班子会议记录，发现问题13个，正在督促整改。",
        "已查阅69个单位班子会议记录，发现的17个问题已督促整改12个。",
    ),
    "8-2": going(
        "“一把手”分管工作情况摸底表已下发。",
        "收回摸底表41份。",
        "摸底表收齐，发现3个单位“一把手”直接分管财务或人事工作。",
        "已向3个单位发出调整分工的通知。",
        "3个单位中1个已调整分工，另2个正在研究。",
        "3个单位中2个已调整分工，另1个正在报批。",
    )
    + done("区直3个单位“一把手”已调整分工，不再直接分管财务和人事。", "2016年4月25日", "分工文件3份"),
    "9-1": lasting(
        "组织学习干部选拔任用工作条例。",
        "举办条例专题培训1期，参训86人。",
        "3月干部调整严格执行“五步”流程，提拔重用32人。",
        "对3月干部调整的程序资料逐卷检查，纠正问题2处。",
        "正在制定动议、民主推荐等环节的操作规程。",
        "操作规程正在征求6个单位意见。",
        "举办条例专题培训第2期，参训92人。",
    ),
    "9-2": going(
        "职务与职级并行政策培训已安排。",
        "摸底符合条件人员203人。",
        "实施方案正在修改。",
        *("实施方案已报批，首批人员申报材料正在收集整理。",) * 3,
        "实施方案已印发，首批186人申报材料开始审核。",
    ),
    "10-1": lasting(
        "干部交流工作方案正在起草。",
        "干部交流工作方案正在征求12个单位意见。",
        "3月干部调整中交流干部34人。",
        "对任职满五年的科级干部进行摸底，共43人。",
        "街道与部门之间的交流名单正在酝酿。",
        "回访交流到岗干部11人。",
        "建立干部任职年限台账，纳入日常管理。",
    ),
    "10-2": going("任职时间较长的科级干部名单已摸清，共51人。", "交流方案已报区委研究。", "拟交流的34人正在任前公示。")
    + done("3月份对任职时间较长的科级干部34人进行了交流，已全部到岗。", "2016年3月28日", "任免文件"),
    "11-1": going(
        "超配科级领导职数情况已摸清，共15名。",
        "消化台账已建立，逐人制定消化办法。",
        "3月干部调整中消化6名，还有9名。",
        "累计消化7名，还有8名。",
        "累计消化9名，还有6名。",
        "累计消化11名，还有4名。",
    )
    + done("超配科级干部15名已全部消化。", "2016年5月6日", "消化台账"),
    "11-2": going(
        "领导职数设置情况正在摸底。",
        "摸清62个单位领导职数设置情况。",
        "发现超职数设置9个、未按规定设置3个。",
        "重新核定方案正在起草。",
        "重新核定方案正在征求组织部门意见。",
        "重新核定方案已送区编委会成员审阅。",
        "区编委会已审议，核定文件正在印发。",
    ),
    "12-1": going(
        "专项审核组已组成，抽调干部4名。",
        "已初核210卷，占17%。",
        "已初核520卷，占41%。",
        "已初核830卷，占66%。",
        "已初核1010卷，占80%，存疑档案比预计多，已申请延期。",
        "已初核1180卷，占94%，存疑档案71卷。",
        "1260卷初核结束，86卷存疑档案开始查核。",
    ),
    "12-2": going(
        "填报通知已下发。",
        "收到填报表312份，占58%。",
        "收到填报表486份，占90%，还有52人未交。",
        "收到填报表500份，还有38人未交。",
        "还有21人未交，正在逐人催报。",
        "还有9人未交，正在逐人催报。",
        "还有4人未交，均为外出挂职干部。",
    ),
    "13-1": going("会议活动合并方案正在制定。")
    + done("5个党务会议合并为1个党务工作会议，临时性会议审批制度已执行。", "2016年3月15日", "会议通知"),
    "13-2": going(
        "会议、活动、文件情况正在摸底。",
        "会议清单初稿已形成。",
        "会议、活动清单初稿已形成，文件清单正在拟订。",
        "三张清单正在征求各部门意见。",
    )
    + done("会议、活动、文件三张清单已全部建立。", "2016年4月15日", "“三清单”目录"),
    "14-1": going(
        "2015年以来的问责情况正在梳理。",
        "梳理出不在状态的线索5条。",
        "对5条线索逐一核实。",
        "问责1人，其余线索正在核实。",
        "问责2人，其余线索正在核实。",
        "问责2人，通报典型1起。",
        "问责3人，通报典型2起。",
    ),
    "14-2": going(
        "绩效考核办法执行情况正在评估。",
        "评估报告初稿已形成。",
        "修订思路已报区长办公会议研究。",
        "4月6日启动修订，起草小组由5个单位组成。",
        "修订稿初稿正在讨论。",
    ),
    "15-1": going(
        "部署开展“纠四风、治陋习”专项整治，明察暗访计划已制定。",
        "开展明察暗访2轮，发现问题3个。",
        "3月份情况已报送，清明节期间安排4个组明察暗访。",
        "清明节期间开展明察暗访3轮，发现9家单位公车管理不规范。",
        "对9家单位公车管理不规范问题进行约谈提醒，正在汇总4月份情况。",
        "4月份情况已于4月25日报送，查处涉赌案件5起。",
        "五一期间开展明察暗访4轮，问题线索正在核查。",
    ),
    "15-2": going(
        "接待审批单已统一样式。",
        "正在统计一季度接待费用。",
        "一季度接待费用较上年同期减少19万元。",
        "一季度接待费用核定为较上年同期减少26万元，同比下降26.3%。",
        "差旅费控制标准正在起草。",
    ),
    "15-3": going(
        "公务用车底数已摸清，共412辆。",
        "总体方案初稿已形成。",
        "总体方案报上级车改办审核。",
        "上级车改办提出修改意见7条。",
        "总体方案修改后再次上报。",
    ),
}
"""What each item's lead says from the first bulletin on; the last text is said again in all later ones."""

HELPED: Mapping[str, Mapping[str, tuple[Told, ...]]] = {
    MZJ: {
        "7-1": going(
            "低保、救助领域自查方案已印发。",
            "自查低保对象1120户。",
            "自查低保对象2460户，发现不符合条件11户。",
            "不符合条件的低保对象已清退19户。",
            "不符合条件的低保对象已清退27户。",
            "不符合条件的低保对象已清退35户。",
            "不符合条件的低保对象已清退40户，其余正在核实。",
        )
    },
    WJJ: {
        "7-1": going(
            "基层医疗机构收费自查已部署。",
            "自查基层医疗机构14家。",
            "自查基层医疗机构26家。",
            "自查基层医疗机构41家，清退违规收费0.8万元。",
            "清退违规收费1.6万元。",
            "清退违规收费2.1万元。",
            "清退违规收费2.7万元。",
        )
    },
}
"""What the units say that lead nothing."""

# ---------------------------------------------------------------- 各单位的表 ----

PLAIN = (NO, ITEM, LEAD, DEADLINE, PROGRESS, STATUS, FINISHED, EVIDENCE)
FULL = (NO, PROBLEM, ITEM, MEASURE, LEAD, OTHERS, DEADLINE, PROGRESS, STATUS, FINISHED, EVIDENCE, NOTE)
GROUPED = (
    NO,
    ITEM,
    Column("牵头单位", "lead", 13, group="责任分工"),
    Column("整改时限", "deadline", 13, group="责任分工"),
    Column("进展情况", "progress", 40, group="整改落实情况"),
    Column("完成状态", "status", 10, group="整改落实情况"),
    Column("完成时间", "finished", 13, group="整改落实情况"),
    Column("佐证材料", "evidence", 16, group="整改落实情况"),
)


@dataclass(frozen=True, slots=True)
class Sender:
    """报送单位 — how it names its workbook, lays it out, and in which bulletins it sends one.

    A ``path`` with {day} gives each bulletin a file of its own beside the earlier ones; without it the new file takes
    the old one's place. ``filled`` are the bulletins for which it fills its workbook in on a day of its own.
    """

    unit: str
    path: str
    layout: tuple[Column, ...] = PLAIN
    sends: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    filled: Mapping[int, date] = field(default_factory=dict)


SENDERS: tuple[Sender, ...] = (
    Sender(JW, "区纪委整改台账.xlsx", FULL, filled={2: date(2016, 3, 16), 3: date(2016, 3, 30)}),
    Sender(WB, "区委办公室.xlsx", GROUPED),
    Sender(ZZB, "组织部.xlsx", FULL, filled={3: date(2016, 3, 25), 6: date(2016, 4, 22)}),
    Sender(ZFW, "政法委.xlsx", sends=(5, 6, 7)),
    Sender(ZFB, "区政府办公室.xlsx", GROUPED, sends=(1, 2, 3, 4, 5)),
    Sender(FGJ, "发改局.xlsx", filled={7: date(2016, 5, 4)}),
    Sender(CZJ, "财政局{day}.xlsx", FULL),
    Sender(SJJ, "审计局（{day}）.xlsx"),
    Sender(GZJ, "国资局.xlsx", GROUPED),
    Sender(ZJJ, "城建口/住建局.xlsx"),
    Sender(ZDB, "城建口/重点办.xlsx", GROUPED),
    Sender(JYJ, "教育局.xlsx", filled={3: date(2016, 3, 24), 4: date(2016, 3, 25)}),
    Sender(NLJ, "农林水利局.xlsx", FULL),
    Sender(MZJ, "民政局.xlsx"),
    Sender(RSJ, "人社局.xlsx"),
    Sender(WJJ, "卫计局.xlsx"),
    Sender(JGJ, "机关事务管理局.xlsx", GROUPED, sends=(1, 2, 3, 4, 5)),
    Sender(BB, "区编办.xlsx"),
    Sender(GA, "公安分局.xlsx"),
)

CORRECTED: Mapping[str, Told] = {"6-2": Told(TERM_TWO)}
"""What should have been sent for the fourth bulletin, had the unit not picked up an old file."""
CORRECTED_SENDER = replace(SENDERS[11], filled={4: date(2016, 4, 7)})
CORRECTED_NUMBER = 4

KEPT_FOR_THE_LAST = ("机关事务管理局.xlsx", "政府办.xlsx")
"""Files that go on lying in 报送/ when the sample's own come in: their units sent nothing new."""

ARRIVES_EARLY: Mapping[int, Mapping[str, str]] = {6: {"区政府办公室.xlsx": "政府办.xlsx"}}
"""By bulletin, the file of the sample that came in before the eighth, under the one it replaced."""


def workbooks(bulletin: Bulletin) -> list[Made]:
    """本期各单位的表 — the workbooks that come in for one of the first seven bulletins."""
    senders = (sender for sender in SENDERS if bulletin.number in sender.sends)
    return [_workbook(sender, bulletin, {}) for sender in senders]


def corrected_workbook() -> Made:
    """改报的表 — the workbook that replaces the old one sent by mistake."""
    return _workbook(CORRECTED_SENDER, BULLETINS[CORRECTED_NUMBER - 1], CORRECTED)


def _workbook(sender: Sender, bulletin: Bulletin, instead: Mapping[str, Told]) -> Made:
    filled = sender.filled.get(bulletin.number, bulletin.filled)
    issued = {one.no: one for one in issued_by(bulletin.number)}
    led = {no: texts for no, texts in TOLD.items() if issued[no].lead == sender.unit}
    told = {**led, **HELPED.get(sender.unit, {})}
    records = [
        _record(issued[no], instead.get(no, texts[min(bulletin.number, len(texts)) - 1])) for no, texts in told.items()
    ]
    page = table("Sheet1", sender.layout, records, above=(sent_by(sender.unit, _written(filled)),))
    path = sender.path.format(day=f"{filled.month}月{filled.day}日")
    return Made(f"报送/{path}", datetime.combine(filled, time(16, 30)), (page,))


def _record(issued: Issued, told: Told) -> Record:
    said = {"progress": told.progress, "status": told.status, "finished": told.finished, "evidence": told.evidence}
    return {**issued.record(), **said}


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


# ---------------------------------------------------------------- 责任分解表 ----

FILLED_FROM: Mapping[tuple[str, str], int] = {
    ("1-1", "verified"): 5,
    ("1-1", "closed_on"): 5,
    ("1-2", "returned"): 6,
    ("1-2", "verified"): 8,
    ("2-1", "verified"): 6,
    ("2-1", "closed_on"): 6,
    ("3-1", "verified"): 8,
    ("3-1", "closed_on"): 8,
    ("8-2", "verified"): 7,
    ("8-2", "closed_on"): 7,
    ("12-1", "verified"): 8,
    ("12-1", "extended_to"): 8,
    ("13-2", "returned"): 6,
}
"""From which bulletin on each of the office's own entries stands in the breakdown."""

FIRST_DEADLINES: Mapping[str, Typed] = {"7-3": "５月５日前"}
DEADLINES_CHANGED = 8
"""The bulletin before which somebody wrote other deadlines over the issued ones, with no extension recorded."""


def issued_by(number: int) -> Sequence[Issued]:
    """当期的责任分解 — every item as the breakdown had it for that bulletin."""
    items = []
    for one in ISSUED:
        blank: dict[str, Typed] = {
            column: "" for (no, column), first in FILLED_FROM.items() if no == one.no and number < first
        }
        if number < DEADLINES_CHANGED and one.no in FIRST_DEADLINES:
            blank["deadline"] = FIRST_DEADLINES[one.no]
        items.append(replace(one, **blank))  # type: ignore[arg-type]
    return items


def breakdown(bulletin: Bulletin) -> Made:
    """当期的责任分解表 — the breakdown with the office's own columns as they stood then."""
    page = lay(
        "责任分解表",
        BREAKDOWN_COLUMNS,
        [issued.record() for issued in issued_by(bulletin.number)],
        title=BREAKDOWN_TITLE,
        above=(FEEDBACK_LINE,),
        below=("说明：核查意见、销号日期、批准延期至、退回意见四栏由督查室填写。",),
    )
    return Made("责任分解表.xlsx", datetime.combine(bulletin.as_of, time(9)), (page,))


# ---------------------------------------------------------------- 办理 ----

OFFICER, DIRECTOR, LEADING_GROUP = "区委督查室督查专员", "区委督查室主任", "整改工作领导小组办公室主任"


@dataclass(frozen=True, slots=True)
class Noted:
    """一条办理 — an act of the office: the command's word, its item or unit, the day, why or what was said."""

    act: str
    target: str
    day: date
    why: str
    by: str = OFFICER
    to: date | None = None

    @property
    def arguments(self) -> tuple[str, ...]:
        """命令行参数 — what follows ``record FOLDER``."""
        until = ("--to", self.to.isoformat()) if self.to else ()
        return (self.act, self.target, "--day", self.day.isoformat(), *until, "--by", self.by, "--why", self.why)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """撤销 — the record written last was a mistake."""

    why: str
    by: str = OFFICER


ACTS: Mapping[int, tuple[Noted | TakenBack, ...]] = {
    2: (Noted("call", ZFW, date(2016, 3, 11), "办公室答复：一季度联席会议还没有召开，会后一并报送。"),),
    3: (
        Noted("call", "3-1", date(2016, 3, 21), "区纪委办公室答复：工作规则3月17日已印发，报表填得早，下期改报。"),
        Noted("letter", ZFW, date(2016, 3, 22), "两期未报送，发督办函，要求3月29日前报送。", DIRECTOR),
    ),
    4: (Noted("talk", ZFW, date(2016, 4, 1), "三期未报送，约谈分管负责人，要求今后按期报送。", LEADING_GROUP),),
    5: (
        Noted("call", "12-2", date(2016, 4, 11), "区委组织部干部监督科答复：还有38人未交，4月底前收齐。"),
        Noted("call", "3-2", date(2016, 4, 12), "区委政法委办公室答复：联席会议3月25日已召开，马上补报。"),
        Noted("close", "10-2", date(2016, 4, 13), "任免文件已查验。", DIRECTOR),
        TakenBack("登错编号，10-2的到岗情况还没有核查。", DIRECTOR),
        Noted("ask", "12-1", date(2016, 4, 18), "存疑档案多，查核工作量大。", "区委组织部副部长", date(2016, 5, 20)),
    ),
    6: (
        Noted("letter", "12-2", date(2016, 4, 21), "两期逾期，发督办函，要求4月28日前收齐。", DIRECTOR),
        Noted("extend", "12-1", date(2016, 4, 25), "区委调度会同意延期。", LEADING_GROUP, date(2016, 5, 20)),
    ),
    7: (Noted("ask", "4-2", date(2016, 5, 6), "个别公司历史债务口径不一。", "区财政局副局长", date(2016, 6, 30)),),
    8: (
        Noted("extend", "4-2", date(2016, 5, 18), "区委调度会同意延期。", LEADING_GROUP, date(2016, 6, 30)),
        Noted("close", "1-2", date(2016, 5, 19), "27份约谈记录已逐份复核，同意销号。", DIRECTOR),
        Noted(
            "reopen",
            "2-1",
            date(2016, 5, 19),
            "信访反映已退出的议事协调机构仍有4个在参加，须重新核查。",
            DIRECTOR,
        ),
        Noted(
            "return",
            "12-2",
            date(2016, 5, 19),
            "抽查发现4人5月才交表，与所报完成时间不符。",
            DIRECTOR,
        ),
    ),
}
"""What the office notes by the command line before each bulletin."""


def numbered_acts(number: int) -> Iterator[tuple[int, Noted | TakenBack]]:
    """有编号的办理 — the acts noted before a bulletin, each with the number its record gets, from 1."""
    first = 1 + sum(len(acts) for before, acts in ACTS.items() if before < number)
    yield from enumerate(ACTS.get(number, ()), first)


REGISTERED: Mapping[int, tuple[Noted, ...]] = {
    7: (
        Noted("call", "8-1", date(2016, 5, 3), "区纪委党风室答复：会议记录5月上旬查完。"),
        Noted("call", "8-2", date(2016, 5, 3), "区委组织部干部科答复：3个单位4月25日已全部调整，下期报送。"),
        Noted("call", JGJ, date(2016, 5, 3), "局办公室答复：经办人外出学习，回来后补报。"),
        Noted("talk", "12-2", date(2016, 5, 4), "约谈区委组织部分管副部长，要求5月15日前收齐。", LEADING_GROUP),
    ),
    8: (
        Noted("call", "4-1", date(2016, 5, 11), "区发改局办公室答复：办法5月6日已经区政府常务会议审定印发，即行补报。"),
        Noted("call", "15-2", date(2016, 5, 11), "区机关事务管理局办公室答复：差旅费控制标准还没有定稿。"),
        Noted("letter", JGJ, date(2016, 5, 12), "两期未报送，发督办函，要求5月18日前报送。", DIRECTOR),
        Noted("letter", "8-1", date(2016, 5, 12), "两期逾期，发督办函，要求5月18日前办结。", DIRECTOR),
    ),
}
"""What the office writes into 办理登记.xlsx before each bulletin."""

CORRECTION = "区教育局来电，第4期报来的是3月25日的旧表，第2学期的检查3月28日已经完成"
"""Why the fourth bulletin is published a second time."""
