"""What can be done with an entry of a room: which keys act there; pure."""

from typing import Final

from hobnob_client.tui.action import Needs
from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_client.tui.rooms.room import Room

_OF_ROOM: Final = {
    Room.FEED: frozenset((Needs.FEED, Needs.RANKED)),
    Room.BOARDS: frozenset((Needs.BOARDS, Needs.RANKED)),
}
_BEGUN: Final = (Sort.STEP, Sort.DRAFT, Sort.REFUSED, Sort.REQUEST)
"""Enter does all that can be done with them."""


def offers(room: Room | None, line: Line | None) -> frozenset[Needs]:
    """Of `line` in `room`, None where nothing is under the cursor, and of the room itself."""
    of_room = _OF_ROOM.get(room, frozenset[Needs]()) if room is not None else frozenset[Needs]()
    if line is None:
        return of_room
    fits = {
        Needs.SAID: line.stream is not None and line.target is not None,
        Needs.PERSON: line.target is not None or room in (Room.BOARDS, Room.REQUESTS),
        Needs.ANSWERABLE: line.sort is Sort.CARE
        or (line.stream is not None and line.sort not in _BEGUN),
        Needs.PASSABLE: _passes(room, line),
    }
    return of_room | {needs for needs, holds in fits.items() if holds}


def _passes(room: Room | None, line: Line) -> bool:
    """Is it there until it is done with?"""
    if line.sort in (Sort.STEP, Sort.CARE):
        return True
    if room in (Room.FEED, Room.BOARDS, Room.REQUESTS):
        return False
    place = line.sort is Sort.PLACE and line.stream is not None
    return place or (bool(line.covers) and line.sort not in _BEGUN)
