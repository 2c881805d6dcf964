"""核对意见目录 — everything that can be wrong with the data, each with its code, weight and words.

Letters by stage: F file, H heading and table, D date, U unit, N number and match, M merge, B base column, S state,
K office decision, C change since the last published bulletin, P paper. A message says what was written, what is wrong,
and what to do; the place is the finding's source. A new kind of finding is one line here and one small case under
tests/findings/.
"""

from __future__ import annotations

from enum import Enum

from rectify_tool.model import Finding, Severity, Source

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Code(Enum):
    """核对意见代码 — (code, severity, message with {slots})."""

    # F 文件
    FILE_EMPTY = ("F01", _W, "文件是空的（0字节），请让单位重新报送")
    FILE_CORRUPT = ("F02", _W, "文件已损坏，打不开（{detail}），请让单位重新报送")
    FILE_PASSWORD = ("F03", _W, "文件设了打开密码，请让单位去掉密码后重新报送")
    FILE_NOT_WORKBOOK = ("F04", _W, "收到，不能读取：这是{kind}，不是表格；请让单位按表格重新报送")
    FILE_TOO_LARGE = ("F05", _W, "文件超出安全限度（{detail}），没有打开，请让单位另存为新表格后重新报送")
    FILE_READER_DIED = ("F06", _W, "读取这个文件时出错（{detail}），没有采用，请让单位另存为 .xlsx 后重新报送")
    FILE_TIMEOUT = ("F07", _W, "读取这个文件超过{seconds}秒，没有采用，请让单位删去多余的空行空列后重新报送")
    FILE_COPYING = ("F08", _W, "文件正在复制或保存，这次没有采用，请稍后再试一次")
    FILE_UNREADABLE = ("F09", _W, "没有权限打开或文件已不在（{detail}），请检查文件后再试一次")
    FILE_NO_TABLE = (
        "F10",
        _W,
        "没有找到责任分解表样式的表格（要有编号或小项、单位、进展等表头），没有采用，请打开核对",
    )
    FILE_SAME_CONTENT = ("F11", _N, "与“{other}”内容完全相同，只计一次")
    CELLS_DIFFER = ("F12", _E, "对账不平：文件里有{counted}个非空单元格，读到{seen}个，请打开原件核对")
    FILE_MACRO = ("F13", _N, "文件带宏，宏没有运行，只读取了表格内容")
    FILE_OTHER_TYPE = ("F14", _N, "扩展名是“{extension}”，实际是{kind}，已按实际类型读取")
    FILE_LINKED = ("F15", _N, "这是一个快捷方式或特殊文件，没有打开，请放入文件本身")
    FILE_LOCKED_BESIDE = ("F16", _N, "旁边有“{lock}”，原件可能正在别处打开，读到的是已保存的内容")
    SHEET_HIDDEN = ("F17", _W, "工作表“{sheet}”是隐藏的，有{count}个非空单元格没有采用，请核对是否要用")
    FILE_REPAIRED = ("F18", _W, "常规方法读不了，用备用方法读取，请打开原件核对")
    FILE_TEXT_GUESS = ("F19", _N, "文本文件按{encoding}编码读取，请看一眼有无乱码")
    ILLEGAL_CHARACTERS = ("F20", _N, "有{count}个不能打印的控制字符，读取时已去掉，其余文字未动")
    FILE_FOREIGN_TABLE = ("F21", _W, "这是{kind}，不是真正的工作簿，没有采用；请用表格软件打开后另存为 .xlsx 再报送")
    FILE_OWN_OUTPUT = ("F22", _N, "这是本工具写出的成果，不当作单位报送的表格")
    OUTPUT_BESIDE = (
        "F23",
        _W,
        "原有成果中{files}正在别处打开，这次的成果写在旁边的“{place}”；请关闭 Word、Excel、WPS 后重新生成",
    )
    OUTPUT_EDITED = (
        "F24",
        _W,
        "原有成果被人改过或放进了别的文件，没有动它，这次的成果写在旁边的“{place}”；请核对后留下要用的一份",
    )
    PDF_NOT_MADE = ("F25", _W, "PDF 没有做成，其余材料已经写好，请处理后再做一次 PDF：{why}")
    FONTS_MISSING = (
        "F26",
        _W,
        "这台电脑没有装字体{fonts}，排版时换成了别的字体，字形和换行会变；请装上这些字体，或换一台装有的电脑再做一次",
    )
    TEMPLATE_UNUSED = (
        "F27",
        _W,
        "这个模板没有用到，用的是{used}：要放在“模板”文件夹里，文件名要是“{name}”；"
        "请改名（旧格式的先另存为 .docx），不用的请移走",
    )
    OUTPUT_PUBLISHED = (
        "F28",
        _N,
        "第{number}期已经定稿，定稿的材料没有动，这次的成果写在旁边的“{place}”",
    )
    # H 表头与表格
    HEADING_UNKNOWN = (
        "H01",
        _N,
        "不认识表头“{text}”，该列{count}个单元格没有采用；如有用，请在口径的表头叫法（[headings]）中加上这个叫法",
    )
    HEADING_WEAK = ("H02", _N, "表头“{text}”按“{meaning}”理解，把握不大，请核对")
    COLUMN_MISSING = (
        "H03",
        _W,
        "表中没有“{meaning}”列，请核对表头；叫法不同的，请在口径的表头叫法（[headings]）中加上",
    )
    HEADING_TWICE = ("H04", _W, "有两列都像“{meaning}”（“{first}”和“{second}”），采用了前者，请核对")
    PERIOD_EARLIER = ("H05", _N, "“{text}”是往期的列，没有采用；本次采用“{used}”")
    CELL_ERROR = ("H06", _W, "单元格是错误值“{text}”，请在原表里改正")
    CELL_UNCACHED = ("H07", _W, "单元格是公式但没有存下结果，请用表格软件打开原表，保存后再试一次")
    UNDER_MERGE = ("H08", _W, "被合并单元格遮住的内容“{text}”没有采用，请核对")
    ROWS_HIDDEN = ("H09", _N, "第{rows}行是隐藏的，仍然采用了，请核对")
    COLUMNS_HIDDEN = ("H10", _N, "{columns}列是隐藏的，仍然采用了，请核对")
    UNIT_FILLED_DOWN = (
        "H20",
        _W,
        "“{meaning}”列有{count}个空格按上一行的单位理解（第{rows}行），不是这个单位的请补填，以免点错名",
    )
    FILLED_DOWN = ("H11", _N, "“{meaning}”列有{count}个空格按上一行理解（第{rows}行），请核对")
    DITTO_WITHOUT_ABOVE = ("H12", _W, "写的是“{text}”，但上面没有可以沿用的内容，请补填")
    CELL_PICTURE = ("H13", _N, "单元格里是图片，文字读不到，请打开原件查看")
    TOTAL_ROW = ("H14", _N, "第{row}行像是合计行，没有当作小项")
    TWO_IN_ONE = ("H15", _N, "表头“{text}”把两项内容放在一列，按“{meaning}”采用")
    SERIAL_ASIDE = ("H16", _N, "“{text}”只是本表的顺序号，没有采用；编号取自“{used}”列")
    PERIOD_LATER = ("H17", _N, "“{text}”是基准日以后的列，没有采用；本次采用“{used}”")
    SHEET_NO_TABLE = ("H18", _W, "工作表“{sheet}”里没有认出表格，有{count}个非空单元格没有采用，请核对")
    TICKS_SEVERAL = ("H19", _W, "这一行的状态栏里打了{count}个勾（{words}），请核对，只留一个")
    # D 日期
    DATE_UNREADABLE = ("D01", _W, "“{text}”读不懂是哪一天，请改成“2016年6月30日”这样的写法")
    DATE_IMPOSSIBLE = ("D02", _W, "“{text}”不存在这一天，请核对原件")
    DEADLINE_DOUBT = ("D03", _W, "时限“{text}”有疑问：{because}，请与制表单位核实")
    DEADLINE_UNDATED = ("D04", _W, "时限“{text}”定不出哪一天（{because}），请明确完成时限")
    DEADLINE_BLANK = ("D05", _W, "没有填写整改时限，请补填")
    BASE_UNKNOWN = (
        "D06",
        _W,
        "不知道从哪一天起算，没写年份的时限和“几日内”都定不准；"
        '请在口径中写明反馈日（口径.toml 的 [base] feedback = "年-月-日"）',
    )
    WORKDAYS_UNKNOWN = ("D07", _W, "“{text}”跨到的年份还没有放假安排，按周一至周五推算，请核对")
    YEAR_INFERRED = ("D08", _N, "“{text}”没写年份，从{day}起推定")
    DEADLINE_FROM_TEXT = ("D09", _N, "时限取自“{column}”里的文字“{text}”，请核对")
    FINISH_IN_FUTURE = ("D10", _W, "完成日期{day}在{what}之后，不能算完成，请核对")
    FINISH_UNKNOWN = ("D11", _W, "完成日期不明：说已完成，没写哪一天，而时限{due}已过，无法判断是否逾期完成，请补填")
    WEEKDAY_WRONG = ("D12", _W, "“{text}”里的星期与日期对不上，请核对")
    FINISH_BEFORE_BASE = ("D13", _N, "完成日期{day}早于反馈日{base}，请核对")
    DATED_LATER = ("D14", _W, "填报日期{day}在基准日之后，仍按本期报送采用，请核对填报日期和基准日")
    BASE_GUESSED = (
        "D15",
        _W,
        "反馈日取自{because}，没写年份的时限和“几日内”都从这一天推算；"
        '反馈日不是这一天的，请在口径中写明（口径.toml 的 [base] feedback = "年-月-日"）',
    )
    # U 单位
    UNIT_UNKNOWN_FILE = (
        "U01",
        _E,
        "看不出是哪个单位报送的，内容列在表中但不作为牵头单位意见；请让单位在表上写明“填报单位：”，名称与责任分解表一致；叫法不同的，请在口径中加别名",
    )
    UNIT_DISAGREES = ("U02", _W, "填报单位的说法不一致：{ways}；按“{unit}”采用，请核对")
    UNIT_NOT_IN_ROSTER = ("U03", _W, "“{name}”不在责任分解表和口径的单位名单中{hint}，请核对名称或在口径中加别名")
    UNIT_ABBREVIATED = ("U04", _N, "“{name}”按“{unit}”理解（简称），请核对")
    UNIT_COLLECTIVE = ("U05", _W, "“{name}”是统称，无法逐个催办，请明确到具体单位")
    LEAD_MISSING = ("U06", _W, "没有写明牵头单位或责任单位，请补填")
    LEAD_SEVERAL = ("U07", _W, "牵头单位写了{count}个（{names}），按第一个“{unit}”计，请明确")
    LEAD_BY_ORDER = ("U08", _N, "没有牵头单位列，以责任单位中的第一个为牵头单位")
    UNIT_GUESSED = ("U09", _N, "按文件名看是“{unit}”的")
    UNIT_OUTSIDE = ("U10", _W, "“{unit}”不是这个小项的责任单位，意见照列，不影响状态，请核对")
    UNIT_ALIASED = ("U11", _N, "“{name}”按口径的别名计为“{unit}”")
    UNIT_DOUBTFUL = ("U12", _W, "“{name}”不像单位名称，请核对")
    UNIT_UNREAD = (
        "U15",
        _E,
        "“{meaning}”一格是“{text}”，读不出单位名称，{effect}；请打开表格，把这一格改成单位的名称（不用公式、图片），保存后再试一次",
    )
    LEAD_BLANK = ("U14", _W, "牵头单位空着，以责任单位中的第一个“{unit}”为牵头单位，请核对并补填，以免点错名")
    UNIT_WITH_PERSON = ("U13", _N, "“{name}”带有职务或人名，按单位“{unit}”计，请核对")
    # N 编号与对应
    NUMBER_SPOILED = ("N01", _N, "编号“{text}”像是被表格软件改过，按“{no}”理解，请核对")
    MATCH_WEAK = ("N02", _W, "这一行与小项{no}只是大致对应（{why}），请核对")
    MATCH_NONE = ("N03", _W, "这一行对不上任何小项（{text}），没有采用，请核对编号和内容")
    MATCH_DOUBLE = ("N04", _W, "这一行同时像小项{first}和{second}，没有采用，请核对编号和内容")
    ITEM_TWICE = ("N05", _W, "小项{no}在同一份表里出现{count}次，都保留，按进展最慢的一次计，请核对")
    ITEM_ABSENT = ("N06", _W, "{unit}的报送表里没有小项{no}，请让单位补报")
    REPLY_BLANK = ("N07", _W, "小项{no}一行没有填写进展，请让单位补填")
    NUMBER_TWICE = ("N08", _E, "编号{no}出现了{count}次，这一处改记为{other}，请核对")
    NUMBER_BY_POSITION = ("N09", _N, "小项没有自己的编号，按位置记为{no}")
    NUMBER_CONFLICT = ("N10", _W, "编号写的是{no}，内容却是小项{other}的，按内容采用，请核对")
    NUMBER_BESIDE_SERIAL = (
        "N11",
        _N,
        "“{text}”起是全表的顺序号，问题另有编号，小项按问题和位置记为{no}；单位按顺序号报来的也能对上",
    )
    # M 合并
    NO_BREAKDOWN = (
        "M01",
        _W,
        "没有找到责任分解表{seen}，以各单位报来的内容合在一起作为台账；如有责任分解表，请放到工作文件夹的最外层，再试一次",
    )
    UNITS_CLASH = (
        "M02",
        _W,
        "小项{no}各单位说法不一：{unit}（牵头）说{claim}，{other}说{other_claim}（{place}），以牵头单位为准，请核对",
    )
    SUPERSEDED = ("M03", _N, "{unit}后来又报了“{later}”（{why}），这一份不再采用")
    SUPERSEDED_PARTLY = ("M04", _W, "{unit}后来的“{later}”没有包含小项{nos}，这几项仍采用这一份，请核对")
    BREAKDOWN_UNREAD = (
        "M07",
        _E,
        "责任分解表没有读出来，这次没有用它，这一次的结果不要用；"
        "请把“{file}”换成打得开、没有密码的 .xlsx 表格，放回原处，再试一次",
    )
    BREAKDOWN_DRAFT = (
        "M08",
        _E,
        "这次用作责任分解表的是这一份，文件名写着“{word}”，不像正式下发的，这一次的结果不要用；"
        "请把正式下发的责任分解表放到工作文件夹的最外层，把这一份移到别处，再试一次；"
        "这一份就是正式下发的，请把文件名里的“{word}”去掉，再试一次",
    )
    BREAKDOWN_OTHER = ("M05", _N, "这是表格，但不是采用的责任分解表，也不在报送文件夹里，没有采用")
    DEADLINE_CLASH = ("M06", _W, "小项{no}的时限，{unit}写“{text}”，与采用的“{used}”不同，请核对")
    # B 责任分解表的内容被改
    BASE_CHANGED = ("B01", _W, "“{column}”与下发的不同：下发的是“{issued}”，这里是“{typed}”；以下发的为准，请核对")
    DEADLINE_CHANGED = (
        "B02",
        _W,
        "时限被改：下发的是“{issued}”，这里是“{typed}”；以下发的为准；要延期的，请单位按程序报批",
    )
    # S 状态
    CLAIM_CONTRADICTS = ("S01", _W, "状态写“{status}”，进展却是“{progress}”，前后矛盾；按状态列计，请核对")
    DONE_VAGUE = ("S02", _W, "小项{no}说已完成，但没有日期、数字或文件佐证，请补充")
    BASICALLY_DONE = ("S03", _W, "小项{no}写“基本完成”，不算完成，请核实还差什么")
    EVIDENCE_MISSING = ("S04", _W, "小项{no}说已完成，但佐证材料一栏是空的，请补充")
    LONG_TERM_DONE = ("S05", _W, "小项{no}是长期坚持，却报已完成，仍列长期坚持，请核对")
    LONG_TERM_UNOWNED = ("S06", _W, "小项{no}是长期坚持，但没有{lacking}，请明确")
    STATUS_UNKNOWN = ("S07", _W, "不认识状态“{text}”，按进展文字理解，请核对或在口径的状态用语（[statuses]）中加上")
    LONG_TERM_SILENT = ("S08", _W, "小项{no}是长期坚持，牵头单位这次没有报进展，请催报")
    STAGE_UNCONFIRMED = ("S09", _N, "小项{no}分阶段完成，{day}的一段没有说完成，请核实")
    PROGRESS_VAGUE = ("S10", _N, "小项{no}的进展“{text}”没有具体事项、日期或数字，请补充")
    LONG_TERM_UNDATED = ("S11", _N, "小项{no}是长期坚持，没有写完成时限，最好定一个阶段性的时限")
    # K 办理决定
    DECISION_UNREADABLE = (
        "K01",
        _W,
        "“{column}”写的“{text}”读不出日期，没有作为办理决定，请改成“2016年6月30日”这样的写法",
    )
    CLOSED_UNREPORTED = ("K02", _W, "小项{no}已销号，但牵头单位没有报完成，请核对")
    EXTENSION_EARLIER = ("K03", _W, "批准延期至{day}，早于{what}{due}，没有采用，请核对")
    RETURNED_STALE = ("K04", _W, "小项{no}在{day}{what}，之后没有收到新的报送，仍按未完成计，请催单位重新报送")
    DECISION_LATER = ("K05", _N, "{day}的{act}在基准日之后，这次不计")
    ACT_UNKNOWN = (
        "K06",
        _W,
        "办理事项“{text}”看不懂，这一行没有采用；一行只写一件，请从这些词里选一个：{words}",
    )
    ACT_LACKING = ("K07", _W, "{line}没有写{what}，没有采用，请补填")
    ACT_ITEM_UNKNOWN = ("K08", _W, "编号“{text}”{why}，这一行没有采用，请核对编号")
    ACT_UNIT_UNKNOWN = ("K09", _W, "“{name}”不是名单里的单位{hint}，这一行没有采用，请核对名称或在口径中加别名")
    ACT_UNIT_DIFFERS = (
        "K10",
        _W,
        "编号写的是{no}，单位写的是“{unit}”，但{no}的责任单位是{units}，这一行没有采用，请核对编号和单位",
    )
    ACT_TWICE = ("K11", _N, "与第{row}行是同一件事（{what}），只计一次")
    REGISTER_NO_TABLE = (
        "K12",
        _W,
        "没有找到办理登记的表头（要有办理日期、办理事项，以及编号或单位），这本登记没有采用，请核对表头",
    )
    DECISION_ITEM_GONE = ("K13", _E, "{act}记的是小项{no}，责任分解表里没有这个编号，这次没有采用，请核对编号")
    EXTENSION_EARLIER_KEPT = ("K14", _N, "批准延期至{day}，早于{what}{due}，按记录采用，请核对")
    CLOSED_TWICE = ("K15", _W, "小项{no}在{before}已经销号，中间没有重新打开，{day}又记了一次销号，请核对")
    REOPENED_OPEN = (
        "K16",
        _W,
        "小项{no}在{day}没有销号，却记了重新打开，在那以前报的完成不再算数，请核对，记错的请撤回",
    )
    REGISTER_GONE = (
        "K19",
        _E,
        "“{file}”{what}，里面记的办理都没有算，这一次的结果不要用；请把它放回或修好，再试一次",
    )
    EXTENSIONS_DIFFER = ("K17", _N, "批准延期至{day}，早于{what}{due}，按较晚的一天计，请核对哪一个是后批的")
    FINISH_BEFORE_RETURN = (
        "K18",
        _W,
        "小项{no}在{day}{what}，重新报的完成日期却是{finished}，还在那以前，请核实是不是又整改过",
    )
    # C 较上期
    TEXT_UNCHANGED = ("C01", _W, "小项{no}报的进展与第{number}期{how}，看不出新的进展，请核实")
    WENT_BACK = ("C02", _W, "小项{no}在第{number}期报的是已完成，这次又说没有完成，请核实")
    DUE_MOVED = (
        "C03",
        _W,
        "小项{no}应完成的日子，第{number}期是{was}，这次是{now}，没有批准延期的记录，请核对责任分解表、口径是否改过，批准延期是否撤回过",
    )
    MATTER_CHANGED = (
        "C04",
        _E,
        "小项{no}的内容与第{number}期不是一件事，那时是“{was}”；改了编号，以前的销号、延期就会记到别的小项上，请核对责任分解表",
    )
    ITEM_DROPPED = ("C05", _W, "第{number}期有小项{no}（{matter}），这次的责任分解表里没有，请核对")
    AS_OF_BACK = (
        "C06",
        _W,
        "基准日{day}不晚于已经定稿的第{number}期（{last}），这次{compared}，不能再定稿；"
        "要重看第{number}期，请把期号定为{number}，不然请核对基准日和电脑的日期",
    )
    NUMBER_PUBLISHED = (
        "C07",
        _N,
        "第{number}期（{day}）已经定稿，这次写出的材料不影响它；要更正已定稿的一期，请在定稿时写明更正的原因",
    )
    NUMBER_SKIPPED = ("C08", _W, "最近定稿的是第{last}期，这次是第{number}期，应当接第{due}期；请核对期号")
    CLOCK_BACK = (
        "C09",
        _W,
        "电脑的时间是{now}，早于台账里最后一次记录的时间{written}；台账按先后次序记，不受影响，但请核对电脑的日期和时间",
    )
    DECISION_GONE = (
        "C10",
        _E,
        "小项{no}在第{number}期{what}，这次找不到这条办理的记录，请核对责任分解表的办理栏、办理登记是不是换了或漏了",
    )
    LEAD_CHANGED = ("C11", _W, "小项{no}的牵头单位，第{number}期是{was}，这次是{now}，请核对责任分解表")
    AS_OF_AHEAD = (
        "C12",
        _W,
        "基准日{day}还没有到（今天是{today}），那一天的情况现在还不知道，请核对基准日和电脑的日期",
    )
    CAME_SINCE = (
        "C15",
        _W,
        "这份表是第{number}期定稿以后才放进来的，重做第{number}期采用了它；不是为更正报来的，请先移出“报送”，再重新生成",
    )
    CAME_LATER = ("C13", _N, "这份表是以后的一期才收到的，做前面这一期没有采用")
    FILE_GONE = (
        "C14",
        _W,
        "第{number}期用过的“{file}”这次没有找到，重做第{number}期时它的内容就没有了，请把当时的文件放回“报送”，再重新生成",
    )
    # P 公文
    SENDER_UNNAMED = (
        "P01",
        _N,
        "口径没有写发文单位，专报的红头下和文末没有署名；请在口径中写明发文单位"
        '（口径.toml 的 [office] sender = "单位名称"），再重新生成',
    )

    @property
    def code(self) -> str:
        """代码 — e.g. "D02"."""
        return self.value[0]

    @property
    def severity(self) -> Severity:
        """轻重 — fixed for each code."""
        return self.value[1]

    @property
    def template(self) -> str:
        """措辞 — the message with its {slots}."""
        return self.value[2]

    def at(self, source: Source, **slots: object) -> Finding:
        """开出一条核对意见 — the finding of this code at ``source``; every {slot} must be given."""
        return Finding(self.code, self.severity, source, self.template.format(**slots))
