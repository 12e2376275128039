"""Rooms stand above the channels."""

from hobnob_client.tui.rooms import tree
from hobnob_client.tui.rooms.contents import Standing
from hobnob_client.tui.widgets.channel_list import Item


def labels(*, outbox: int = 0, refused: int = 0, cares: bool = False) -> list[str]:
    """What the list shows."""
    counted = tree.counts(Standing(needs=4), drafts=2, outbox=outbox, refused=refused)
    return [item.label for item in tree.above((Item("c", "#rust"),), counted, cares=cares)]


def test_rooms_stand_above_the_channels() -> None:
    """What waits and what was not sent only while something does."""
    rooms = ["Home", "Feed", "Requests", "Boards", "Mentions", "Replies", "Recent threads"]
    rooms += ["Saved", "Drafts"]
    assert labels() == [*rooms, "Channels", "#rust"]
    assert labels(outbox=3, refused=1) == [*rooms, "Outbox", "Not sent", "Channels", "#rust"]


def test_care_stands_there_for_those_who_hold_a_role() -> None:
    """Below Home, also while nobody waits."""
    assert labels(cares=True)[:3] == ["Home", "Care", "Feed"]
    assert "Care" not in labels()
