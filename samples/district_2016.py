"""示例区2016 — the made-up district's breakdown and what its nineteen units sent back, as tables.

The aspects and problems follow a district's published report on rectification after an inspection; the sub-items,
units, deadlines and replies are made up. People appear by post only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pages import (
    MARK,
    Column,
    Down,
    ErrorValue,
    Formatted,
    Made,
    Page,
    Record,
    Typed,
    Uncached,
    lay,
    text_page,
    write_cut,
    write_letter,
    write_locked,
    write_made,
)

BREAKDOWN_TITLE = f"示例区落实巡视反馈意见整改工作责任分解表{MARK}"
REPLY_TITLE = f"示例区落实巡视反馈意见整改情况报送表{MARK}"
FEEDBACK_LINE = "（2016年2月26日反馈，区委常委会议审定）"
PASSWORD = "样例专用"

# ---------------------------------------------------------------- 方面、问题 ----

ASPECTS: Mapping[int, str] = {
    1: "一、落实“两个责任”方面的问题",
    4: "二、执行廉洁纪律方面的问题",
    8: "三、执行组织纪律方面的问题",
    13: "四、执行其他纪律方面的问题",
}
"""The first problem of each aspect → the aspect."""

PROBLEMS: Mapping[int, str] = {
    1: "关于党委（党组）落实主体责任还不够到位问题",
    2: "关于纪委（纪检组）履行监督责任有所缺失的问题",
    3: "关于反腐败协调机制没有理顺，合力没有形成的问题",
    4: "关于对重点项目、重点领域监管不到位的问题",
    5: "关于对各类指挥部的监管有缺失的问题",
    6: "关于执行财政制度不够严格的问题",
    7: "关于基层腐败案仍然易发多发的问题",
    8: "关于有的单位民主集中制落实不到位的问题",
    9: "关于执行选人用人制度不够严谨的问题",
    10: "关于干部队伍轮岗交流不够通畅的问题",
    11: "关于“三超两乱”治理仍未到位的问题",
    12: "关于干部监督管理仍有空档的问题",
    13: "关于“文山会海”现象有所反弹的问题",
    14: "关于“为官不为”现象仍然较为突出的问题",
    15: "关于“四风”顽疾仍未根治的问题",
}

# ---------------------------------------------------------------- 责任领导、单位 ----

SECRETARY = "区委书记"
DEPUTY_SECRETARY = "区委副书记"
DISCIPLINE = "区委常委、区纪委书记"
ORGANISATION = "区委常委、区委组织部部长"
EXECUTIVE = "区委常委、常务副区长"
OFFICE_DIRECTOR = "区委常委、区委办公室主任"
VICE_HEAD = "副区长"

JW, ZZB, WB, ZFB = "区纪委", "区委组织部", "区委办公室", "区政府办公室"
ZFW, FGJ, CZJ, SJJ = "区委政法委", "区发展和改革局", "区财政局", "区审计局"
GZJ, ZJJ, ZDB, JYJ = "区国有资产监督管理局", "区住房和城乡建设局", "区重点工程建设办公室", "区教育局"
NLJ, MZJ, RSJ = "区农林水利局", "区民政局", "区人力资源和社会保障局"
WJJ, JGJ, BB, GA = "区卫生和计划生育局", "区机关事务管理局", "区编办", "区公安分局"


@dataclass(frozen=True, slots=True)
class Issued:
    """下发的小项 — one line of the breakdown as the office issued it, with the office's own later columns."""

    no: str
    item: str
    measure: str
    leader: str
    lead: str
    others: str
    deadline: Typed
    verified: str = ""
    closed_on: Typed = ""
    extended_to: Typed = ""
    returned: str = ""
    person: str = "单位主要负责人"

    def record(self) -> dict[str, Typed]:
        """一行 — every field a column may show."""
        problem = int(self.no.split("-")[0])
        return {
            "aspect": ASPECTS[max(first for first in ASPECTS if first <= problem)],
            "problem": f"{problem}. {PROBLEMS[problem]}",
            "no": self.no,
            "item": self.item,
            "measure": self.measure,
            "leader": self.leader,
            "lead": self.lead,
            "others": self.others,
            "units": "、".join(filter(None, (self.lead, self.others))),
            "person": self.person,
            "deadline": self.deadline,
            "verified": self.verified,
            "closed_on": self.closed_on,
            "extended_to": self.extended_to,
            "returned": self.returned,
        }


ISSUED: tuple[Issued, ...] = (
    Issued(
        "1-1",
        "层层签订党风廉政建设责任书",
        "制定区级领导班子成员2016年党风廉政建设责任分解表，下发责任书和责任清单，班子成员和各级领导干部签字背书。",
        SECRETARY,
        WB,
        JW,
        "3月底前",
        verified="责任书、责任清单已查验，同意销号",
        closed_on=date(2016, 4, 15),
    ),
    Issued(
        "1-2",
        "开展主体责任约谈和述责述廉整改督查",
        "落实“四个必谈”，对年度考核靠后、信访反映集中的单位开展约谈；对公开述责述廉单位反馈问题整改情况开展专项督查。",
        f"{SECRETARY}；{DEPUTY_SECRETARY}",
        JW,
        ZZB,
        "2016年4月底前",
        verified="已补齐约谈记录，待复核",
        returned="2016年4月28日退回：佐证材料不全",
    ),
    Issued(
        "2-1",
        "聚焦主业，清理议事协调机构",
        "整合内设机构，增设纪检监察室，充实办案力量；清理纪委参与的议事协调机构。",
        DISCIPLINE,
        JW,
        BB,
        "3月31日前完成",
        verified="机构调整文件已查验，同意销号",
        closed_on="2016年4月28日",
    ),
    Issued(
        "2-2",
        "推进派驻机构统一管理和片区联动协作",
        "重新整合派驻机构，实现派驻全覆盖；推行片区（联组）联动协作机制，明确联系领导和日常协作内设室。",
        DISCIPLINE,
        JW,
        f"{BB}、{CZJ}",
        "2016年6月30日前完成并长期坚持",
    ),
    Issued(
        "3-1",
        "理顺反腐败协调机制",
        "修订反腐败协调小组工作规则和协调办案办法，制定反腐败协调工作流程图。",
        DISCIPLINE,
        JW,
        f"{ZFW}、{GA}、{SJJ}",
        "收到反馈意见后15个工作日内",
        verified="拟提交5月23日区委调度会销号",
        closed_on=date(2016, 5, 23),
    ),
    Issued(
        "3-2",
        "落实问题线索移送和联席会议制度",
        "定期召开成员单位联席会议，及时移送问题线索，研究办案中的新情况新问题。",
        DISCIPLINE,
        ZFW,
        f"{GA}、{JW}",
        "每季度末",
    ),
    Issued(
        "4-1",
        "规范工程建设项目招标投标管理",
        "修订工程建设项目招标投标管理办法，列明免标、邀标情形，严格审批程序，落实建设单位招标主体责任。",
        EXECUTIVE,
        FGJ,
        ZJJ,
        "4月底前",
    ),
    Issued(
        "4-2",
        "加强政府融资管理",
        "制定融资管理办法，对政府性公司贷款余额、账面资金和融资成本进行摸底，实行融资计划管理和资金双控。",
        EXECUTIVE,
        CZJ,
        SJJ,
        "4月底前",
    ),
    Issued(
        "4-3",
        "加大国有资产监管力度",
        "对区属国有企业进行全面资产清查，开发资产动态管理系统并上线运行。",
        EXECUTIVE,
        GZJ,
        CZJ,
        "2016年8月前",
    ),
    Issued(
        "5-1",
        "清理撤并项目指挥部",
        "对全区重点项目指挥部设置和管理进行全面摸底，撤销一批、合并一批，严格审批设置。",
        VICE_HEAD,
        ZDB,
        f"{ZJJ}、{GZJ}",
        "3-5月",
    ),
    Issued(
        "5-2",
        "规范指挥部人员和经费管理",
        "明确指挥长由建设、实施单位负责人担任；制定指挥部财务管理办法，建设资金与工作经费分别核算。",
        VICE_HEAD,
        ZJJ,
        ZDB,
        "2016年5月前",
    ),
    Issued(
        "5-3",
        "开展指挥部财务收支专项检查和审计",
        "对指挥部上年度财务收支及财经纪律执行情况进行专项检查，派出审计组对政府性公司进行审计。",
        VICE_HEAD,
        SJJ,
        f"{CZJ}、{ZDB}",
        "5月中旬",
    ),
    Issued(
        "6-1",
        "开展“四费”开支自查和重点抽查",
        "组织各预算单位自查“四费”开支，重点抽查节假日期间公款接待、购物、旅游和发放津补贴情况。",
        EXECUTIVE,
        CZJ,
        SJJ,
        date(2016, 5, 20),
    ),
    Issued(
        "6-2",
        "规范教育收费",
        "对全区中小学和幼儿园家长委员会收费情况进行专项检查，醒目位置公示收费标准，督查结果向家长公示。",
        VICE_HEAD,
        JYJ,
        "区物价局",
        "第2学期在3月底前完成，第1学期在9月底前完成",
    ),
    Issued(
        "7-1",
        "开展“雁过拔毛”式腐败问题专项整治",
        "重点整治街道、基层站所和村（社区）以及公共服务单位的不正之风和腐败问题，查处一批、通报一批。",
        DISCIPLINE,
        JW,
        f"{NLJ}、{MZJ}、{WJJ}、各街道",
        "2016年5月31日",
    ),
    Issued(
        "7-2",
        "整治执法领域群众身边的腐败问题",
        "排查执法单位和执法岗位廉政风险，纠正吃拿卡要、乱收乱罚，完善执法监督制度。",
        VICE_HEAD,
        GA,
        ZFW,
        "5月31日前",
    ),
    Issued(
        "7-3",
        "加强农村“三资”监管",
        "出台农村集体资金资产资源规范管理办法、公共资源交易管理办法和责任追究办法。",
        VICE_HEAD,
        NLJ,
        f"{MZJ}、{CZJ}",
        "５月２５日前",
    ),
    Issued(
        "8-1",
        "摸底排查“三重一大”事项集体决策情况",
        "对全区各单位2013年以来的班子会议记录和“三重一大”事项集体决策情况进行摸底排查，对问题调查核实。",
        DEPUTY_SECRETARY,
        JW,
        ZZB,
        "4月中旬",
    ),
    Issued(
        "8-2",
        "落实“一把手”“三个不直接分管”",
        "对“一把手”直接分管财务、人事、工程等工作情况开展摸底调查，督促整改到位。",
        DEPUTY_SECRETARY,
        ZZB,
        JW,
        "两个月内",
        verified="分工文件已查验，同意销号",
        closed_on=date(2016, 5, 10),
    ),
    Issued(
        "9-1",
        "严格执行选人用人“五步”操作流程",
        "学习贯彻干部选拔任用工作条例，严格动议、民主推荐、组织考察、讨论决定、到位任职流程。",
        ORGANISATION,
        ZZB,
        JW,
        "长期坚持",
        person="",
    ),
    Issued(
        "9-2",
        "推进职务与职级并行首批审批",
        "停止执行干部退休解决待遇的“土政策”，印发职务与职级并行制度实施方案，完成首批集中审批。",
        ORGANISATION,
        RSJ,
        f"{ZZB}、{CZJ}",
        "5月30日前",
    ),
    Issued(
        "10-1",
        "健全干部轮岗交流常态机制",
        "推动街道之间、街道与部门之间、行政单位与事业单位之间干部交流形成常态。",
        ORGANISATION,
        ZZB,
        RSJ,
        "持续推进，长期坚持",
    ),
    Issued(
        "10-2",
        "交流任职时间较长的科级干部",
        "在干部调整中加大交流力度，有计划地对任职时间较长的科级干部进行交流。",
        ORGANISATION,
        ZZB,
        "",
        "上半年",
    ),
    Issued(
        "11-1",
        "消化超配领导职数",
        "采取交流、免职、退出等途径消化超配科级领导职数，制定消化台账。",
        ORGANISATION,
        ZZB,
        BB,
        "2016年5月15日前",
    ),
    Issued(
        "11-2",
        "规范领导职数设置",
        "全面清理未按规定设置和超职数设置的情况，重新核定领导职数。",
        ORGANISATION,
        BB,
        ZZB,
        "5月10日前",
    ),
    Issued(
        "12-1",
        "开展干部档案专项审核",
        "组成专项审核组，对在职干部档案进行初核，对材料不全、信息有偏差的分类查核纠正。",
        ORGANISATION,
        ZZB,
        RSJ,
        "4月底前",
        verified="复核工作量大，经区委同意延期",
        extended_to="2016年6月20日",
    ),
    Issued(
        "12-2",
        "集中填报领导干部个人有关事项",
        "下发填报通知，组织全区科级领导干部首次填报个人有关事项，对填报不规范的反馈完善。",
        ORGANISATION,
        ZZB,
        JW,
        "3月底前",
    ),
    Issued(
        "13-1",
        "精简会议活动",
        "合并召开党务工作会议和政府工作会议，严格临时性会议和活动审批。",
        OFFICE_DIRECTOR,
        WB,
        ZFB,
        "立行立改",
    ),
    Issued(
        "13-2",
        "建立会议活动文件“三清单”制度",
        "合并工作要点，压减文件数量，建立会议、活动、文件三张清单并严格执行。",
        OFFICE_DIRECTOR,
        ZFB,
        WB,
        "2016.4.30前",
        returned="2016年4月28日退回：佐证材料不全",
    ),
    Issued(
        "14-1",
        "严肃问责“有错无为”“不在状态”",
        "对得过且过、办事拖沓的干部进行问责，对不敢担当、不负责任的干部进行组织调整。",
        DEPUTY_SECRETARY,
        JW,
        ZZB,
        "尽快",
    ),
    Issued(
        "14-2",
        "改进绩效考核办法",
        "突出实绩考核导向，修订领导班子及成员绩效考核办法，明确“基本称职”及以下等次的情形。",
        DEPUTY_SECRETARY,
        ZFB,
        RSJ,
        "4月初启动",
    ),
    Issued(
        "15-1",
        "开展“纠四风、治陋习”明察暗访",
        "紧盯重要节点，采取不打招呼、交叉检查等方式，对公车使用、公款消费、涉赌涉毒等开展明察暗访，每月报送情况。",
        DISCIPLINE,
        JW,
        f"{GA}、{CZJ}、{SJJ}",
        "每月25日前",
    ),
    Issued(
        "15-2",
        "严控公务接待和差旅费用",
        "执行接待审批控制制度和接待标准，严格控制国内公务接待范围、费用和差旅费规模。",
        OFFICE_DIRECTOR,
        JGJ,
        CZJ,
        "4月底前",
    ),
    Issued(
        "15-3",
        "推进公务用车制度改革",
        "出台公务用车制度改革总体方案和区直机关实施方案，完成车辆封存、处置和司勤人员安置。",
        OFFICE_DIRECTOR,
        JGJ,
        f"{FGJ}、{CZJ}",
        "年底前",
    ),
)

_BY_NO: Mapping[str, Issued] = {issued.no: issued for issued in ISSUED}

BREAKDOWN_COLUMNS = (
    Column("方面", "aspect", 10, Down.MERGED),
    Column("反馈的主要问题", "problem", 18, Down.MERGED),
    Column("编号", "no", 6),
    Column("整改事项", "item", 18),
    Column("整改措施", "measure", 38),
    Column("责任领导", "leader", 14),
    Column("牵头单位", "lead", 13),
    Column("配合单位", "others", 16),
    Column("责任人", "person", 10),
    Column("整改时限", "deadline", 14),
    Column("核查意见", "verified", 16),
    Column("销号日期", "closed_on", 11),
    Column("批准延期至", "extended_to", 11),
    Column("退回意见", "returned", 16),
)

# ---------------------------------------------------------------- 各单位的反馈 ----


def said(no: str, progress: Typed = "", status: Typed = "", finished: Typed = "", /, **more: Typed) -> dict[str, Typed]:
    """一条反馈 — a unit's line: the issued fields as they are, with what the unit typed over and beside them."""
    return {**_BY_NO[no].record(), "progress": progress, "status": status, "finished": finished, **more}


DONE, GOING = "已完成", "整改中"

JW_SAID = (
    said("1-1", "配合区委办公室印制责任书、责任清单，并完成签字背书。", DONE, "2016年3月25日", evidence="责任书汇编"),
    said(
        "1-2",
        "约谈27名基层党组织和纪检组织负责人，对5个述责述廉单位开展专项督查；4月28日退回后，已补齐约谈记录重新报送。",
        DONE,
        "2016年4月22日",
        evidence="约谈记录27份、督查报告1份",
    ),
    said(
        "2-1",
        "增设3个纪检监察室，配备办案人员9名；参与的议事协调机构由82个减少到7个。",
        DONE,
        "2016年3月30日",
        evidence="机构调整文件",
    ),
    said(
        "2-2",
        "设置派驻机构35个，监督单位69家，实现派驻全覆盖；划分4个片区、4个联组，协作制度已全部建立并运行，今后长期坚持。",
        DONE,
        "2016年5月12日",
        evidence="派驻机构统一管理工作意见、片区联动协作方案",
    ),
    said(
        "3-1",
        "修订协调小组工作规则、协调办案办法，绘制工作流程图，已印发成员单位执行。",
        DONE,
        "2016年3月17日",
        evidence="工作规则、办案办法、流程图",
    ),
    said("3-2", "参加一季度联席会议，接收成员单位移交问题线索3件，其中初核转立案1件。", GOING),
    said(
        "7-1",
        "查处群众身边的不正之风和腐败问题5起，给予党纪处分5人，移送司法机关1人；专项整治任务已全部完成。",
        DONE,
        "2016年5月13日",
        evidence="案件通报2期",
    ),
    said("8-1", "对各单位班子会议记录和“三重一大”事项集体决策情况进行了摸底排查，问题已督促整改。", DONE),
    said("8-2", "下发《纪律检查建议书》，督促3个单位整改到位。", DONE, "2016年4月25日", evidence="纪律检查建议书3份"),
    said("9-1", "对拟提拔重用人选逐一出具廉政意见，坚持常态化开展。", "长期坚持"),
    said("12-2", "配合组织部门对填报情况进行抽查核实12人。", DONE, "2016年3月31日", evidence="抽查记录"),
    said(
        "15-1",
        "五一期间开展明察暗访4轮，查处涉赌涉毒案件8起、公车私用1起；5月份情况已于5月18日报送，6月起按月继续开展。",
        "达到序时进度",
    ),
)

WB_SAID = (
    said("1-1", "印发责任分解表、责任书和责任清单，四大家班子成员和各级领导干部已全部签字背书。", "是", "3月25日"),
    said("13-1", "会议数量明显减少，会风明显好转。", "是"),
    said("13-2", "配合区政府办公室梳理会议、活动、文件清单。", "否"),
)

ZZB_SAID = (
    said("1-2", "对考核靠后单位党组织负责人开展约谈提醒。", DONE, "2016年4月20日", evidence="约谈提醒记录"),
    said("8-1", "配合提供各单位班子议事规则，参加摸底排查。", DONE, "2016年4月18日", evidence="议事规则汇编"),
    said(
        "8-2", "区直3个单位“一把手”已调整分工，不再直接分管财务和人事。", DONE, "2016年4月25日", evidence="分工文件3份"
    ),
    said(
        "9-1", "组织学习条例专题培训2期，3月干部调整严格执行“五步”流程，提拔重用32人。", "长期坚持", evidence="培训通知"
    ),
    said("9-2", "会同人社部门审核首批职级晋升人员名单186人。", GOING),
    said(
        "10-1",
        "3月干部调整中交流干部34人，占调整干部总数的50%，交流机制已建立。",
        DONE,
        evidence="干部交流工作方案",
    ),
    said(
        "10-2", "3月份对任职时间较长的科级干部34人进行了交流，已全部到岗。", DONE, "2016年3月28日", evidence="任免文件"
    ),
    said("11-1", "一次性消化超配科级干部13名，还剩2名待换届时退出。", "基本完成", evidence="消化台账"),
    said("11-2", "配合区编办重新核定领导职数，方案已通过。", DONE, "2016年5月9日", evidence="核定方案"),
    said("12-1", "抽调4名干部组成专项审核组，完成在职干部档案初核1260卷，正在对86卷存疑档案进行查核。", GOING),
    said("12-2", "全区科级领导干部已全部按首次填报要求完成填报。", DONE, "2016年3月31日", evidence="填报情况统计表"),
    said("14-1", "对不在状态的2名科级干部进行了组织调整。", GOING),
)

ZFW_SAID = (
    said("3-1", "参与修订协调办案办法，提出意见4条，配合事项3月16日已全部完成。", serial=1),
    said("3-2", "一季度召开成员单位联席会议1次，移送问题线索3件；二季度会议正在筹备，拟6月中旬召开。", serial=2),
    said("7-2", "组织执法单位开展案件评查36件，正在督促整改问题。", serial=3),
)

ZFB_SAID = (
    said(
        "13-1", "47个政府部门的年初工作安排合并在政府工作会议上一次部署。", DONE, "2016年3月15日", evidence="会议通知"
    ),
    said("13-2", "已建立会议、活动、文件三张清单。", DONE),
    said("14-2"),
)

FGJ_SAID = (
    said(
        "4-1",
        "重新修订招标投标管理办法，10余项情形列为免标情形，经区政府常务会议审定后印发。",
        DONE,
        "2016.5.6",
        evidence="管理办法（修订）",
        no=Formatted(date(2016, 4, 1), 'm"月"d"日"', "4月1日"),
    ),
    said(
        "6-2",
        "核查幼儿园伙食费收费批复，督促学校张贴收费文件62份。",
        GOING,
        no=Formatted(date(2016, 6, 2), 'm"月"d"日"', "6月2日"),
    ),
    said(
        "15-3",
        "参与拟订公务用车制度改革实施方案。",
        GOING,
        no=Formatted(date(2015, 3, 1), "mmm-yy", "Mar-15"),
    ),
)

CZJ_LED = (
    said(
        "4-2",
        "完成7家政府性公司贷款余额、账面资金和融资成本摸底，融资管理办法已形成征求意见稿，拟报区政府常务会议研究。",
        GOING,
        deadline="6月底前",
        difficulty="个别公司历史债务口径不一",
        next="6月上旬提交常务会议审议",
    ),
    said(
        "6-1",
        "各预算单位自查报告已收齐，重点抽查7个单位，已查5个，还有2个单位正在抽查。",
        GOING,
        deadline="2016年5月20日",
        next="抽查结束后下发整改建议",
    ),
)
CZJ_HELPED = (
    said("2-2", "落实派驻机构工作经费，纳入年度预算。", DONE, "2016年5月10日"),
    said("4-3", "配合开展资产清查，审核清查资料10家。", GOING),
    said("5-3", "配合完成12个指挥部财务收支专项检查。", DONE, "2016年5月16日"),
    said("7-3", "对办法中资金管理条款提出修改意见3条。", GOING),
    said("9-2", "测算首批职级晋升所需经费。", GOING),
    said("15-1", "会同开展节假日公款消费检查2次。", GOING),
    said("15-2", "按月统计接待费用，一季度接待费用较上年同期减少26万元。", GOING),
    said("15-3", "配合拟订车辆处置和经费保障办法。", GOING),
)

SJJ_SAID = (
    said("3-1", "参与修订工作规则，明确审计移送程序。", DONE, "3月16日", unit=SJJ),
    said("4-2", "对政府性公司融资成本核定情况进行审计调查，正在汇总。", GOING, unit=SJJ),
    said("5-3", "派出4个审计组，12个指挥部专项检查和5家单位审计全部完成，出具报告5份。", DONE, "5月18日", unit=SJJ),
    said("6-1", "派员参加重点抽查。", GOING, unit=SJJ),
    said("15-1", "参加点穴式检查3次。", GOING, unit=SJJ),
)

GZJ_SAID = (
    said(
        "4-3", "10家区属国有企业资产清查已进场8家，动态管理系统完成招标，计划7月上线试运行。", "未完成（达到序时进度）"
    ),
    said("5-1"),
)

ZJJ_SAID = (
    said("4-1", "5月9日前梳理在建项目招投标档案36份，已全部完成。", DONE, april="收集意见。"),
    said("5-1", "5月6日报送指挥部名单79个，配合摸底已全部完成。", DONE, april="报送名单41个。"),
    said(
        "5-2", "指挥长人选已逐个明确，财务管理办法正在征求财政、审计部门意见。", GOING, april="起草财务管理办法初稿。"
    ),
)

ZDB_SAID = (
    said(
        "5-1",
        "撤销指挥部１３个、合并１１个，撤并方案已印发；资产移交工作正在推进。",
        DONE,
        "２０１６．５．１０",
        no="５－１",
        evidence="撤并通知",
    ),
    said("5-2", "配合拟订指挥部经费管理条款。", GOING, no="５－２"),
    said("5-3", "１２个指挥部中仍有２个资料未交齐，正在督促补交。", GOING, no="５－３"),
)

JYJ_SAID: tuple[Record, ...] = (
    said(
        "6-2",
        "第2学期：对62所中小学和幼儿园491个家长委员会收费情况的专项检查已于3月28日全部完成并公示；第1学期：待9月开学后开展。",
        GOING,
        serial="1",
    ),
    {
        "serial": "2",
        "item": "整治校园周边交通秩序",
        "deadline": "5月底前",
        "progress": "会同交警部门增设护学岗12个。",
        "status": GOING,
    },
)

NLJ_SAID = (
    said("7-1", "排查惠农补贴发放问题线索6条，5月6日已全部移送区纪委。", DONE, evidence="线索移送函"),
    said("7-3", "三个办法已完成起草，正在征求各街道意见。", GOING, evidence="征求意见稿"),
)
NLJ_ADDED = (said("7-3", "三个办法征求意见结束，修改后已报区政府法制机构审查，预计5月24日前印发。", GOING),)

MZJ_SAID = (
    said(
        "7-1",
        "低保、救助领域自查5月9日全部完成，清退不符合条件对象43户。",
        DONE,
        evidence=ErrorValue("=#REF!", "#REF!"),
    ),
    said("7-3", Uncached('="已指导村（社区）公开账目"&12*3&"次"'), GOING),
)

RSJ_EARLY = (
    said("9-2", "正在收集各单位申报材料。", "未启动"),
    said("10-1", "提供事业单位人员信息。", GOING),
    said("12-1", "配合查核学历、工龄信息。", GOING),
    said("14-2", "参与研究考核等次比例。", GOING),
)
RSJ_LATE = (
    said("9-2", "实施方案已印发，首批186人申报材料审核过半，剩余部分正在审核。", GOING),
    said("10-1", "提供事业单位人员信息，办理跨部门交流手续9人。", "长期坚持"),
    said("12-1", "配合查核学历、工龄信息86卷。", GOING),
    said("14-2", "参与修订考核办法，提出意见5条。", GOING),
)

# ---------------------------------------------------------------- 各单位的版式 ----

NO = Column("编号", "no", 6)
PROBLEM = Column("反馈的主要问题", "problem", 18, Down.MERGED)
ITEM = Column("整改事项", "item", 18)
MEASURE = Column("整改措施", "measure", 34)
LEADER = Column("责任领导", "leader", 13)
LEAD = Column("牵头单位", "lead", 13)
OTHERS = Column("配合单位", "others", 14)
DEADLINE = Column("整改时限", "deadline", 13)
PROGRESS = Column("进展情况", "progress", 40)
STATUS = Column("完成状态", "status", 10)
FINISHED = Column("完成时间", "finished", 13)
EVIDENCE = Column("佐证材料", "evidence", 16)
NOTE = Column("备注", "note", 8)

SIGNED = "填报人：〇〇〇　　　审核人：〇〇〇　　　联系电话：　　　　　　（盖章）"


def table(
    sheet: str,
    columns: Sequence[Column],
    records: Sequence[Record],
    *,
    above: Iterable[str],
    title: str = REPLY_TITLE,
    below: Iterable[str] = (SIGNED,),
    repeat_after: int = 0,
) -> Page:
    """报送表 — a unit's sheet with this sample's title and footer."""
    return lay(sheet, columns, records, title=title, above=above, below=below, repeat_after=repeat_after)


def sent_by(unit: str, day: str) -> str:
    """填报单位行 — the line offices write above the table."""
    return f"填报单位：{unit}　　　　　　　　　　　　填报日期：{day}"


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """保存时间 — a moment of the story's year."""
    return datetime(2016, month, day, hour, minute)


WORKBOOKS: tuple[Made, ...] = (
    Made(
        "责任分解表.xlsx",
        at(5, 16, 17, 30),
        (
            lay(
                "责任分解表",
                BREAKDOWN_COLUMNS,
                [issued.record() for issued in ISSUED],
                title=BREAKDOWN_TITLE,
                above=(FEEDBACK_LINE,),
                below=("说明：核查意见、销号日期、批准延期至、退回意见四栏由督查室填写。",),
            ),
        ),
    ),
    Made(
        "责任分解表（征求意见稿）.xlsx",
        at(3, 2, 10),
        (
            lay(
                "征求意见稿",
                BREAKDOWN_COLUMNS[:10],
                [{**issued.record(), "deadline": "待定"} for issued in ISSUED[:17]],
                title=BREAKDOWN_TITLE,
                above=("（征求意见稿，请于3月4日前反馈意见）",),
            ),
        ),
    ),
    Made(
        "报送/区纪委整改情况.xlsx",
        at(5, 18, 16, 20),
        (
            table(
                "整改台账",
                (
                    NO,
                    PROBLEM,
                    ITEM,
                    MEASURE,
                    LEADER,
                    LEAD,
                    OTHERS,
                    DEADLINE,
                    Column("进展情况（截至5月18日）", "progress", 44),
                    STATUS,
                    FINISHED,
                    EVIDENCE,
                ),
                JW_SAID,
                above=(sent_by(JW, "2016年5月18日"),),
            ),
        ),
    ),
    Made(
        "报送/区委办/附件2：区委办公室整改情况统计表.xlsx",
        at(5, 17, 11, 5),
        (
            table(
                "Sheet1",
                (
                    Column("编号", "no", 6),
                    Column("反馈问题", "problem", 18, Down.MERGED),
                    Column("整改事项", "item", 18),
                    Column("牵头单位", "lead", 12, group="责任分工"),
                    Column("配合单位", "others", 12, group="责任分工"),
                    DEADLINE,
                    Column("进展情况", "progress", 40, group="整改落实情况"),
                    Column("是否完成", "status", 8, group="整改落实情况"),
                    Column("完成时间", "finished", 12, group="整改落实情况"),
                    Column("佐证材料", "evidence", 14, group="整改落实情况"),
                    NOTE,
                ),
                WB_SAID,
                above=(sent_by("区委办", "2016年5月17日"),),
            ),
        ),
    ),
    Made(
        "报送/组织部5月报送.xlsx",
        at(5, 18, 10, 12),
        (
            text_page(
                "填表说明",
                (
                    f"填表说明{MARK}",
                    "1. 请各单位对照责任分解表逐项填写进展情况，不得改动整改措施、责任单位和整改时限。",
                    "2. 完成状态填：已完成、整改中、未启动、长期坚持。",
                    "3. 已完成的须填写完成时间并附佐证材料目录。",
                ),
            ),
            table(
                "整改台账",
                (
                    NO,
                    PROBLEM,
                    ITEM,
                    Column("责任单位", "units", 18),
                    DEADLINE,
                    PROGRESS,
                    STATUS,
                    FINISHED,
                    EVIDENCE,
                    NOTE,
                ),
                ZZB_SAID,
                above=(sent_by(ZZB, "2016年5月18日"),),
                repeat_after=7,
            ),
        ),
    ),
    Made(
        "报送/政法委整改事项办理情况.xlsx",
        at(5, 16, 15, 40),
        (
            table(
                "办理情况",
                (Column("序号", "serial", 6), Column("整改事项", "item", 34), Column("办理情况", "progress", 60)),
                ZFW_SAID,
                title=f"整改事项办理情况{MARK}",
                above=(),
                below=("区委政法委　　2016年5月16日",),
            ),
        ),
    ),
    Made(
        "报送/政府办.xlsx",
        at(4, 26, 9, 30),
        (
            table(
                "Sheet1",
                (
                    Column("反馈的主要问题", "problem", 20, Down.ONCE),
                    NO,
                    ITEM,
                    LEAD,
                    DEADLINE,
                    PROGRESS,
                    STATUS,
                    FINISHED,
                    EVIDENCE,
                ),
                ZFB_SAID,
                above=(sent_by(ZFB, "2016年4月26日"),),
            ),
        ),
    ),
    Made(
        "报送/新建 Microsoft Excel 工作表.xlsx",
        at(5, 13, 14),
        (
            table(
                "Sheet1",
                (NO, ITEM, MEASURE, LEAD, DEADLINE, PROGRESS, STATUS, FINISHED, EVIDENCE),
                FGJ_SAID,
                above=(sent_by("区发改局", "2016年5月13日"),),
            ),
        ),
    ),
    Made(
        "报送/财政局.xlsx",
        at(5, 17, 17, 45),
        (
            table(
                "牵头事项",
                (
                    NO,
                    PROBLEM,
                    ITEM,
                    MEASURE,
                    LEAD,
                    OTHERS,
                    DEADLINE,
                    Column("目前进展情况", "progress", 40),
                    Column("整改状态", "status", 10),
                    Column("完成时间", "finished", 12),
                    Column("存在困难", "difficulty", 18),
                    Column("下一步打算", "next", 18),
                ),
                CZJ_LED,
                above=(sent_by(CZJ, "2016年5月17日"),),
            ),
            table(
                "配合事项",
                (NO, ITEM, LEAD, DEADLINE, PROGRESS, Column("整改状态", "status", 10), FINISHED),
                CZJ_HELPED,
                above=(sent_by(CZJ, "2016年5月17日"),),
            ),
        ),
    ),
    Made(
        "报送/上报表.et",
        at(5, 18),
        (
            table(
                "Sheet1",
                (
                    Column("报送单位", "unit", 12, Down.MERGED),
                    NO,
                    ITEM,
                    Column("完成情况", "status", 10),
                    Column("工作进展", "progress", 44),
                    Column("完成日期", "finished", 12),
                    Column("完成时限", "deadline", 13),
                ),
                SJJ_SAID,
                above=("截至2016年5月18日",),
                below=("审核人：〇〇〇",),
            ),
        ),
    ),
    Made(
        "报送/国资局整改台账.ods",
        at(5, 12, 16),
        (
            table(
                "整改台账",
                (
                    Column("方面", "aspect", 14, Down.MERGED),
                    PROBLEM,
                    NO,
                    ITEM,
                    LEAD,
                    DEADLINE,
                    PROGRESS,
                    Column("整改进度", "status", 12),
                    FINISHED,
                ),
                GZJ_SAID,
                above=(sent_by("区国资局", "2016年5月12日"),),
            ),
        ),
    ),
    Made(
        "报送/住建局整改进展（按月）.xlsx",
        at(5, 16, 9, 50),
        (
            table(
                "Sheet1",
                (
                    NO,
                    ITEM,
                    LEAD,
                    DEADLINE,
                    Column("4月进展情况", "april", 24),
                    Column("5月进展情况", "progress", 34),
                    Column("整改状态", "status", 10),
                    NOTE,
                ),
                ZJJ_SAID,
                above=(sent_by("区住建局", "2016年5月16日"),),
            ),
        ),
    ),
    Made(
        "报送/重点办整改情况.xls",
        at(5, 13),
        (
            table(
                "整改情况",
                (NO, ITEM, LEAD, DEADLINE, PROGRESS, STATUS, FINISHED, EVIDENCE),
                ZDB_SAID,
                above=(sent_by("区重点办", "２０１６年５月１３日"),),
            ),
        ),
    ),
    Made(
        "报送/教育局.csv",
        at(5, 12),
        (
            table(
                "教育局",
                (
                    Column("序号", "serial"),
                    Column("具体事项", "item"),
                    Column("整改时限", "deadline"),
                    Column("落实情况", "progress"),
                    Column("目前状态", "status"),
                ),
                JYJ_SAID,
                above=("填报单位：区教育局　填报日期：2016年5月12日",),
                below=("审核人：〇〇〇　填报人：〇〇〇",),
            ),
        ),
    ),
    Made(
        "报送/农水口/农林水利局整改表.xlsx",
        at(5, 10, 10),
        (
            table(
                "Sheet1",
                (
                    Column("完成状态", "status", 10),
                    Column("落实进展", "progress", 36),
                    Column("牵头单位", "lead", 13),
                    Column("反馈问题", "problem", 20, Down.DITTO),
                    Column("整改事项", "item", 20),
                    Column("小项编号", "no", 9),
                    Column("佐证材料", "evidence", 14, hidden=True),
                    DEADLINE,
                    Column("经办科室", "office", 12, Down.DITTO),
                ),
                [{**record, "office": "农村经营管理科"} for record in NLJ_SAID],
                above=(sent_by("区农水局", "2016年5月10日"),),
            ),
        ),
    ),
    Made(
        "报送/农水口/农林水利局7-3补充报送.xlsx",
        at(5, 18, 8, 40),
        (
            table(
                "Sheet1",
                (NO, ITEM, LEAD, DEADLINE, PROGRESS, STATUS),
                NLJ_ADDED,
                above=(sent_by("区农林水利局", "2016年5月18日"),),
            ),
        ),
    ),
    Made(
        "报送/区民政局/整改台账.xlsx",
        at(5, 11, 15, 30),
        (
            table(
                "Sheet1",
                (NO, ITEM, LEAD, DEADLINE, PROGRESS, STATUS, EVIDENCE),
                MZJ_SAID,
                above=(),
                below=("备注：公式由系统导出。",),
            ),
        ),
    ),
    *(
        Made(
            path,
            saved,
            (
                table(
                    "Sheet1",
                    (NO, ITEM, MEASURE, LEAD, OTHERS, DEADLINE, PROGRESS, STATUS, FINISHED, EVIDENCE),
                    records,
                    above=(sent_by("区人社局", day),),
                ),
            ),
        )
        for path, saved, records, day in (
            ("报送/人社局整改表.xlsx", at(5, 10, 9), RSJ_EARLY, "2016年5月10日"),
            ("报送/人社局整改表（最终版）.xlsx", at(5, 17, 9), RSJ_LATE, "2016年5月17日"),
            ("报送/人社局整改表（最终版）(1).xlsx", at(5, 17, 9), RSJ_LATE, "2016年5月17日"),
        )
    ),
    Made(
        "报送/五一假期值班安排.xlsx",
        at(4, 28),
        (
            lay(
                "值班安排",
                (Column("日期", "day", 14), Column("带班领导", "leader", 20), Column("值班电话", "call", 16)),
                [
                    {"day": date(2016, 4, 30), "leader": DEPUTY_SECRETARY, "call": "（略）"},
                    {"day": date(2016, 5, 1), "leader": OFFICE_DIRECTOR, "call": "（略）"},
                    {"day": date(2016, 5, 2), "leader": VICE_HEAD, "call": "（略）"},
                ],
                title=f"五一假期值班安排表{MARK}",
            ),
        ),
    ),
)

_SIMPLE = (NO, ITEM, LEAD, DEADLINE, PROGRESS, STATUS, FINISHED)

LOCKED = Made(
    "报送/公安分局（加密）.xlsx",
    at(5, 16),
    (
        table(
            "Sheet1",
            _SIMPLE,
            (
                said("7-2", "开展执法岗位廉政风险排查，发现并纠正问题14个。", GOING),
                said("15-1", "配合查处涉赌案件6起。", GOING),
            ),
            above=(sent_by(GA, "2016年5月16日"),),
        ),
    ),
)

CUT = Made(
    "报送/卫计局整改情况.xlsx",
    at(5, 14),
    (
        table(
            "Sheet1",
            _SIMPLE,
            (said("7-1", "对基层医疗机构收费情况开展自查，清退违规收费。", GOING),),
            above=(sent_by("区卫计局", "2016年5月14日"),),
        ),
    ),
)

LETTER_PATH = "报送/区编办整改情况报告.docx"
LETTER = (
    f"区编办关于巡视反馈问题整改情况的报告{MARK}",
    "区委督查室：",
    "现将我办牵头的11-2小项整改情况报告如下：已重新核定领导职数，清理超职数设置，正在报批。",
    "区编办　2016年5月13日",
)

LOCK_PATH = "报送/~$财政局.xlsx"


def make(folder: Path) -> None:
    """生成示例区2016 — writes every made file of the folder; README.md and 口径.toml are written by hand."""
    for made in WORKBOOKS:
        write_made(folder, made)
    write_locked(folder, LOCKED, PASSWORD)
    write_cut(folder, CUT, kept=0.6)
    write_letter(folder / LETTER_PATH, LETTER)
    (folder / LOCK_PATH).write_bytes("示例".encode().ljust(165, b"\0"))
