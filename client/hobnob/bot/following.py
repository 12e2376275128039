"""One channel, from where the bot was: every message in its order, once.

The log is the queue. The place up to which all is handled is noted after each message, so that what
a bot missed, or died over, is read again from the log when it comes back; answers that were given
already are known by the message they name (`voice`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import cast

from hobnob.bot.bell import Bell
from hobnob.bot.ground import Ground
from hobnob.bot.limits import PAGE_MESSAGES
from hobnob.bot.voice import Voice
from hobnob_protocol import codec
from hobnob_protocol.ids import StreamId
from hobnob_sync.ports import ReplicaStream
from hobnob_sync.views.message import Message as Shown

Handle = Callable[[StreamId, Shown], Awaitable[None]]
"""Handles one message of the log."""


@dataclass(frozen=True, slots=True)
class Place:
    """The last message that was handled: where it stands, when it was said, its name."""

    seq: int
    at_ms: int
    name: bytes

    def encode(self) -> bytes:
        """As it is noted."""
        return codec.encode((self.seq, self.at_ms, self.name))

    @classmethod
    def decode(cls, data: bytes) -> "Place":
        """The inverse of `encode`."""
        seq, at_ms, name = cast("tuple[int, int, bytes]", codec.decode(data))
        return cls(seq, at_ms, name)


class Following:
    """Follows one stream; `run` ends only by being cancelled."""

    def __init__(self, stream: StreamId, ground: Ground, bell: Bell, voice: Voice) -> None:
        self._stream = stream
        self._ground = ground
        self._bell = bell
        self._voice = voice
        self._note = f"bot:{stream.hex()}"

    async def run(self, handle: Handle, oldest_ms: int) -> None:
        """Handle what is not older than `oldest_ms`, then whatever comes."""
        noted = (await self._ground.notes()).get(self._note)
        place = None if noted is None else Place.decode(noted)
        seq = await self._begin(place, oldest_ms)
        while True:
            rings = self._bell.rings
            if place is not None and not self._is_at(place):
                # The hub's log went another way, or the channel is not ours any more.
                seq = await self._begin(place, oldest_ms)
                place = None
            page = self._ground.reader.after(self._stream, seq, PAGE_MESSAGES)
            for shown in page.messages:
                if shown.seq is not None and shown.account != self._ground.reader.me:
                    await handle(self._stream, shown)
                    place = Place(shown.seq, shown.at_ms, shown.target)
                    await self._ground.note(self._note, place.encode())
            if page.last_seq > seq:
                seq = page.last_seq
            elif page.at_end:
                await self._bell.after(rings)

    async def _begin(self, noted: Place | None, oldest_ms: int) -> int:
        """The place after which to go on, once all that is younger is here; what was answered
        already beyond it is known then."""
        reader = self._ground.reader
        while True:
            rings = self._bell.rings
            row = reader.held(self._stream)
            if row is not None:
                granted_ms = reader.granted_ms(self._stream) or 0
                since_ms = max(oldest_ms, granted_ms)
                same = noted is not None and self._is_at(noted)
                if noted is not None and not same:
                    since_ms = max(since_ms, noted.at_ms)
                seq = noted.seq if noted is not None and same else 0
                if self._reaches(row, seq, since_ms):
                    seq = max(seq, reader.first_since(self._stream, since_ms) - 1)
                    self._voice.recall(self._stream, seq)
                    return seq
            await self._bell.after(rings)

    def _is_at(self, place: Place) -> bool:
        """Does the message we have handled still stand where it stood?"""
        entry = self._ground.reader.entry(self._stream, place.seq)
        return entry is not None and entry.event_id[:16] == place.name

    def _reaches(self, row: ReplicaStream, seq: int, since_ms: int) -> bool:
        """Is everything after `seq`, or all that is not older than `since_ms`, held?"""
        if row.lo <= max(seq, row.floor) + 1:
            return True
        first = self._ground.reader.entry(self._stream, row.lo)
        return first is not None and first.at_ms < since_ms
