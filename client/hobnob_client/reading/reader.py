"""The way in: every question a screen, a bot or a verb may ask of a replica."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, cast

from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_client.reading import (
    channels,
    conversations,
    drafts,
    places,
    searches,
    settings,
    threads,
    timeline,
    wanted,
)
from hobnob_client.reading.channels import ChannelLine
from hobnob_client.reading.conversations import ConversationLine
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.drafts import DraftLine
from hobnob_client.reading.people import People
from hobnob_client.reading.threads import Thread
from hobnob_client.reading.timeline import Page
from hobnob_protocol import nouns
from hobnob_protocol.account import Chain
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import (
    DIRECTORY,
    PEOPLE,
    AccountId,
    DeviceId,
    HubId,
    StreamId,
    TargetId,
    target_of,
    user_stream,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.nouns import ImportedMemberValue
from hobnob_sync.client_engine.unsealed import name_of
from hobnob_sync.opened import opened_stream
from hobnob_sync.ports import (
    CellKey,
    Entry,
    OrphanRow,
    OrphansKey,
    OutboxRow,
    ReplicaStream,
    TrayRow,
)
from hobnob_sync.reseats import Reseats
from hobnob_sync.views import devices, invites, poll, profile, reactions, saved
from hobnob_sync.views.channel import Channel
from hobnob_sync.views.invites import Invite
from hobnob_sync.views.members import Members
from hobnob_sync.views.message import Message
from hobnob_sync.views.poll import Poll
from hobnob_sync.views.reactions import Reaction
from hobnob_sync.views.reading import Reading
from hobnob_sync.views.saved import Kept
from hobnob_sync.views.thread import Heading
from hobnob_sync.views.trust import Trust

if TYPE_CHECKING:
    from hobnob_client.attention.keywords import Keyword
    from hobnob_client.attention.wishes import Wishes
    from hobnob_client.feed import source as feed_source
    from hobnob_client.finding.hits import Hit
    from hobnob_client.reading.addressed import Addressed
    from hobnob_client.reading.attending import Gathered
    from hobnob_client.reading.finder import Finder
    from hobnob_client.reading.reports import Reported, Reporting

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

    @property
    def hub(self) -> HubId:
        """Which hub it is a replica of."""
        return self._desk.state.identity.hub

    def held(self, stream: StreamId) -> ReplicaStream | None:
        """Which part of a stream can be read here, None for no part."""
        return self._desk.row(opened_stream(stream))

    def streams(self) -> tuple[StreamId, ...]:
        """Every stream of which something is here, or may come."""
        return tuple(self._desk.state.streams)

    # Drafts.

    def draft(self, stream: StreamId, thread: TargetId | None) -> str:
        """What was begun in a place, "" for nothing."""
        return drafts.draft_of(self._desk, stream, thread)

    def drafts(self) -> tuple[DraftLine, ...]:
        """What was begun anywhere, the newest first."""
        return drafts.lines(self._desk)

    # People.

    def handle(self, account: AccountId) -> str:
        """The account's handle, of an imported one that of the member who has claimed it; "" where
        there is none."""
        return self._people.handle(account)

    def owner(self, account: AccountId) -> AccountId:
        """The member whose account it is: of an imported one who has claimed it, else itself."""
        return self._people.owner(account)

    def elsewhere(self, account: AccountId) -> ImportedMemberValue | None:
        """Who an imported account is where it came from; None for anybody else."""
        return self._people.elsewhere(account)

    def claims(self, account: AccountId) -> tuple[ImportedMemberValue, ...]:
        """Who a member was elsewhere, as the hub says."""
        return self._people.claims(account)

    def account(self, handle: str) -> AccountId | None:
        """Whose handle this is."""
        return self._people.account(handle)

    @property
    def reseats(self) -> Reseats:
        """Which handles have gone to other accounts, or are about to."""
        return self._people.reseats

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

    def joined_ms(self, account: AccountId) -> int:
        """When an account came to the hub; 0 where that is not known."""
        return places.joined_ms(self._desk, account)

    def members(self, stream: StreamId) -> Members:
        """Who belongs to a channel."""
        return self._people.members(stream)

    def role(self, account: AccountId) -> str:
        """The account's role on the hub."""
        return self._people.role(account)

    # Places in the log.

    def entry(self, stream: StreamId, seq: int) -> Entry | None:
        """What stands at a place; None where it is not held."""
        return places.entry(self._desk, opened_stream(stream), seq)

    def first_since(self, stream: StreamId, at_ms: int) -> int:
        """The first held place that is not older than `at_ms`; one beyond the last if all are."""
        return places.first_since(self._desk, opened_stream(stream), at_ms)

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

    # Conversations.

    def conversations(self, *, counted: bool = True) -> tuple[ConversationLine, ...]:
        """Every conversation that is held or was begun here, by label; `counted` as of channels."""
        return conversations.conversations(self._desk, self._people, counted=counted)

    def conversation(self, stream: StreamId, *, counted: bool = True) -> ConversationLine:
        """One conversation; `counted` as of channels."""
        return conversations.line(self._desk, self._people, stream, counted=counted)

    def known(self) -> Trust:
        """Whom one has accepted and verified."""
        return conversations.known(self._desk)

    def between(self, other: AccountId) -> ConversationLine:
        """The conversation with somebody, whether it has begun or not."""
        return conversations.between(self._desk, self._people, other)

    def stream_with(self, other: AccountId) -> StreamId:
        """Where the conversation with somebody is, whether it has begun or not."""
        return conversations.stream_with(self._desk, other)

    def described(self, stream: StreamId) -> Channel | None:
        """What a channel is; None where nothing names it."""
        return channels.described(self._desk, stream)

    def reading(self, stream: StreamId) -> Reading | None:
        """How far a stream is read and what is unread; None where it is not held."""
        return channels.unread(self._desk, stream)

    # One's own lists.

    def kept(self) -> Kept:
        """Saved messages, blocked accounts, muted streams and threads."""
        own = self._desk.cells(user_stream(self.me), saved.asks(self.me))
        return saved.view(settings.over(self._desk, own))

    def wishes(self) -> "Wishes":
        """What calls for one's attention: levels, keywords, quiet hours, what is muted."""
        return wanted.wishes(self._desk)

    def keywords(self) -> "tuple[Keyword, ...]":
        """What one wants to hear of, or never, wherever it is said."""
        return wanted.keywords(self._desk)

    def gathered(self) -> "Gathered":
        """Messages as the rule of attention sees them, as of now."""
        # Only who weighs pays for importing it.
        from hobnob_client.reading.attending import Gathered

        return Gathered(self._desk, self._people)

    def device_names(self) -> Mapping[DeviceId, str]:
        """What one calls one's devices and recovery keys."""
        own = self._desk.cells(user_stream(self.me), devices.asks(self.me))
        return devices.view(settings.over(self._desk, own))

    def setting(self, body: Body) -> tuple[bytes, bytes]:
        """Under which name a setting is kept among what is private, and what; no bytes where that
        is what holds without. UsageError for a body that is none."""
        return settings.private(self._desk, body)

    def invites(self) -> tuple[Invite, ...]:
        """One's invites to the hub that are not revoked, in the order they were made."""
        own, people = invites.asks(self.me)
        cells = self._desk.cells(user_stream(self.me), own), self._desk.cells(PEOPLE, people)
        return invites.view(*cells)

    # Messages.

    def before(self, stream: StreamId, seq: int | None, limit: int) -> Page:
        """Up to `limit` messages before a place; None for the newest, and what waits with them."""
        return timeline.before(self._desk, opened_stream(stream), seq, limit)

    def after(self, stream: StreamId, seq: int, limit: int) -> Page:
        """Up to `limit` messages after a place, and what waits where they reach the end."""
        return timeline.after(self._desk, opened_stream(stream), seq, limit)

    def message(self, stream: StreamId, target: TargetId) -> Message | None:
        """One message; None where it is not held."""
        return timeline.one(self._desk, opened_stream(stream), target)

    def reactions(self, stream: StreamId, target: TargetId) -> tuple[Reaction, ...]:
        """The reactions to a message, the one that has stood longest first."""
        shown = opened_stream(stream)
        cells = self._desk.cells(shown, reactions.asks(shown, target))
        return reactions.view(cells, target, self.me)

    def poll(self, stream: StreamId, target: TargetId) -> Poll | None:
        """A poll's options and votes; None where the message is none, or has none left."""
        return poll.view(self._desk.cells(stream, poll.asks(stream, target)), target, self.me)

    def heading(self, stream: StreamId, root: TargetId) -> Heading:
        """What a thread is called and whether it is settled."""
        return threads.heading(self._desk, opened_stream(stream), root)

    def thread(self, stream: StreamId, root: TargetId) -> Thread:
        """One thread as far as it is held."""
        return threads.read(self._desk, opened_stream(stream), root)

    def target(self, stream: StreamId, name: str) -> TargetId | None:
        """The one event of a stream whose hexadecimal name begins with `name`; None for no or
        several such events."""
        try:
            low = bytes.fromhex(name.ljust(64, "0"))
            high = bytes.fromhex(name.ljust(64, "f"))
        except ValueError:
            return None
        shown = opened_stream(stream)
        logged = self._desk.store.sql.query(NAMED, (low, high, shown))
        waiting = [read.entry.event_id for read in self._desk.waiting(shown)]
        found = [row[0] for row in logged] + [name for name in waiting if low <= name <= high]
        return TargetId(found[0][:16]) if len(dict.fromkeys(found)) == 1 else None

    # Reports.

    def report(self, stream: StreamId, target: TargetId, reason: str) -> "Reporting":
        """What tells the moderators of a message; of a conversation's, with what proves it.
        UsageError, in words, where it cannot be shown."""
        # What proves needs libraries that take their time.
        from hobnob_client.reading import reports

        return reports.report(self._desk, stream, target, reason)

    def reports(self, limit: int) -> "tuple[Reported, ...]":
        """For moderators: up to `limit` reports, the newest first, each checked."""
        from hobnob_client.reading import reports

        return reports.reports(self._desk, limit)

    # What was said here.

    def outbox(self) -> tuple[OutboxRow, ...]:
        """What waits to be sent, or to come back, in its order."""
        return tuple(self._desk.state.outbox.values())

    def tray(self) -> tuple[TrayRow, ...]:
        """What was refused, oldest first."""
        return tuple(self._desk.state.tray.values())

    def name(self, row: OutboxRow | TrayRow) -> TargetId:
        """What a message in either is known by where it is read; of one that has rotted, that of
        its row."""
        try:
            return target_of(name_of(self._desk.state, row) if row.said else row.event_id)
        except ProtocolError:
            return target_of(row.event_id)

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

    def searches(self) -> tuple[str, ...]:
        """The queries one keeps."""
        return searches.kept(self._desk)

    def addressed(self) -> "Addressed":
        """What of all that was said concerns one; it answers as of each question."""
        from hobnob_client.reading.addressed import Addressed

        return Addressed(self._desk)

    def feed(self, now_ms: int) -> "feed_source.Gathered":
        """What is known of the threads of one's channels, for the feed to rank."""
        from hobnob_client.feed.source import gather

        return gather(self._desk, self._people, now_ms)

    def finder(self, zone: tzinfo, today: Callable[[], date]) -> "Finder":
        """Finds by queries, whose days are those of the zone."""
        # Only who searches pays for importing it.
        from hobnob_client.reading.finder import Finder

        return Finder(self._desk, self._people, zone, today)

    def search(self, query: str, limit: int) -> "tuple[Hit, ...]":
        """The newest texts that a query wants, whose last word may be unfinished; any text is a
        safe query. Days are those of UTC."""
        finder = self.finder(UTC, lambda: datetime.now(UTC).date())
        return finder.hits(finder.understand(query, typing=True).wanted, limit)
