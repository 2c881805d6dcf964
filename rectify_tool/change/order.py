"""次序 — numbers, as-of days and clocks go on together."""

from __future__ import annotations

from datetime import date, datetime

from rectify_tool.dates import chinese_day
from rectify_tool.findings import Code
from rectify_tool.model import Finding, Job, Past, Published, Source


def check_order(past: Past, job: Job, number: int) -> tuple[Finding, ...]:
    """期的次序 — an as-of day or a clock gone back, a number left out or published, a day to come (C06–C09, C12)."""
    place = Source("")
    day, last = chinese_day(job.as_of), past.in_force[-1] if past.in_force else None
    findings: list[Finding] = []
    if job.as_of > job.now.date():
        findings.append(Code.AS_OF_AHEAD.at(place, day=day, today=chinese_day(job.now.date())))
    same = past.of(job.as_of.year, number)
    before = past.before(job.as_of, number)
    if same is not None:
        findings.append(Code.NUMBER_PUBLISHED.at(place, number=number, day=chinese_day(same.as_of)))
    elif last is not None and job.as_of <= last.as_of:
        compared = f"与第{before[-1].number}期比较" if before else "没有更早的一期可以比较"
        slots = {"day": day, "number": last.number, "last": chinese_day(last.as_of), "compared": compared}
        findings.append(Code.AS_OF_BACK.at(place, **slots))
    elif last is not None and (due := past.next_number(job.as_of.year)) != number:
        findings.append(Code.NUMBER_SKIPPED.at(place, number=number, last=last.number, due=due))
    return (*findings, *check_clock(past, job.now))


def misplaced(past: Past, as_of: date, number: int) -> Published | None:
    """次序不对的一期 — a published bulletin with which this number and day do not go together; None where all do.

    Days rise with numbers, year after year, and only what is published already may stand before another.
    """
    mine, again = (as_of.year, number), past.of(as_of.year, number) is not None
    for one in past.in_force:
        theirs = (one.year, one.number)
        later = theirs > mine
        if theirs != mine and ((later and not again) or one.as_of == as_of or (one.as_of > as_of) is not later):
            return one
    return None


def check_clock(past: Past, now: datetime) -> tuple[Finding, ...]:
    """钟的先后 — a clock that stands before the last moment anything was written (C09)."""
    if past.written is None or now >= past.written:
        return ()
    return (Code.CLOCK_BACK.at(Source(""), now=_moment(now), written=_moment(past.written)),)


def _moment(moment: datetime) -> str:
    return f"{chinese_day(moment.date())}{moment:%H:%M}"
