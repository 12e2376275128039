"""A draft is on the disk when it was kept, one a place, whatever dies afterwards."""

from pathlib import Path

from hobnob_client.drafts import DRAFT_TEXT_MAX, DRAFTS_MAX, Drafts
from hobnob_protocol.ids import StreamId, TargetId

GARDEN = StreamId(b"c:" + b"g" * 16)
ROOT = TargetId(b"r" * 16)


def test_each_place_has_its_own_draft(tmp_path: Path) -> None:
    """A channel and its threads; another process sees them too."""
    drafts = Drafts(tmp_path / "drafts.db")
    drafts.put(GARDEN, None, "in the channel", 1)
    drafts.put(GARDEN, ROOT, "in the thread", 2)
    other = Drafts(tmp_path / "drafts.db")
    assert other.get(GARDEN, None) == "in the channel"
    assert other.get(GARDEN, ROOT) == "in the thread"
    assert other.all() == [
        (GARDEN, ROOT, "in the thread", 2),
        (GARDEN, None, "in the channel", 1),
    ]
    drafts.close()
    other.close()


def test_an_empty_draft_is_none(tmp_path: Path) -> None:
    """Once the text is gone, so is the draft."""
    drafts = Drafts(tmp_path / "drafts.db")
    drafts.put(GARDEN, None, "hello", 1)
    drafts.put(GARDEN, None, " \n", 2)
    assert drafts.get(GARDEN, None) == ""
    assert drafts.all() == []
    drafts.close()


def test_drafts_are_bounded_and_private(tmp_path: Path) -> None:
    """In number and length; the file is nobody else's."""
    path = tmp_path / "drafts.db"
    drafts = Drafts(path)
    for nth in range(DRAFTS_MAX + 1):
        drafts.put(StreamId(b"c:" + nth.to_bytes(16, "big")), None, "x" * (DRAFT_TEXT_MAX + 1), nth)
    kept = drafts.all()
    assert len(kept) == DRAFTS_MAX
    assert kept[-1][3] == 1
    assert {len(text) for _, _, text, _ in kept} == {DRAFT_TEXT_MAX}
    assert path.stat().st_mode & 0o077 == 0
    drafts.close()
