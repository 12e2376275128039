"""The way in: every question a screen, a bot or a verb may ask of a replica; those about people and
about messages stand by themselves."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
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
)
from hobnob_client.reading.channels import ChannelLine
from hobnob_client.reading.conversations import ConversationLine
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.drafts import DraftLine
from hobnob_client.reading.of_messages import MessageReader
from hobnob_client.reading.of_people import PeopleReader
from hobnob_protocol import nouns
from hobnob_protocol.ids import (
    DIRECTORY,
    PEOPLE,
    AccountId,
    DeviceId,
    HubId,
    StreamId,
    TargetId,
    user_stream,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.nouns import ReadValue
from hobnob_sync.opened import opened_stream
from hobnob_sync.ports import (
    CellKey,
    Entry,
    ReplicaStream,
)
from hobnob_sync.views import devices, invites, thanks
from hobnob_sync.views.channel import Channel
from hobnob_sync.views.invites import Invite
from hobnob_sync.views.reading import Reading
from hobnob_sync.views.saved import Kept
from hobnob_sync.views.thanks import Thanked
from hobnob_sync.views.trust import Trust

if TYPE_CHECKING:
    from hobnob_client.attention.keywords import Keyword
    from hobnob_client.attention.wishes import Wishes
    from hobnob_client.finding.hits import Hit
    from hobnob_client.reading.addressed import Addressed
    from hobnob_client.reading.attending import Gathered
    from hobnob_client.reading.deeds import Deed
    from hobnob_client.reading.fewer import HeldFewer
    from hobnob_client.reading.finder import Finder


class Reader(PeopleReader, MessageReader):
    """Answers are as of now, with what waits in the outbox on top; none waits for the network.

    One thread at a time. Texts are as their authors wrote them: whoever shows one passes it
    through `term_safe` first.
    """

    def __init__(self, profile: Profile, device: DeviceFile) -> None:
        super().__init__(Desk(str(profile.replica), device))

    def close(self) -> None:
        """Let go of the file."""
        self._desk.store.close()

    def moment(self) -> AbstractContextManager[None]:
        """Whatever is asked within is answered as of one moment, and at less cost: to be used where
        one picture takes many questions. Never wait within."""
        return self._desk.moment()

    def adopt(self, device: DeviceFile) -> None:
        """For the engine: the hub's key is known now."""
        self._desk.adopt(device)

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

    def line(self, stream: StreamId, seen: int = 0) -> ChannelLine | None:
        """One channel with its unread and mentions counted, as of `reading`; None where nothing
        names it."""
        return channels.line(self._desk, stream, seen)

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

    def reading(self, stream: StreamId, seen: int = 0) -> Reading | None:
        """How far a stream is read and what is unread, as if it were said already that it is read
        down to the place `seen`; None where it is not held."""
        return channels.unread(self._desk, stream, seen)

    def read_on(self, stream: StreamId, before: Reading, seq: int) -> Reading | None:
        """What `reading` has counted before, once it is read down to `seq`, at the cost of what was
        read since, or of what is left if that is less; None where that is nothing, or much."""
        return channels.read_on(self._desk, stream, before, seq)

    def first_unread(self, stream: StreamId, seen: int = 0) -> TargetId | None:
        """The first of what is unread in a stream, as of `reading`, which counts all of it; None
        where nothing is, or the stream is not held."""
        return channels.first_unread(self._desk, stream, seen)

    def cursor(self, stream: StreamId) -> ReadValue | None:
        """How far a stream is read, with nothing counted; None where it is not held."""
        return None if self.held(stream) is None else channels.cursor(self._desk, stream)

    # One's own lists.

    def deeds(self, stream: StreamId) -> "Iterator[Deed]":
        """One's own reactions, thanks and votes in a place, and the thanks one got there."""
        from hobnob_client.reading.deeds import deeds

        return deeds(self._desk, self._people, opened_stream(stream))

    def kept(self) -> Kept:
        """Saved messages, blocked accounts, muted streams and threads."""
        return settings.kept(self._desk)

    def heard_thanks(self, stream: StreamId, target: TargetId) -> tuple[Thanked, ...]:
        """All thanks for a message that stand, the oldest first, but those of whom one has
        blocked."""
        found = self.thanks(stream, target)
        # Few messages are thanked for: the rest costs no look at whom one has blocked.
        blocked = self.kept().blocked if found else ()
        return thanks.heard(found, blocked)

    def wishes(self) -> "Wishes":
        """What calls for one's attention: levels, keywords, quiet hours, what is muted."""
        from hobnob_client.reading import wanted

        return wanted.wishes(self._desk)

    def keywords(self) -> "tuple[Keyword, ...]":
        """What one wants to hear of, or never, wherever it is said."""
        from hobnob_client.reading import wanted

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

    # Search.

    def searches(self) -> tuple[str, ...]:
        """The queries one keeps."""
        return searches.kept(self._desk)

    @property
    def device(self) -> DeviceId:
        """Which of one's devices this is."""
        return self._desk.state.identity.author.device

    def sees_fewer(self) -> "HeldFewer":
        """What one sees fewer of in the feed, by what each of one's devices was told."""
        from hobnob_client.reading import fewer

        return fewer.kept(self._desk)

    def addressed(self) -> "Addressed":
        """What of all that was said concerns one; it answers as of each question."""
        from hobnob_client.reading.addressed import Addressed

        return Addressed(self._desk)

    def finder(
        self,
        zone: tzinfo = UTC,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> "Finder":
        """Finds by queries, whose days are those of the zone, and what else costs a look at much of
        what was said."""
        # Only who searches pays for importing it.
        from hobnob_client.reading.finder import Finder

        return Finder(self._desk, self._people, zone, today)

    def search(self, query: str, limit: int) -> "tuple[Hit, ...]":
        """The newest texts that a query wants, whose last word may be unfinished; any text is a
        safe query. Days are those of UTC."""
        finder = self.finder()
        return finder.hits(finder.understand(query, typing=True).wanted, limit)
