"""What one did upon the messages of a place beside writing, and what one was thanked for there."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, cast

from hobnob_client.reading import places, timeline
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import People
from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_sync.ports import CellsKey
from hobnob_sync.views.overlay import log_seq

_TARGET_BYTES: Final = 16
_GIVER_END: Final = _TARGET_BYTES + 20


class Sort(StrEnum):
    """What was done."""

    REACTION = "reaction"
    THANKS = "thanks"
    VOTE = "vote"


_NOUNS: Final = {
    Sort.REACTION: nouns.REACTION,
    Sort.THANKS: nouns.THANKS,
    Sort.VOTE: nouns.VOTE,
}


@value
class Deed:
    """One that stands: upon which message, by whom, and who had written it, None where that is not
    held. `text` is the emoji, or the reason of thanks, which may be ""; `choices` are the options
    of a poll, from 0. `at_ms` is the hub's time, None while it waits."""

    sort: Sort
    target: TargetId
    by: AccountId
    to: AccountId | None
    text: str
    choices: tuple[int, ...]
    at_ms: int | None


def deeds(desk: Desk, people: People, stream: StreamId) -> Iterator[Deed]:
    """One's own reactions, thanks and votes in a place, and the thanks of others for one's own
    messages: all that is held. Of a conversation `stream` is that where it is kept opened."""
    keys = (CellsKey(stream, noun, b"") for noun in _NOUNS.values())
    cells = desk.cells(stream, keys)
    for sort, noun in _NOUNS.items():
        for key, cell in cells.scan(noun, b""):
            by = AccountId(key[_TARGET_BYTES:_GIVER_END])
            mine = people.owner(by) == desk.me
            # Nothing stands where it was taken back; thanks may have no reason.
            stands = cell.value is not None if sort is Sort.THANKS else bool(cell.value)
            if not stands or not (mine or sort is Sort.THANKS):
                continue
            target = TargetId(key[:_TARGET_BYTES])
            message = timeline.one(desk, stream, target)
            to = None if message is None else people.owner(message.author)
            if not mine and to != desk.me:
                continue
            seq = log_seq(cell.seq)
            entry = None if seq is None else places.entry(desk, stream, seq)
            text, choices = "", tuple[int, ...]()
            if sort is Sort.REACTION:
                text = key[_GIVER_END:].decode()
            elif sort is Sort.THANKS:
                text = cast("str", cell.value)
            else:
                choices = cast("tuple[int, ...]", cell.value)
            at_ms = None if entry is None else entry.at_ms
            yield Deed(sort, target, by, to, text, choices, at_ms)
