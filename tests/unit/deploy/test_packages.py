"""The private prefix: complete in its own place only, whatever link leads there."""

from __future__ import annotations

from pathlib import Path

from deploy.local.packages import _stamp, is_complete


def test_a_prefix_is_complete_through_a_link_and_not_after_it_was_moved(tmp_path: Path) -> None:
    prefix, link = tmp_path / "state" / "prefix", tmp_path / "link"
    prefix.mkdir(parents=True)
    link.symlink_to(tmp_path / "state")
    (prefix / "complete").write_text(_stamp(prefix), encoding="utf-8")
    assert is_complete(prefix)
    assert is_complete(link / "prefix")
    moved = prefix.rename(tmp_path / "elsewhere")
    assert not is_complete(moved)
