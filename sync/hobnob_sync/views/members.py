"""Who belongs to a channel, who may come, who may not, and what role each has on the hub."""

from collections.abc import Iterable
from typing import Final, cast

from hobnob_protocol import nouns
from hobnob_protocol.ids import DIRECTORY, AccountId, StreamId
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import CellKey, CellsKey, Key
from hobnob_sync.views.overlay import PENDING_SEQ

DEFAULT_ROLE: Final = "member"
"""The role of whom none was given."""


@value
class Member:
    """One account and its hub role; `pending` is true while its place here waits to be sent."""

    account: AccountId
    role: str
    pending: bool


@value
class Members:
    """Those of a channel, each list by account; who left or was kicked is in none."""

    joined: tuple[Member, ...]
    invited: tuple[Member, ...]
    banned: tuple[Member, ...]


def asks(stream: StreamId) -> tuple[Key[object], ...]:
    """What `view` wants to know: the channel's members, and the roles in `dir`."""
    return (CellsKey(stream, nouns.MEMBER, b""), CellsKey(DIRECTORY, nouns.ROLE, b""))


def asks_some(stream: StreamId, accounts: Iterable[AccountId]) -> tuple[Key[object], ...]:
    """What `joined` wants to know of these accounts."""
    return tuple(CellKey(stream, nouns.MEMBER, account) for account in accounts)


def joined(cells: CellsView, accounts: Iterable[AccountId]) -> tuple[AccountId, ...]:
    """Which of these accounts belong to the channel: so many cells, however many it has."""
    found = ((account, cells.get(nouns.MEMBER, account)) for account in accounts)
    return tuple(
        account for account, cell in found if cell is not None and cell.value == nouns.JOINED
    )


def view(cells: CellsView, directory: CellsView) -> Members:
    """The members by the cells of the channel's stream and of `dir`."""
    roles = {key: cast("str", cell.value) for key, cell in directory.scan(nouns.ROLE, b"")}
    places: dict[str, list[Member]] = {}
    for key, cell in cells.scan(nouns.MEMBER, b""):
        role = roles.get(key, DEFAULT_ROLE)
        member = Member(AccountId(key), role, cell.seq >= PENDING_SEQ)
        places.setdefault(cast("str", cell.value), []).append(member)
    return Members(
        tuple(places.get(nouns.JOINED, ())),
        tuple(places.get(nouns.INVITED, ())),
        tuple(places.get(nouns.BANNED_HERE, ())),
    )
