"""Breakdown and reports become one ledger: nothing lost, clashes shown, the order of files without effect."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.merge import Unread, merge
from rectify_tool.model import Breakdown, Claim, Heard, Ledger, Reply, Report
from tests.cases import BASE, day, item, reply

ITEMS = (
    item(no="1-1", lead="区财政局", units="区审计局"),
    item(no="1-2", lead="区财政局"),
    item(no="2-1", lead="区教育局", units="区财政局"),
)
BREAKDOWN = Breakdown("责任分解表.xlsx", ITEMS, (), ("区财政局", "区审计局", "区教育局"), BASE, "")
DONE, GOING = Claim.DONE, Claim.IN_PROGRESS


def report(
    file: str,
    unit: str | None,
    *said: tuple[str, Claim],
    line: str = "",
    saved: str = "",
    at: str = "5-1",
    digest: str = "",
) -> Report:
    replies = tuple(reply(claim, unit=unit, no=no, file=file) for no, claim in said)
    return Report(
        file=file,
        sha256=digest or file,
        unit=unit,
        units=(unit,) if unit else (),
        unit_because="",
        date_line=day(line) if line else None,
        saved_at=moment(saved),
        modified=moment(at),
        replies=replies,
        unmatched=(),
        used=0,
        aside=(),
        headings=(),
    )


def moment(text: str) -> datetime | None:
    return datetime.combine(day(text), datetime.min.time()) if text else None


def ledger(*reports: Report, unread: tuple[Unread, ...] = ()) -> tuple[Ledger, set[str]]:
    merged, findings = merge(BREAKDOWN, reports, unread)
    return merged, {finding.code for finding in findings}


def claim_of(merged: Ledger, no: str) -> Claim | None:
    said = next(entry for entry in merged.entries if entry.item.no == no).lead_reply
    return said.claimed if said else None


def test_the_lead_counts_and_the_co_unit_is_kept_with_the_clash_shown() -> None:
    merged, codes = ledger(
        report("报送/财政局.xlsx", "区财政局", ("1-1", DONE), ("1-2", GOING)),
        report("报送/审计局.xlsx", "区审计局", ("1-1", GOING)),
    )
    assert claim_of(merged, "1-1") is DONE
    assert [said.unit for said in merged.entries[0].replies] == ["区财政局", "区审计局"]
    assert "M02" in codes


def test_only_a_co_unit_replied_is_no_word_of_the_lead() -> None:
    merged, _ = ledger(report("报送/审计局.xlsx", "区审计局", ("1-1", DONE)))
    assert claim_of(merged, "1-1") is None
    assert merged.entries[0].replies


def test_units_are_reported_missing_or_unreadable_and_never_two_of_these() -> None:
    merged, _ = ledger(
        report("报送/财政局.xlsx", "区财政局", ("1-1", DONE)),
        unread=(Unread("报送/教育局.docx", "区教育局"), Unread("报送/财政局2.xlsx", "区财政局")),
    )
    assert merged.expected == ("区财政局", "区审计局", "区教育局")
    assert (merged.reported, merged.missing, merged.unreadable) == (("区财政局",), ("区审计局",), ("区教育局",))


def test_a_later_version_supersedes_by_its_date_line_before_the_files_own_time() -> None:
    merged, codes = ledger(
        report("报送/a.xlsx", "区财政局", ("1-1", GOING), ("1-2", GOING), line="5-10", at="5-19"),
        report("报送/b.xlsx", "区财政局", ("1-1", DONE), ("1-2", DONE), line="5-18", at="5-18"),
    )
    assert claim_of(merged, "1-1") is DONE
    assert merged.retired == ("报送/a.xlsx",)
    assert "M03" in codes
    assert {said.no for said in merged.superseded} == {"1-1", "1-2"}


def test_versions_are_compared_by_the_strongest_date_both_have() -> None:
    merged, _ = ledger(
        report("报送/a.xlsx", "区财政局", ("1-1", GOING), line="5-18", saved="5-10"),
        report("报送/b.xlsx", "区财政局", ("1-1", DONE), saved="5-12"),
    )
    assert claim_of(merged, "1-1") is DONE


def test_the_name_decides_where_no_date_does() -> None:
    merged, _ = ledger(
        report("报送/财政局（最终版）.xlsx", "区财政局", ("1-1", DONE)),
        report("报送/财政局（修改）.xlsx", "区财政局", ("1-1", GOING)),
    )
    assert claim_of(merged, "1-1") is DONE


def test_a_later_version_without_all_items_wins_item_by_item() -> None:
    merged, codes = ledger(
        report("报送/a.xlsx", "区财政局", ("1-1", GOING), ("1-2", DONE), line="5-10"),
        report("报送/b.xlsx", "区财政局", ("1-1", DONE), line="5-18"),
    )
    assert (claim_of(merged, "1-1"), claim_of(merged, "1-2")) == (DONE, DONE)
    assert merged.retired == ()
    assert "M04" in codes


def test_identical_content_under_two_names_counts_once() -> None:
    merged, codes = ledger(
        report("报送/财政局.xlsx", "区财政局", ("1-1", DONE), digest="same"),
        report("报送/财政局(1).xlsx", "区财政局", ("1-1", DONE), digest="same"),
    )
    assert len(merged.entries[0].replies) == 1
    assert merged.entries[0].replies[0].row.file == "报送/财政局.xlsx"
    assert merged.retired == ("报送/财政局(1).xlsx",)
    assert "F11" in codes


def test_the_same_item_twice_keeps_both_and_counts_the_least_advanced() -> None:
    merged, _ = ledger(report("报送/财政局.xlsx", "区财政局", ("1-1", DONE), ("1-1", GOING)))
    assert claim_of(merged, "1-1") is GOING
    assert len(merged.entries[0].replies) == 2


def test_a_lead_file_without_the_item_is_a_finding_and_a_foreign_reply_is_listed() -> None:
    merged, codes = ledger(report("报送/教育局.xlsx", "区教育局", ("1-1", DONE)))
    assert {"N06", "U10"} <= codes
    assert merged.entries[2].lead_reported
    assert claim_of(merged, "1-1") is None
    assert merged.entries[0].replies


def test_a_file_of_no_known_unit_never_speaks_for_the_lead() -> None:
    merged, _ = ledger(report("报送/x.xlsx", None, ("1-1", DONE)))
    assert claim_of(merged, "1-1") is None
    assert merged.entries[0].replies[0].unit is None


REPORTS = st.lists(
    st.builds(
        lambda number, unit, said, line: report(
            f"报送/{number}.xlsx", unit, *said, line=line.isoformat(), digest=str(number)
        ),
        st.integers(0, 99),
        st.sampled_from(["区财政局", "区审计局", "区教育局"]),
        st.lists(st.tuples(st.sampled_from(["1-1", "1-2", "2-1"]), st.sampled_from(Claim)), max_size=4),
        st.dates(date(2016, 4, 1), date(2016, 5, 20)),
    ),
    max_size=6,
    unique_by=lambda one: one.file,
)


@given(REPORTS, st.randoms())
def test_the_order_of_the_files_does_not_matter(reports: list[Report], shuffle: object) -> None:
    shuffled = list(reports)
    shuffle.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge(BREAKDOWN, reports, ()) == merge(BREAKDOWN, shuffled, ())


@given(REPORTS)
def test_no_reply_is_lost(reports: list[Report]) -> None:
    merged, _ = merge(BREAKDOWN, reports, ())
    kept: list[Reply] = [said for entry in merged.entries for said in entry.replies] + list(merged.superseded)
    sent = [said for one in reports for said in one.replies]
    assert len(kept) == len(sent)
    assert set(map(id, kept)) == set(map(id, sent))


def test_one_workbook_under_the_names_of_two_units_is_the_word_of_both() -> None:
    one = report("报送/财政局.xlsx", "区财政局", ("1-1", DONE), digest="同")
    other = report("报送/教育局.xlsx", "区教育局", ("2-1", DONE), digest="同")
    merged, codes = ledger(one, other)
    assert claim_of(merged, "1-1") is claim_of(merged, "2-1") is DONE
    assert merged.retired == () and "F11" not in codes


def test_of_identical_files_the_one_whose_unit_is_known_stands() -> None:
    known = report("报送/区财政局整改表.xlsx", "区财政局", ("1-1", DONE), digest="同")
    merged, codes = ledger(known, report("报送/a.xlsx", None, ("1-1", DONE), digest="同"))
    assert claim_of(merged, "1-1") is DONE
    assert merged.retired == ("报送/a.xlsx",) and "F11" in codes


# ------------------------------------------------ this time


def heard(*reports: Report, unread: tuple[Unread, ...] = (), known: tuple[str, ...]) -> dict[str, Heard]:
    merged = merge(BREAKDOWN, reports, unread, known)[0]
    assert set(merged.carried) <= set(merged.missing)
    return {unit: merged.heard(unit) for unit in merged.expected}


def test_a_file_the_last_bulletin_was_made_from_is_carried_and_a_new_one_is_a_report() -> None:
    old = report("旧.xlsx", "区财政局", ("1-1", GOING), line="5-8", digest="a")
    new = report("新.xlsx", "区财政局", ("1-1", DONE), line="5-18", digest="b")
    assert heard(old, known=("a",))["区财政局"] is Heard.CARRIED
    assert heard(old, new, known=("a",))["区财政局"] is Heard.REPORTED
    assert heard(old, known=())["区财政局"] is Heard.REPORTED
    assert heard(old, known=("a",))["区教育局"] is Heard.MISSING


def test_the_words_of_a_carried_file_stay() -> None:
    merged = merge(BREAKDOWN, [report("旧.xlsx", "区财政局", ("1-1", GOING), digest="a")], (), ("a",))[0]
    assert claim_of(merged, "1-1") is GOING
    assert [entry.heard for entry in merged.entries] == [Heard.CARRIED, Heard.CARRIED, Heard.MISSING]


def test_a_new_file_nobody_can_read_is_heard_and_an_old_one_is_not() -> None:
    old = report("旧.xlsx", "区财政局", ("1-1", GOING), digest="a")
    assert heard(old, unread=(Unread("新.et", "区财政局", "b"),), known=("a",))["区财政局"] is Heard.UNREADABLE
    assert heard(old, unread=(Unread("旧.et", "区财政局", "c"),), known=("a", "c"))["区财政局"] is Heard.CARRIED
    assert heard(unread=(Unread("旧.et", "区财政局", "c"),), known=("c",))["区财政局"] is Heard.MISSING
