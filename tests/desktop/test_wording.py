"""字样: other people's text is shown whole, and nothing in it acts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.desktop.wording import beginning, harmless, menu_text, safe, short_tip, typed

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(st.text(st.sampled_from(f"{TURNING}财政局G7<&")))
def test_nothing_shown_turns_a_line_round_and_nothing_is_lost(text: str) -> None:
    assert not set(harmless(text)) & set(TURNING)
    assert typed(harmless(text)) == text


def test_text_is_never_taken_for_html() -> None:
    assert safe("<b>\n  余下") == "&lt;b&gt;<br>&nbsp; 余下"
    assert short_tip("先选一项") == "先选一项"
    assert short_tip("<b>先选") == "<qt>&lt;b&gt;先选</qt>"


def test_a_name_in_a_menu_has_no_mnemonic() -> None:
    assert menu_text("甲&乙公司") == "甲&&乙公司"


def test_a_long_text_begins_and_says_that_it_goes_on() -> None:
    assert beginning("甲" * 60, 60) == "甲" * 60
    assert beginning("甲" * 61, 60) == "甲" * 60 + "…"
