"""A hub of plain values: signed events in chained logs, and the frames an honest hub makes of them.

Nothing in it decides anything: a test says what was accepted, refused, lost or forgotten.
"""

from dataclasses import dataclass, field
from typing import Final

from hobnob_protocol import chain, frames
from hobnob_protocol.event import NOTHING_SEEN, Author, compose, decode_event, event_id
from hobnob_protocol.ids import (
    DIRECTORY,
    EMPTY_HEAD,
    NO_GRANT,
    PEOPLE,
    AccountId,
    ChannelId,
    Epoch,
    EventId,
    GrantId,
    Head,
    Head8,
    HubId,
    StreamId,
    TargetId,
    account_id,
    channel_stream,
    device_id,
    head8,
    hub_account,
    hub_id,
    user_stream,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.hub_acts import Bootstrap, Enrol, Grant
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_sync import checkpoint as checkpoints
from hobnob_sync.log import next_head
from hobnob_sync.ports import Entry

HUB_SIGNER: Final = KeyedSigner(b"hub")
HUB: Final[HubId] = hub_id(HUB_SIGNER.public_key)
FIRST: Final = Epoch(b"epoch--1")
SECOND: Final = Epoch(b"epoch--2")
THIRD: Final = Epoch(b"epoch--3")
GARDEN: Final = channel_stream(ChannelId(b"g" * 16))
CELLAR: Final = channel_stream(ChannelId(b"c" * 16))
CAUSE: Final = TargetId(b"cause" + bytes(11))
SALT: Final = b"sixteen bytes it"
TS_SECONDS: Final = 1_700_000_000
Seen = tuple[int, Head8]
NOTHING: Final[Seen] = (0, NOTHING_SEEN)


class Voice:
    """Somebody who signs: a member on a device, or the hub itself."""

    def __init__(self, author: Author, signer: KeyedSigner) -> None:
        self.author = author
        self.signer = signer
        self.said = 0

    @property
    def account(self) -> AccountId:
        """Whose voice it is."""
        return self.author.account

    def event(
        self, stream: StreamId, body: Body, seen: Seen = NOTHING, author_seq: int = 0
    ) -> tuple[bytes, EventId]:
        """A signed event, as it travels, and its name."""
        kind, data = STANDARD.encode(body)
        return self.raw(stream, kind, data, seen, author_seq)

    def raw(
        self,
        stream: StreamId,
        kind: int,
        data: bytes,
        seen: Seen = NOTHING,
        author_seq: int = 0,
    ) -> tuple[bytes, EventId]:
        """A signed event of any kind with any body."""
        self.said += 1
        number = author_seq or self.said
        return compose(
            HUB, stream, self.author, self.signer, kind, data, number, *seen, TS_SECONDS, SALT
        )


class Member(Voice):
    """A member with one device."""

    def __init__(self, name: str) -> None:
        signer = KeyedSigner(name.encode())
        key = signer.public_key
        self.handle = name
        self.link, self.link_signature = chain.genesis(signer, HUB, 1)
        super().__init__(Author(account_id(self.link), device_id(key), key), signer)

    @property
    def enrol(self) -> Enrol:
        """What the hub says of a newcomer."""
        return Enrol(self.link, self.link_signature, self.handle)


def hub_voice() -> Voice:
    """The hub's own voice."""
    key = HUB_SIGNER.public_key
    return Voice(Author(hub_account(HUB), device_id(key), key), HUB_SIGNER)


@dataclass(slots=True)
class Log:
    """One stream as the hub has it, and how the replica's member holds it."""

    stream: StreamId
    number: int
    grant: GrantId = NO_GRANT
    floor: int = 0
    unread: int = 0
    mentions: int = 0
    forks: tuple[int, ...] = ()
    entries: list[Entry] = field(default_factory=list[Entry])

    @property
    def seq(self) -> int:
        """How many events there are."""
        return len(self.entries)

    def head(self, seq: int) -> Head:
        """The chain's value after `seq`."""
        return self.entries[seq - 1].head if seq else EMPTY_HEAD

    def seen(self, seq: int) -> Seen:
        """What an author says who holds the log up to `seq`."""
        return seq, head8(self.head(seq))

    def append(self, data: bytes, event: EventId, at_ms: int | None = None) -> Entry:
        """Stamp an event, with this time where one is said."""
        seq = self.seq + 1
        at_ms = seq * 10 if at_ms is None else at_ms
        entry = Entry(seq, at_ms, event, next_head(self.head(seq - 1), event, seq, at_ms), data)
        self.entries.append(entry)
        return entry

    def page(self, first: int = 1, last: int | None = None) -> frames.Page:
        """Events `first` to `last`, all to the head without `last`."""
        return frames.Page(self.number, first, self._stamped(first, last))

    def back(self, first: int, last: int) -> frames.BackPage:
        """History `first` to `last`."""
        return frames.BackPage(self.number, first, self.head(first - 1), self._stamped(first, last))

    def _stamped(self, first: int, last: int | None) -> tuple[frames.Stamped, ...]:
        return tuple(
            frames.Stamped(entry.at_ms, entry.event) for entry in self.entries[first - 1 : last]
        )

    def placed(self, seq: int) -> frames.Placed:
        """One event out of its page."""
        entry = self.entries[seq - 1]
        return frames.Placed(entry.seq, entry.at_ms, entry.event)

    def announced(self) -> frames.Grant:
        """The log in an announcement."""
        return frames.Grant(
            self.stream,
            self.number,
            self.grant,
            self.floor,
            self.seq,
            head8(self.head(self.seq)),
            self.unread,
            self.mentions,
            self.forks,
        )

    def opened(self, seq: int, status: int = 0) -> frames.Opened:
        """The answer to an OPEN: pages follow after `seq`."""
        return frames.Opened(
            self.stream, self.grant, self.number, status, seq, self.head(seq), self.seq, ()
        )

    def answer(self, asked: frames.OpenStream) -> frames.Opened:
        """What an honest hub answers to an OPEN of this stream."""
        if asked.grant != self.grant:
            return self.opened(0, 2)
        if not asked.seq:
            return self.opened(max(self.floor, self.seq - asked.tail))
        if asked.seq > self.seq or self.seen(asked.seq)[1] != asked.head8:
            return self.opened(0, 1)
        return self.opened(asked.seq)


class Hub:
    """The logs the member holds; `u:`, `dir` and `ppl` first, as always."""

    def __init__(self, owner: Member, *others: Member) -> None:
        self.voice = hub_voice()
        self.lineage: tuple[Epoch, ...] = (FIRST,)
        self.time_ms = 5_000
        self.presence = True
        self.user = user_stream(owner.account)
        self.logs: dict[StreamId, Log] = {}
        for stream in (self.user, DIRECTORY, PEOPLE):
            self.logs[stream] = Log(stream, len(self.logs) + 1)
        self.say(DIRECTORY, self.voice, Bootstrap(HUB_SIGNER.public_key, "the shed"))
        for member in (owner, *others):
            self.say(PEOPLE, self.voice, member.enrol)
        self.grant(GARDEN)

    def say(
        self, stream: StreamId, voice: Voice, body: Body, seen: Seen = NOTHING, author_seq: int = 0
    ) -> Entry:
        """Somebody says something and the hub puts it into the log."""
        return self.logs[stream].append(*voice.event(stream, body, seen, author_seq))

    def grant(self, stream: StreamId, floor: int = 0) -> Log:
        """The member holds one more stream, or holds it anew."""
        told = self.say(self.user, self.voice, Grant(stream, floor, CAUSE))
        log = self.logs.setdefault(stream, Log(stream, len(self.logs) + 1))
        log.grant = GrantId(told.event_id[:8])
        log.floor = floor
        log.forks = (log.seq,) * (len(self.lineage) - 1)
        return log

    def restore(self, epoch: Epoch) -> None:
        """A new epoch begins, every log forks where it stands: cut it before with `lose`."""
        self.lineage = (*self.lineage, epoch)
        for log in self.logs.values():
            log.forks = (*(min(fork, log.seq) for fork in log.forks), log.seq)

    def lose(self, stream: StreamId, above: int) -> None:
        """The log forgets all above `above`."""
        del self.logs[stream].entries[above:]

    def welcome(self, last_push_no: int = 0, same: bool = False) -> frames.Welcome:
        """Logged in."""
        return frames.Welcome(
            self.lineage,
            self.time_ms,
            last_push_no,
            same,
            0 if same else len(self.logs),
            presence=self.presence,
        )

    def grants(self, *streams: StreamId) -> frames.Grants:
        """The announcement of these streams, of all without any named."""
        return frames.Grants(
            tuple(self.logs[stream].announced() for stream in streams or self.logs), False
        )

    def answers(self, asked: frames.OpenStream) -> tuple[frames.Frame, ...]:
        """What an honest hub answers to one OPEN: the word, then a page of what is new."""
        log = self.logs[asked.stream]
        answer = log.answer(asked)
        if answer.status or answer.base_seq == log.seq:
            return (answer,)
        return answer, log.page(answer.base_seq + 1)

    def checkpoint(self, stream: StreamId, seq: int) -> frames.Checkpoint:
        """The hub's word on a place of a log."""
        head = self.logs[stream].head(seq)
        return checkpoints.sign(HUB, HUB_SIGNER, self.lineage[-1], stream, seq, head, seq * 10)

    def accept(self, author: Author, *pushed: frames.Pushed) -> tuple[frames.Acked, ...]:
        """Put pushed events of `author` into their logs: the answers."""
        answers: list[frames.Acked] = []
        for one in pushed:
            name = event_id(HUB, one.stream, author, decode_event(one.event).header_bytes)
            log = self.logs[one.stream]
            entry = log.append(one.event, name)
            answers.append(
                frames.Acked(one.push_no, 0, Head8(name[:8]), entry.seq, head8(entry.head))
            )
        return tuple(answers)
