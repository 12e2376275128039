"""Rooms as lines of the list, above the channels."""

from collections.abc import Sequence

from hobnob_client.catalogue import later, t
from hobnob_client.tui.listing import heading
from hobnob_client.tui.rooms.contents import Standing
from hobnob_client.tui.rooms.room import CALLED, LISTED, Room
from hobnob_client.tui.widgets.channel_list import Item

CHANNELS = later("Channels")


def name_of(room: Room) -> str:
    """What a room is known by in the list."""
    return f"room {room}"


def above(
    items: Sequence[Item], counts: dict[Room, int], *, cares: bool = False
) -> tuple[Item, ...]:
    """The list with the rooms at its top; those that stand there only while they hold something
    need a count, and Care is for those who hold a role."""

    def stands(room: Room) -> bool:
        return cares if room is Room.CARE else room in LISTED or bool(counts[room])

    rooms = [_item(room, counts.get(room, 0)) for room in Room if stands(room)]
    return (*rooms, heading(t(CHANNELS)), *items)


def counts(standing: Standing, *, drafts: int, outbox: int, refused: int) -> dict[Room, int]:
    """What is counted behind each."""
    return {
        Room.HOME: standing.needs,
        Room.MENTIONS: standing.mentions,
        Room.REPLIES: standing.replies,
        Room.DRAFTS: drafts,
        Room.OUTBOX: outbox,
        Room.NOT_SENT: refused,
    }


def _item(room: Room, count: int) -> Item:
    return Item(name_of(room), t(CALLED[room]), unread=count, room=str(room))
