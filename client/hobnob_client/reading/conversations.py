"""Which conversations there are, with whom, and what is unread in them."""

from typing import cast

from hobnob_client.reading import channels
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import People
from hobnob_protocol import nouns
from hobnob_protocol.errors import SealAwaits
from hobnob_protocol.ids import (
    AccountId,
    ConversationId,
    StreamId,
    TargetId,
    conversation_stream,
    direct_conversation,
    user_stream,
)
from hobnob_protocol.sealing.group import Group
from hobnob_protocol.value import value
from hobnob_sync import groups
from hobnob_sync.opened import is_conversation, opened_stream
from hobnob_sync.ports import CellKey, CellsKey
from hobnob_sync.views import saved, trust
from hobnob_sync.views.reading import Reading
from hobnob_sync.views.trust import Trust


@value
class ConversationLine:
    """One conversation as a list shows it: `label` is its `title` or who is in it; `others` are its
    members but oneself; `group` is None between two; `begun` that its first event is here, or waits
    to be sent; `reading` is None where it is not on the hub yet; `request` that others have begun
    it, of whom nobody was accepted so far; `verified` that the fingerprints of all of them were
    compared."""

    stream: StreamId
    label: str
    title: str
    others: tuple[AccountId, ...]
    group: Group | None
    begun: bool
    reading: Reading | None
    request: bool
    verified: bool

    @property
    def name(self) -> str:
        """What programs call it."""
        return self.label

    @property
    def joined(self) -> bool:
        """It is nobody else's."""
        return True


def conversations(
    desk: Desk, people: People, *, counted: bool = True
) -> tuple[ConversationLine, ...]:
    """Every conversation that is held, or was begun here, by label; none with whom one blocks. What
    is unread is counted here, or as the hub announced it."""
    waiting = [row.stream for row in desk.state.outbox.values()]
    streams = dict.fromkeys(filter(is_conversation, (*desk.state.streams, *waiting)))
    own = user_stream(desk.me)
    blocked = frozenset(saved.view(desk.cells(own, saved.asks(desk.me))).blocked)
    lines = (line(desk, people, stream, counted=counted) for stream in streams)
    found = [each for each in lines if not each.others or not blocked.issuperset(each.others)]
    return tuple(sorted(found, key=lambda each: (each.label, each.stream)))


def known(desk: Desk) -> Trust:
    """Whom one knows."""

    def ask() -> Trust:
        return trust.view(desk.cells(user_stream(desk.me), trust.asks(desk.me)))

    return desk.remembered(("known",), ask)


def line(
    desk: Desk,
    people: People,
    stream: StreamId,
    other: AccountId | None = None,
    *,
    counted: bool = True,
) -> ConversationLine:
    """One conversation; before it has begun, with `other`."""
    found = group(desk, people, stream)
    members = _two(desk, stream) if found is None else found.members
    others = tuple(account for account in members if account != desk.me)
    if not members and other is not None:
        others = (other,)
    begun = bool(members)
    reading = channels.unread(desk, stream) if counted else channels.announced(desk, stream)
    title = _title(desk, stream)
    handles = ",".join(sorted(f"@{people.called(account)}" for account in others))
    named = title or handles or f"~{stream[2:6].hex()}"
    label = f"&{named}" if found is not None or not others else named
    trusted = known(desk)
    own = found is not None and desk.me in found.admins
    request = bool(members) and not own and not any(each in trusted.accepted for each in others)
    verified = bool(others) and all(each in trusted.verified for each in others)
    return ConversationLine(stream, label, title, others, found, begun, reading, request, verified)


def between(desk: Desk, people: People, other: AccountId) -> ConversationLine:
    """The conversation with somebody, whether it has begun or not."""
    return line(desk, people, stream_with(desk, other), other)


def stream_with(desk: Desk, other: AccountId) -> StreamId:
    """Where the conversation with somebody is."""
    hub = desk.state.identity.hub
    return conversation_stream(direct_conversation(hub, desk.me, other))


def group(desk: Desk, people: People, stream: StreamId) -> Group | None:
    """The group as its changes say, those that wait to be sent too; None for a conversation between
    two."""
    key = CellsKey(stream, nouns.GROUP, b"")
    cells = desk.cells(stream, (key,)).scan(nouns.GROUP, b"")
    if not cells:
        return None
    accounts = [groups.value_of(cell.value).account for _, cell in cells]
    chains = {account: people.chain(account) for account in dict.fromkeys(accounts)}
    known = {account: chain for account, chain in chains.items() if chain is not None}
    hub = desk.state.identity.hub
    try:
        return groups.rebuild(hub, ConversationId(stream[2:]), cells, known).group
    except SealAwaits:
        return None


def _two(desk: Desk, stream: StreamId) -> tuple[AccountId, ...]:
    """Who the two are; nobody before the first event is here."""
    key = CellKey(stream, nouns.CONVERSATION, b"")
    cell = desk.cells(stream, (key,)).get(nouns.CONVERSATION, b"")
    return () if cell is None else cast("tuple[AccountId, ...]", cell.value)


def _title(desk: Desk, stream: StreamId) -> str:
    """What its members call it: the title of what has no message for a root."""
    opened = opened_stream(stream)
    key = CellKey(opened, nouns.THREAD, nouns.thread_key(TargetId(stream[2:]), "title"))
    cell = desk.cells(opened, (key,)).get(nouns.THREAD, key.key)
    return "" if cell is None else cast("str", cell.value)
