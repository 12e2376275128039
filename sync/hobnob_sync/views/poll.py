"""A poll's votes, counted on read. Its question is its message's text.

Whether a vote came in time the hub has decided. A vote for an option there is none of, or for
several where one is asked, is void; so is the vote it replaced. One that was asked elsewhere shows
the votes it came with, and takes none here.
"""

from typing import Any, Final, cast

from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.kinds.polls import Poll as PollBody
from hobnob_protocol.nouns import ImportedValue, PollValue
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import CellKey, CellsKey, Key
from hobnob_sync.views import elsewhere
from hobnob_sync.views.message import imported_value, message_value
from hobnob_sync.views.overlay import PENDING_SEQ

_POLL: Final = STANDARD.of(PollBody).number


@value
class Option:
    """One option: its text and who chose it, by account."""

    text: str
    accounts: tuple[AccountId, ...]

    @property
    def count(self) -> int:
        """How many votes it has."""
        return len(self.accounts)


@value
class Poll:
    """A poll as shown: 2 options or more, `mine` what I chose, ascending from 0.

    `voters` counts accounts, so with `multiple` it may be less than the sum over the options.
    `closed_by` is None while it is open; `pending` is true while my vote or a close waits.
    `imported` says that it was asked elsewhere.
    """

    options: tuple[Option, ...]
    multiple: bool
    voters: int
    mine: tuple[int, ...]
    closed_by: AccountId | None
    pending: bool
    imported: bool = False

    @property
    def closed(self) -> bool:
        """Are no more votes taken?"""
        return self.closed_by is not None


def asks(stream: StreamId, target: TargetId) -> tuple[Key[object], ...]:
    """What `view` wants to know of one poll."""
    return (
        CellKey(stream, nouns.MESSAGE, target),
        CellsKey(stream, nouns.VOTE, target),
        CellKey(stream, nouns.POLL_CLOSED, target),
    )


def view(cells: CellsView, target: TargetId, me: AccountId) -> Poll | None:
    """The poll; None where the message is none, is not held, or is dead and has no options."""
    root = cells.get(nouns.MESSAGE, target)
    value = message_value(root) if root is not None else None
    if value is None or not value.more:
        return None
    imported = imported_value(value)
    if imported is not None:
        return _imported(imported)
    if value.kind != _POLL:
        return None
    poll = PollValue(*cast("tuple[Any, ...]", value.more))
    cast_votes = cells.scan(nouns.VOTE, target)
    votes: dict[AccountId, tuple[int, ...]] = {}
    for key, cell in cast_votes:
        choices = cast("tuple[int, ...]", cell.value)
        if choices and _is_valid(poll, choices):
            votes[AccountId(key[16:])] = choices
    close = cells.get(nouns.POLL_CLOSED, target)
    seqs = (*(cell.seq for _, cell in cast_votes), close.seq if close is not None else 0)
    return Poll(
        tuple(
            Option(text, tuple(account for account, chosen in votes.items() if place in chosen))
            for place, text in enumerate(poll.options)
        ),
        poll.multiple,
        len(votes),
        votes.get(me, ()),
        AccountId(cast("bytes", close.value)) if close is not None else None,
        any(seq >= PENDING_SEQ for seq in seqs),
    )


def _imported(value: ImportedValue) -> Poll | None:
    options = tuple(Option(text, accounts) for text, accounts in elsewhere.options(value))
    if not options:
        return None
    voters = {account: None for option in options for account in option.accounts}
    closed_by = value.author if elsewhere.holds(value, "closed") else None
    multiple = elsewhere.holds(value, "multiple")
    return Poll(options, multiple, len(voters), (), closed_by, False, imported=True)


def _is_valid(poll: PollValue, choices: tuple[int, ...]) -> bool:
    in_range = all(0 <= choice < len(poll.options) for choice in choices)
    return in_range and (poll.multiple or len(choices) == 1)
