"""示例区的任务 — what the benchmark's made-up units were assigned and what they answer; the same on every machine.

Everything here is invented (示例·虚构): posts instead of people, numbered bureaus instead of offices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

FEEDBACK = date(2016, 2, 26)
SENT = date(2016, 5, 18)
AS_OF = date(2016, 5, 20)
ITEMS_OF_A_PROBLEM = 4
MOST_BLOCKS = 90
"""编号不过三位 — units beyond the ninetieth add items to the problems there are, as no office numbers past 999."""


ASPECTS = (("落实“两个责任”方面", 3), ("执行廉洁纪律方面", 3), ("执行组织纪律方面", 3), ("执行其他纪律方面", 2))
"""方面 — and how many of a unit's eleven problems belong to each."""

ROWS_OF_A_UNIT = ITEMS_OF_A_PROBLEM * sum(share for _, share in ASPECTS)
"""一个单位的行数 — 44."""


@dataclass(frozen=True, slots=True)
class Task:
    """任务 — one row of a workbook: what was assigned, and what its lead unit answers."""

    unit: int
    no: str
    problem_no: int
    item_no: int
    aspect: str
    problem: str
    item: str
    measure: str
    leader: str
    lead: str
    partner: str
    deadline: str | date
    progress: str
    status: str
    finished: str | date | None
    evidence: str
    next: str


@dataclass(frozen=True, slots=True)
class World:
    """示例区 — ``units`` bureaus, each the lead unit of 44 items under 11 problems and 4 aspects."""

    units: int

    @property
    def names(self) -> tuple[str, ...]:
        """单位名单 — every bureau's name, first to last."""
        return tuple(unit_name(unit) for unit in range(1, self.units + 1))

    def tasks_of(self, unit: int) -> tuple[Task, ...]:
        """一个单位的任务 — its 44 items in the order of their numbers."""
        block, turn = (unit - 1) % MOST_BLOCKS, (unit - 1) // MOST_BLOCKS
        blocks = min(self.units, MOST_BLOCKS)
        return tuple(
            _task(unit, aspect, problem, turn * ITEMS_OF_A_PROBLEM + item, unit % self.units + 1)
            for aspect, problem in _problems_of(block, blocks)
            for item in range(1, ITEMS_OF_A_PROBLEM + 1)
        )

    def tasks(self) -> list[Task]:
        """全部任务 — the items of the 责任分解表, in the order of their numbers."""
        everything = [task for unit in range(1, self.units + 1) for task in self.tasks_of(unit)]
        return sorted(everything, key=lambda task: (task.problem_no, task.item_no))


def unit_name(unit: int) -> str:
    """单位名称 — 示例区第0001局."""
    return f"示例区第{unit:04}局"


def _problems_of(block: int, blocks: int) -> Iterator[tuple[str, int]]:
    """An aspect holds one run of problem numbers; every block of units has its own share of each run."""
    before = 0
    for aspect, share in ASPECTS:
        for place in range(share):
            yield aspect, before * blocks + block * share + place + 1
        before += share


def _task(unit: int, aspect: str, problem_no: int, item_no: int, partner: int) -> Task:
    no = f"{problem_no}-{item_no}"
    pick = Random(no)
    matter, place = pick.choice(MATTERS), pick.choice(PLACES)
    counted = pick.randint(3, 97)
    words = {"matter": matter, "place": place, "n": counted, "m": pick.randint(1, counted - 1), "no": no}
    deadline = pick.choices(DEADLINES, DEADLINE_WEIGHTS)[0]
    answer = LONG_TERM_ANSWER if deadline == LONG_TERM else pick.choices(ANSWERS, ANSWER_WEIGHTS)[0]
    finished = FEEDBACK + timedelta(pick.randint(20, 82))
    words |= {"day": f"{finished.month}月{finished.day}日"}
    about = Random(problem_no)
    return Task(
        unit=unit,
        no=no,
        problem_no=problem_no,
        item_no=item_no,
        aspect=aspect,
        problem=f"{problem_no}. 关于{about.choice(PLACES)}{about.choice(MATTERS)}{about.choice(FAULTS)}的问题。",
        item=pick.choice(ITEMS).format(**words),
        measure=pick.choice(MEASURES).format(**words),
        leader=pick.choice(LEADERS),
        lead=unit_name(unit),
        partner=unit_name(partner) if pick.random() < 0.6 else "",
        deadline=deadline,
        progress=pick.choice(answer.progress).format(**words),
        status=answer.status,
        finished=pick.choice(FINISHED)(finished) if answer.done else None,
        evidence=pick.choice(EVIDENCE).format(**words) if answer.done else "",
        next="" if answer.done else pick.choice(NEXT).format(**words),
    )


# ---------------------------------------------------------------- 词句 ----

LEADERS = ("区委副书记", "区委常委、组织部部长", "区委常委、常务副区长", "区委常委、区纪委书记", "副区长（分管城建）")
PLACES = ("机关", "街道社区", "中小学校", "区属国有企业", "重点项目指挥部", "基层站所", "园区平台", "农村集体")
MATTERS = (
    "财务管理", "公务接待", "工程招投标", "干部档案管理", "会议文件审批", "公务用车", "津补贴发放", "资产清查",
    "民主集中制执行", "资金拨付", "“三重一大”决策", "信访件办理", "合同管理", "教育收费", "政府采购",
)  # fmt: skip
FAULTS = ("不够规范", "监管不到位", "制度执行不严", "有所反弹", "责任落实不够有力", "底数不清")

ITEMS = (
    "修订完善{place}{matter}办法，明确审批权限和办理流程，第{no}条逐一对照落实",
    "对{place}{matter}情况开展全面清理，摸清{n}个点位的底数，建立问题清单",
    "组织{place}{matter}专项检查，对发现的{n}个具体事项逐一整改",
    "建立{place}{matter}联席会议机制，按月通报{n}个单位的执行情况",
    "开展{place}{matter}专题培训，覆盖{n}名经办岗位人员，做到应训尽训",
)
MEASURES = (
    "1.成立工作专班，制定实施方案；2.对{n}个对象逐一排查登记；3.对发现的问题限期整改并组织回头看。",
    "制定出台《{place}{matter}实施细则》，并督促{n}个下属单位对照执行，定期开展抽查。",
    "由分管领导牵头，联合配合单位对{matter}开展交叉检查，检查结果在全区通报。",
    "清理不符合规定的{matter}事项，建立台账，逐项销号，完善长效机制。",
)
EVIDENCE = (
    "《{place}{matter}实施细则》（文件）",
    "检查记录{n}份、整改照片{m}张",
    "会议纪要、问题清单及销号表",
    "专项审计报告1份",
)
NEXT = (
    "继续督促剩余点位按期完成，加大抽查力度。",
    "下一步对{place}再开展一次回头看，巩固整改成果。",
    "尽快完成征求意见，报区政府审定后印发。",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """答复 — a way units put how far they are: the status word and the texts that go with it."""

    status: str
    progress: tuple[str, ...]
    done: bool = False


ANSWERS = (
    Answer(
        "已完成",
        (
            "已于{day}印发《{place}{matter}管理办法》，并组织{n}个单位学习培训，整改到位。",
            "已对{n}个点位全部检查完毕，发现的{m}个问题于{day}全部整改完成。",
            "{day}召开专题会议研究部署，制定{matter}制度1项，已全部完成。",
        ),
        done=True,
    ),
    Answer(
        "整改中",
        (
            "已排查{n}个点位，完成整改{m}个，其余正在推进。",
            "《{place}{matter}实施细则》已形成初稿，正在征求{n}个单位意见。",
            "已成立工作专班，制定实施方案，{matter}检查正在进行，已检查{m}家。",
            "正在按计划推进，已完成{n}项任务中的{m}项。",
        ),
    ),
    Answer("未启动", ("正在研究制定方案，尚未启动。", "待上级办法印发后启动，目前尚未开展。")),
)
ANSWER_WEIGHTS = (55, 38, 7)
LONG_TERM = "长期坚持"
LONG_TERM_ANSWER = Answer(
    LONG_TERM, ("已建立{place}{matter}月度检查机制，本期检查{n}处，持续推进。", "已完成制度建设，长期坚持抓好执行。")
)

DEADLINES: tuple[str | date, ...] = (
    "2016年4月30日前", "5月底前", "2016年6月30日", "4月底", "5月25日前完成", "2016年上半年", "2016.5.31", "6月中旬前",
    date(2016, 4, 15), date(2016, 12, 31), LONG_TERM, "立行立改", "每季度末", "年底前", "2016年8月前",
)  # fmt: skip
DEADLINE_WEIGHTS = (12, 12, 12, 10, 8, 8, 6, 6, 6, 6, 7, 2, 2, 2, 1)

FINISHED: tuple[Callable[[date], str | date], ...] = (
    lambda day: day,
    lambda day: f"{day.month}月{day.day}日",
    lambda day: f"{day.year}.{day.month}.{day.day}",
)
