"""词表 — the words of deadlines, an ordered table; the first line that matches makes the token.

What no line of `LEXICON` knows comes out as the sort "unknown", so that nothing is ever dropped in silence.
"""

from __future__ import annotations

import re

from rectify_tool.dates.writings import CYCLES, DOTTED, FESTIVAL, LONE_DAY, PLAN, POINT, SERIAL, TERM, Token


def _plain(pattern: str) -> str:
    """The same pattern without its names, so that it can stand inside the table's one expression."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def _any(words: str) -> str:
    """Any of these words (or patterns), set apart by blanks; the earlier wins."""
    return "|".join(words.split())


LEXICON: tuple[tuple[str, str], ...] = (
    # 旁注：里面的数字和书名不是时限
    ("aside", r"\((?:如|若)?遇?(?:法定)?节假日[^)]*\)?|(?:如|若)?遇(?:法定)?(?:节假日|公休日)[^,;)]*顺延"),
    ("aside", r"《[^》]*》|[〔\[(]\d{4}[〕\])]第?\d+号|\d+号(?=[楼线院桥井文令])"),
    ("aside", r"(?:附件|附表|序号|问题|任务|措施)第?\d+(?:[-.、]\d+)*(?![月日年])"),
    ("label", r"第[一二三四五六七八九十\d]+(?:阶段|步|批次?|学期|期|项|条|轮|类)|\(\d{1,2}\)|[一二三四五六七八九]是"),
    # 周期、日期、期限
    ("cycle", "|".join(_plain(pattern) for _, pattern in CYCLES)),
    ("festival", _plain(FESTIVAL.pattern)),
    ("plan", _plain(PLAN.pattern)),
    ("label", r"(?:(?<=^)|(?<=[,;]))\d{1,2}[.](?=\d{1,2}月|[^\d\s])"),
    ("term", _plain(TERM.pattern)),
    ("point", f"(?x:{_plain(POINT.pattern)})"),
    ("dotted", _plain(DOTTED.pattern)),
    ("loneday", _plain(LONE_DAY.pattern)),
    ("serial", _plain(SERIAL.pattern)),
    ("weekday", r"\(?[本下上]?(?:星期|周|礼拜)[一二三四五六日天]\)?"),
    ("zerohour", r"(?<=[日号])(?:凌晨)?(?:0|零)[时点]"),
    ("hour", r"(?:上午|下午|中午|晚上?|凌晨)?\d{1,2}(?:时(?!间|期)|点)(?:\d{1,2}分|整|半)?|中午|上午|下午|下班之?前?"),
    (
        "aside",
        r"\d+(?:\.\d+)?(?:[%‰多余])?[万亿]?(?:[元人名项家件条类处户亩米份批期次场宗起套辆间所级种座栋台分]"
        r"|公里|方面|个(?!月|工作日|季))|\d+(?:\.\d+)?%",
    ),
    # 时限的标志；先去掉含有同样字眼的平常词
    ("from", r"(?:之|当)?日(?:算)?起"),
    ("stop", _any("截止(?:到|至|时间|日期)? 截至 不?迟于 不晚于 至迟 最迟 最晚 直至")),
    (
        "moved",
        _any(
            r"(?:延期|延长|顺延|推迟)(?:至|到)? 延(?:至|到) 提前(?:至|到|(?=\d)) 调整(?:至|到|为) 改为 改至 变更为 展期"
        ),
    ),
    (
        "unread",
        _any(
            "[本下上]季度? 季度?[末底初] (?:年度|学年|财年)[末底初内] [本下上](?:周|星期) [上中下]旬"
            r" 上(?=、?下半年) 每?隔(?=\d|[一两周月日天年])"
            r" (?:近|最近|过去|连续|满|每|前)(?=\d+个?(?:月|年|天|周|工作日|季度))"
        ),
    ),
    (
        "aside",
        _any(
            "到位 到账 到人 到岗 到期 达到 得到 做到 找到 收到 看到 甚至 以至 接待 招待 等待 对待 优待 防止"
            " 禁止 停止 制止 终止 不止 一起 起草 起来 引起 发起 提起 年度 月度 季度 日常 周边 周密 周期性?"
            " 季节 当日 日前 期限 期间内 目前 当前(?!和今后) 前期 前往 前置 提前 前款 此前 事前 会前 内容 内部"
            " 内控 内审 区内 室内 国内 内设 后续 后期 后备 落后 然后 善后 今后(?!一个时期) 事后 背后"
        ),
    ),
    ("was", _any("原定(?:于|为)? 原计划 原时限 由原 原为 原要求")),
    ("since", r"[至到]今|以来|来(?=$|[,;)])"),
    ("during", "期间"),
    ("node", _any("为(?:时间)?节点 为限 为期限 为?止 之际")),
    ("before", _any("之前 以前 前(?!后)")),
    ("within", _any("之内 以内 内")),
    ("after", _any("之后 以后 后")),
    ("start", _any("启动 开始 着手 开工 动工 起步 起")),
    ("to", _any("至(?!少) 到")),
    # 说法
    (
        "soft",
        _any(
            r"\? 至少(?=\d+个?(?:月|天|日|年|周|工作日)) (?<=[月天年周日])以上 争取 力争 力求 预计 预期 左右"
            r" 前后 大约 大概 大致 (?:计划|拟)(?=在|于|到|\d) 约(?=\d|在)"
            " 基本(?!建|医|制度|公共|农田|情况|信息|台账) 初步 暂定 初定 尽量 尽可能 可能 有望 待定 待明确"
            " 待确定 待研究 未定 取得[^,;。、)]{0,8}(?:成效|成果|进展|突破|实效|效果|成绩)"
            " 见到?[^,;。、)]{0,4}成?效 明显(?:好转|改善|改观|提升) 或者? (?<![巡重])视情况?"
            " (?<![巡重])视[^,;)]{1,6}情况 如有 如遇 若(?!干) 除(?=因|特殊|个别|确)"
        ),
    ),
    ("norm", _any("一般(?:情况下|应|须|要)? 原则上 通常")),
    ("notyet", _any("尚未 未能 不能 无法 未完成 未按 暂缓 取消 不再 不需 无需")),
    (
        "finish",
        _any("全部完成 全面完成 完成整改 已?经?完成 整改到位 整改完毕 办结 办理完毕 竣工 验收 完毕 结束 销号 整改"),
    ),
    (
        "long",
        _any(
            "长期(?:坚持|整改|推进|抓好?|执行|保持|落实|贯彻|性?任务|性?工作|跟踪|监管|开展|持续|巩固|进行|实施|有效|化|性|(?=$|[,;()/、]))"
            " 常态化?(?:长效)?(?:坚持|推进|整改|开展|落实|保持|进行|抓好|(?=$|[,;()/])) 长抓不懈 常抓不懈"
            " 久久为功 一以贯之 常抓常新 长久坚持 一直坚持 始终坚持 永久 经常性(?=$|[,;()]|坚持|工作|开展)"
            " 坚持不懈 长效坚持 持之以恒 贯穿始终 全过程"
        ),
    ),
    (
        "lasting",
        _any(
            "持续(?:推进|整改|坚持|抓好?|加强|深化|用力|巩固|改进|长期|进行|落实|开展|发力|跟进|(?=$|[,;()])) 不断推进"
        ),
    ),
    (
        "now",
        _any(
            "立行立改 [即立][知查行整](?:即|立)改 边[查整学巡]边改 即改 马上(?:就?改|整改|办)? 当即 随即 当场"
            " 现场整改 立即(?:整改|落实|改正|办理|执行|纠正|完成|改)? 即时(?:整改|办理)?"
            " 在?(?:巡视|巡察)期间(?:整改完毕|完成|整改到位)?"
        ),
    ),
    (
        "vague",
        _any(
            "尽快 尽早 尽速 抓紧 适时 择机 按期 如期 按时 及时 随时 近期 短期 中长期 中期 远期 按需 不?定期"
            " 今后一个时期 当前和今后 规定的?(?:时间|期限|时限)"
            " (?:详见|见|参见|同)(?:附件|附表|方案|措施|上|下|备注|文件|通知|清单) 另行(?:通知|确定|安排|明确)"
            " 按(?:照)?(?:方案|计划|要求|规定|进度|序时|程序|步骤|节点|时序|既定) 序时 一段时间 有序推进"
            " 稳步推进 逐步 分步 分批 分阶段 滚动 同步 一个时期 视进展 不限"
        ),
    ),
    (
        "event",
        _any(
            r"按(?:照)?(?:上级|中央|国家|省|市|区|县|巡视|巡察|有关|相关)[^,;()〔\[\d]*"
            r" 根据(?:上级|中央|国家|省|市|区|县|实际|工作)[^,;()〔\[\d]*"
            r" (?<![巡重])视[^,;()\d]*而定"
        ),
    ),
    ("await", r"待[^,;()\d]*"),
    ("refer", _any("针对 根据 依据 关于 对照 按照 依照 参照")),
    ("none", _any("无 暂无 没有 空 不涉及")),
    # 分隔
    ("space", " "),
    ("dash", "[-~]"),
    ("list", r"[、/]|(?:以及|及|和|与|并)(?=在|于|\d|第|[年月上下今明次])"),
    ("comma", r"[,;。.!:|\\…]"),
    ("open", r"[(\[<【{]"),
    ("close", r"[)\]>】}]"),
    ("number", r"\d+"),
)
_ONE_EXPRESSION = re.compile("|".join(f"(?P<{sort}_{i}>{pattern})" for i, (sort, pattern) in enumerate(LEXICON)))


def tokenise(text: str) -> tuple[Token, ...]:
    """切词 — the whole normalised text as tokens, gaps as "unknown"; joined again they are the text."""
    tokens: list[Token] = []
    position = 0
    for match in _ONE_EXPRESSION.finditer(text):
        if match.start() == match.end():
            continue
        if match.start() > position:
            tokens.append(Token("unknown", text[position : match.start()], position, text))
        tokens.append(Token((match.lastgroup or "").rpartition("_")[0], match[0], match.start(), text))
        position = match.end()
    if position < len(text):
        tokens.append(Token("unknown", text[position:], position, text))
    return tuple(tokens)
