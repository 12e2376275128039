"""Where an import puts what it brings: into a hub in large commits, or nowhere for a dry run."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Protocol

from hobnob_protocol.event import NOTHING_SEEN, compose
from hobnob_protocol.frames import Ack, Push, Pushed
from hobnob_protocol.ids import (
    DIRECTORY,
    LENGTHS,
    ChannelId,
    StreamId,
    TargetId,
    channel_stream,
    target_of,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.channels import ChannelCreate, ChannelSet, Purpose
from hobnob_protocol.kinds.membership import Join
from hobnob_protocol.limits import PUSH_EVENTS_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_server.errors import RequestRefused
from hobnob_server.founding import Entropy
from hobnob_server.interchange.account import CONN, ImporterAccount
from hobnob_server.interchange.stepper import Stepper
from hobnob_server.limits import IMPORT_BYTES_MAX, IMPORT_EVENTS_MAX
from hobnob_sync.hub_engine.inputs import Received, Send


@dataclass(frozen=True, slots=True)
class Origin:
    """The line of a file that something was made of."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The hub took an event of this line not; `code` says why."""

    origin: Origin
    code: str


class Sink(Protocol):
    """Takes what is brought. What was said together is committed together, or not at all."""

    def say(self, stream: StreamId, body: Body, origin: Origin) -> TargetId:
        """The importer says something, with the next commit."""
        ...

    def create(self, name: str, purpose: str, auto_join: bool) -> StreamId:
        """A public channel begins."""
        ...

    def adopt(self, stream: StreamId, purpose: str, auto_join: bool) -> None:
        """An empty channel of the hub takes up what is brought."""
        ...

    def enter(self, stream: StreamId) -> None:
        """The importer must be in this channel."""
        ...

    def is_full(self) -> bool:
        """Is it time to commit?"""
        ...

    def commit(self) -> list[Refused]:
        """All that was said becomes durable."""
        ...


class Nowhere:
    """Takes everything and keeps nothing; names are made up."""

    def __init__(self) -> None:
        self._count = 0

    def say(self, stream: StreamId, body: Body, origin: Origin) -> TargetId:
        """Nothing happens, but what no event could hold is an error here too."""
        STANDARD.encode(body)
        return TargetId(self._name(LENGTHS["target"]))

    def create(self, name: str, purpose: str, auto_join: bool) -> StreamId:
        """Nothing happens."""
        return channel_stream(ChannelId(self._name(LENGTHS["channel"])))

    def adopt(self, stream: StreamId, purpose: str, auto_join: bool) -> None:
        """Nothing happens."""

    def enter(self, stream: StreamId) -> None:
        """Nothing happens."""

    def is_full(self) -> bool:
        """Never."""
        return False

    def commit(self) -> list[Refused]:
        """Nothing happens."""
        return []

    def _name(self, length: int) -> bytes:
        self._count += 1
        return sha256(self._count.to_bytes(8, "big")).digest()[:length]


class IntoHub:
    """Signs with the importer's device and lets the engine judge, as for any member."""

    def __init__(self, stepper: Stepper, importer: ImporterAccount, entropy: Entropy) -> None:
        self._stepper: Final = stepper
        self._importer: Final = importer
        self._entropy: Final = entropy
        self._said: list[Pushed] = []
        self._origins: list[Origin] = []
        self._size_bytes = 0

    def say(self, stream: StreamId, body: Body, origin: Origin) -> TargetId:
        """Signed now, judged with the next commit."""
        importer = self._importer
        author = importer.author
        importer.sent += 1
        number, data = STANDARD.encode(body)
        event, event_id = compose(
            self._stepper.hub,
            stream,
            author,
            importer.signer,
            number,
            data,
            importer.sent,
            0,
            NOTHING_SEEN,
            self._stepper.now_ms() // 1_000,
            self._entropy(16),
        )
        self._said.append(Pushed(importer.sent, stream, event))
        self._origins.append(origin)
        self._size_bytes += len(event)
        return target_of(event_id)

    def create(self, name: str, purpose: str, auto_join: bool) -> StreamId:
        """The hub makes it, as it makes all that nobody in particular does."""
        channel = ChannelId(self._entropy(LENGTHS["channel"]))
        self._stepper.act(DIRECTORY, ChannelCreate(channel, name, purpose, auto_join))
        return channel_stream(channel)

    def adopt(self, stream: StreamId, purpose: str, auto_join: bool) -> None:
        """Its purpose is set where it has none, and that newcomers join, never that they do not."""
        channel, state = ChannelId(stream[2:]), self._stepper.state
        if purpose and not state.channel(stream, "purpose"):
            self._stepper.act(DIRECTORY, Purpose(purpose, channel))
        if auto_join and state.channel(stream, "auto_join") is not True:
            self._stepper.act(DIRECTORY, ChannelSet(channel, "auto_join", "yes"))

    def enter(self, stream: StreamId) -> None:
        """By the importer's own join."""
        author = self._importer.author
        if stream not in self._stepper.state.held(author.account):
            self.say(stream, Join(), Origin("", 0))

    def is_full(self) -> bool:
        """Have enough events or bytes come together?"""
        return len(self._said) >= IMPORT_EVENTS_MAX or self._size_bytes >= IMPORT_BYTES_MAX

    def commit(self) -> list[Refused]:
        """One step of the engine, one transaction."""
        if not self._said:
            return []
        said, origins = self._said, self._origins
        self._said, self._origins, self._size_bytes = [], [], 0
        pushes = [
            Push(tuple(said[start : start + PUSH_EVENTS_MAX]))
            for start in range(0, len(said), PUSH_EVENTS_MAX)
        ]
        outputs = self._stepper.step([Received(CONN, push, 0) for push in pushes])
        frames = [output.frame for output in outputs if isinstance(output, Send)]
        answers = [one for frame in frames if isinstance(frame, Ack) for one in frame.answers]
        if len(answers) != len(said) or any(answer.status > 1 for answer in answers):
            raise RequestRefused("the hub takes nothing now; try again later")
        first = said[0].push_no
        return [
            Refused(origins[answer.push_no - first], answer.code)
            for answer in answers
            if answer.status
        ]
