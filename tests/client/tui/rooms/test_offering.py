"""Which keys act upon an entry of a room: those that do something there, and no others."""

from dataclasses import replace

import pytest

from hobnob_client.tui.action import Needs
from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_client.tui.rooms.offering import offers
from hobnob_client.tui.rooms.room import Room
from hobnob_protocol.ids import StreamId, TargetId

STREAM, TARGET = StreamId(b"\x05" + bytes(16)), TargetId(bytes(32))
ROW = Line(b"row", Sort.PLACE, "", "bob", "")
MESSAGE = Line(b"said", Sort.MESSAGE, "", "bob", "#general", stream=STREAM, target=TARGET)
NEW = replace(MESSAGE, covers=(TARGET,))
PLACE = Line(b"place", Sort.PLACE, "", "", "#general", stream=STREAM)
NONE = frozenset[Needs]()
OF_BOARDS = {Needs.BOARDS, Needs.RANKED}
OF_MESSAGE = {Needs.SAID, Needs.PERSON, Needs.ANSWERABLE}


@pytest.mark.parametrize(
    ("room", "line", "found"),
    [
        (Room.BOARDS, None, OF_BOARDS),
        (Room.BOARDS, ROW, OF_BOARDS | {Needs.PERSON}),
        (Room.BOARDS, MESSAGE, OF_BOARDS | OF_MESSAGE),
        (Room.FEED, NEW, {Needs.FEED, Needs.RANKED} | OF_MESSAGE),
        (Room.HOME, None, NONE),
        (Room.HOME, NEW, OF_MESSAGE | {Needs.PASSABLE}),
        (Room.HOME, PLACE, {Needs.ANSWERABLE, Needs.PASSABLE}),
        (Room.HOME, Line(b"step", Sort.STEP, "◇", "", ""), {Needs.PASSABLE}),
        (Room.MENTIONS, MESSAGE, OF_MESSAGE),
        (Room.DRAFTS, replace(PLACE, sort=Sort.DRAFT), NONE),
        (Room.REQUESTS, PLACE, {Needs.PERSON, Needs.ANSWERABLE}),
    ],
)
def test_an_entry_offers_what_acts_upon_it(
    room: Room, line: Line | None, found: set[Needs]
) -> None:
    """A row of a board is somebody's, and is neither answered nor read."""
    assert offers(room, line) == found
