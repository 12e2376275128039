"""The way in: every question a screen, a bot or a verb may ask of a replica."""

from collections.abc import Iterator
from typing import cast

from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_client.reading import channels, places, threads, timeline
from hobnob_client.reading.channels import ChannelLine
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import People
from hobnob_client.reading.threads import Thread
from hobnob_client.reading.timeline import Page
from hobnob_client.search import Hit, find
from hobnob_protocol import nouns
from hobnob_protocol.chain import Chain
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import DIRECTORY, PEOPLE, AccountId, StreamId, TargetId, user_stream
from hobnob_protocol.nouns import ImportedMemberValue
from hobnob_sync.ports import (
    CellKey,
    Entry,
    OrphanRow,
    OrphansKey,
    OutboxRow,
    ReplicaStream,
    TrayRow,
)
from hobnob_sync.views import invites, profile, reactions, saved
from hobnob_sync.views.channel import Channel
from hobnob_sync.views.invites import Invite
from hobnob_sync.views.members import Members
from hobnob_sync.views.message import Message
from hobnob_sync.views.reactions import Reaction
from hobnob_sync.views.reading import Reading
from hobnob_sync.views.saved import Kept
from hobnob_sync.views.thread import Heading

NAMED = "SELECT id FROM log WHERE id >= ? AND id < ? AND stream = ? LIMIT 2"


class Reader:
    """Answers are as of now, with what waits in the outbox on top; none waits for the network.

    One thread at a time. Texts are as their authors wrote them: whoever shows one passes it
    through `term_safe` first.
    """

    def __init__(self, profile: Profile, device: DeviceFile) -> None:
        self._desk = Desk(str(profile.replica), device)
        self._people = People(self._desk)

    def close(self) -> None:
        """Let go of the file."""
        self._desk.store.close()

    def adopt(self, device: DeviceFile) -> None:
        """For the engine: the hub's key is known now."""
        self._desk.adopt(device)

    @property
    def me(self) -> AccountId:
        """Whose replica this is."""
        return self._desk.me

    def held(self, stream: StreamId) -> ReplicaStream | None:
        """Which part of a stream is here, None for no part."""
        return self._desk.row(stream)

    def streams(self) -> tuple[StreamId, ...]:
        """Every stream of which something is here, or may come."""
        return tuple(self._desk.state.streams)

    # People.

    def handle(self, account: AccountId) -> str:
        """The account's handle, of an imported one that of the member who has claimed it; "" where
        there is none."""
        return self._people.handle(account)

    def elsewhere(self, account: AccountId) -> ImportedMemberValue | None:
        """Who an imported account is where it came from; None for anybody else."""
        return self._people.elsewhere(account)

    def claims(self, account: AccountId) -> tuple[ImportedMemberValue, ...]:
        """Who a member was elsewhere, as the hub says."""
        return self._people.claims(account)

    def account(self, handle: str) -> AccountId | None:
        """Whose handle this is."""
        return self._people.account(handle)

    def everybody(self) -> tuple[tuple[AccountId, str], ...]:
        """Every account with a handle, and its role on the hub."""
        return self._people.everybody()

    def chain(self, account: AccountId) -> Chain | None:
        """The devices of an account; None where it is not known."""
        return self._people.chain(account)

    def profile(self, account: AccountId) -> profile.Profile:
        """What somebody says of themselves."""
        return self._people.profile(account)

    def inviter(self, account: AccountId) -> AccountId | None:
        """Which member let somebody in; None where the operator did, or it is not known."""
        return self._people.inviter(account)

    def members(self, stream: StreamId) -> Members:
        """Who belongs to a channel."""
        return self._people.members(stream)

    def role(self, account: AccountId) -> str:
        """The account's role on the hub."""
        return self._people.role(account)

    # Places in the log.

    def entry(self, stream: StreamId, seq: int) -> Entry | None:
        """What stands at a place; None where it is not held."""
        return places.entry(self._desk, stream, seq)

    def first_since(self, stream: StreamId, at_ms: int) -> int:
        """The first held place that is not older than `at_ms`; one beyond the last if all are."""
        return places.first_since(self._desk, stream, at_ms)

    def granted_ms(self, stream: StreamId) -> int | None:
        """Since when the stream is ours; None where no grant says so."""
        return places.granted_ms(self._desk, stream)

    # Channels.

    def channels(self, *, counted: bool = True) -> tuple[ChannelLine, ...]:
        """Every channel that is held or public, by name, with unread and mentions: counted here,
        or as the hub announced them, at no cost."""
        return channels.channels(self._desk, counted=counted)

    def line(self, stream: StreamId) -> ChannelLine | None:
        """One channel with its unread and mentions counted; None where nothing names it."""
        return channels.line(self._desk, stream)

    def hub_name(self) -> str:
        """What the hub calls itself; "" before its directory is here."""
        key = CellKey(DIRECTORY, nouns.HUB, b"name")
        cell = self._desk.store.load((key,)).get(key)
        return "" if cell is None else cast("str", cell.value)

    def channel(self, name: str) -> ChannelLine | None:
        """The channel of this name, with or without its #; a joined one before any other."""
        return channels.named(self._desk, name)

    def described(self, stream: StreamId) -> Channel | None:
        """What a channel is; None where nothing names it."""
        return channels.described(self._desk, stream)

    def reading(self, stream: StreamId) -> Reading | None:
        """How far a stream is read and what is unread; None where it is not held."""
        return channels.unread(self._desk, stream)

    # One's own lists.

    def kept(self) -> Kept:
        """Saved messages, blocked accounts, muted streams and threads."""
        own = user_stream(self.me)
        return saved.view(self._desk.cells(own, saved.asks(self.me)))

    def invites(self) -> tuple[Invite, ...]:
        """One's invites to the hub that are not revoked, in the order they were made."""
        own, people = invites.asks(self.me)
        cells = self._desk.cells(user_stream(self.me), own), self._desk.cells(PEOPLE, people)
        return invites.view(*cells)

    # Messages.

    def before(self, stream: StreamId, seq: int | None, limit: int) -> Page:
        """Up to `limit` messages before a place; None for the newest, and what waits with them."""
        return timeline.before(self._desk, stream, seq, limit)

    def after(self, stream: StreamId, seq: int, limit: int) -> Page:
        """Up to `limit` messages after a place, and what waits where they reach the end."""
        return timeline.after(self._desk, stream, seq, limit)

    def message(self, stream: StreamId, target: TargetId) -> Message | None:
        """One message; None where it is not held."""
        return timeline.one(self._desk, stream, target)

    def reactions(self, stream: StreamId, target: TargetId) -> tuple[Reaction, ...]:
        """The reactions to a message, the one that has stood longest first."""
        cells = self._desk.cells(stream, reactions.asks(stream, target))
        return reactions.view(cells, target, self.me)

    def heading(self, stream: StreamId, root: TargetId) -> Heading:
        """What a thread is called and whether it is settled."""
        return threads.heading(self._desk, stream, root)

    def thread(self, stream: StreamId, root: TargetId) -> Thread:
        """One thread as far as it is held."""
        return threads.read(self._desk, stream, root)

    def target(self, stream: StreamId, name: str) -> TargetId | None:
        """The one event of a stream whose hexadecimal name begins with `name`; None for no or
        several such events."""
        try:
            low = bytes.fromhex(name.ljust(64, "0"))
            high = bytes.fromhex(name.ljust(64, "f"))
        except ValueError:
            return None
        logged = self._desk.store.sql.query(NAMED, (low, high, stream))
        waiting = [row.event_id for row in self.outbox() if row.stream == stream]
        found = [row[0] for row in logged] + [name for name in waiting if low <= name <= high]
        return TargetId(found[0][:16]) if len(dict.fromkeys(found)) == 1 else None

    # What was said here.

    def outbox(self) -> tuple[OutboxRow, ...]:
        """What waits to be sent, or to come back, in its order."""
        return tuple(self._desk.state.outbox.values())

    def tray(self) -> tuple[TrayRow, ...]:
        """What was refused, oldest first."""
        return tuple(self._desk.state.tray.values())

    def own_orphans(self) -> tuple[OrphanRow, ...]:
        """What this device said, the hub has lost, and has not taken back yet."""
        device = self._desk.state.identity.author.device
        return tuple(
            row for row in self._orphans() if decode_event(row.event).header.device == device
        )

    def _orphans(self) -> Iterator[OrphanRow]:
        if not self._desk.state.spilled:
            yield from self._desk.state.orphans.values()
            return
        key = OrphansKey(None)
        while rows := self._desk.store.load((key,)).get(key):
            yield from rows
            key = OrphansKey(rows[-1].place)

    # Search.

    def search(
        self, query: str, limit: int, *, stream: StreamId | None = None, below: int | None = None
    ) -> tuple[Hit, ...]:
        """Texts with all words of `query`, newest first; any text is a safe query. `below` is the
        last hit's place, for the next page."""
        return find(self._desk.store.sql, query, limit, stream=stream, below=below)
