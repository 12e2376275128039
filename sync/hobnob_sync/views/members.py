"""Who belongs to a channel, who may come, who may not, and what role each has on the hub."""

from dataclasses import dataclass
from typing import Final, cast

from hobnob_protocol import nouns
from hobnob_protocol.ids import DIRECTORY, AccountId, StreamId
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import CellsKey, Key
from hobnob_sync.views.overlay import PENDING_SEQ

DEFAULT_ROLE: Final = "member"
"""The role of whom none was given."""


@dataclass(frozen=True, slots=True)
class Member:
    """One account and its hub role; `pending` is true while its place here waits to be sent."""

    account: AccountId
    role: str
    pending: bool


@dataclass(frozen=True, slots=True)
class Members:
    """Those of a channel, each list by account; who left or was kicked is in none."""

    joined: tuple[Member, ...]
    invited: tuple[Member, ...]
    banned: tuple[Member, ...]


def asks(stream: StreamId) -> tuple[Key[object], ...]:
    """What `view` wants to know: the channel's members, and the roles in `dir`."""
    return (CellsKey(stream, nouns.MEMBER, b""), CellsKey(DIRECTORY, nouns.ROLE, b""))


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
