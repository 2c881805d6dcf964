"""Which files of the work folder are what."""

from __future__ import annotations

from pathlib import Path

import pytest

from rectify_tool.story.gather import gather


def test_an_inbox_that_is_a_link_is_read_all_the_same(tmp_path: Path) -> None:
    work, share = tmp_path / "整改", tmp_path / "共享盘"
    work.mkdir()
    share.mkdir()
    (share / "财政局.xlsx").write_bytes(b"x")
    try:
        (work / "报送").symlink_to(share, target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    assert gather(work).submissions == {"报送/财政局.xlsx"}
