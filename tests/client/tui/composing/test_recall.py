"""What one has said comes back, and the draft after it."""

from hobnob_client.tui.composing.recall import Recall


def test_the_draft_waits_while_one_looks_at_the_past() -> None:
    """And is what is begun, until something that came back is changed."""
    recall = Recall()
    assert recall.older(["newest", "older", "newest"], "half a") == "newest"
    assert recall.older([], "newest") == "older"
    assert recall.older([], "older") is None
    assert recall.begun("older") == "half a"
    assert recall.begun("older, changed") == "older, changed"
    assert recall.newer() == "newest"
    assert recall.newer() == "half a"
    assert recall.newer() is None
    assert recall.begun("half a") == "half a"


def test_where_nothing_was_said_nothing_comes() -> None:
    """The draft stays where it is."""
    recall = Recall()
    assert recall.older([], "half a") is None
    assert recall.newer() is None
