"""What a bot says: at the hub's pace, clean, and each answer once."""

import asyncio
from collections import Counter
from collections.abc import Iterator

from hobnob.bot.bell import Bell
from hobnob.bot.ground import Ground
from hobnob.bot.limits import CUT, PAGE_MESSAGES
from hobnob.bot.pace import Pace
from hobnob.bot.patience import paused
from hobnob_client import term_safe
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import BODY_BYTES_MAX, POST_TEXT_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_sync.ports import OrphanRow, TrayRow

_ROOM_BYTES = BODY_BYTES_MAX - 512
"""Text bytes that leave room for the other fields of a post."""


class Voice:
    """Says things on a ground.

    An answer is known by what it names: a post of our own that replies to a message is an answer to
    it, whether it is in the log, waits in the outbox or was refused. The post is durable before
    anything else happens, so a bot that dies at any moment finds it when it comes back.
    """

    def __init__(self, ground: Ground, bell: Bell) -> None:
        self._ground = ground
        self._bell = bell
        self._answers: dict[StreamId, Counter[TargetId]] = {}
        self._pace = Pace()
        self._speaking = asyncio.Lock()

    def recall(self, stream: StreamId, after_seq: int) -> None:
        """Count the answers given to whatever stands after a place: what stands there may be
        handled a second time."""
        found = (*self._logged(stream, after_seq), *self._set_aside(stream))
        self._answers[stream] = Counter(found)

    def has_answered(self, stream: StreamId, target: TargetId, nth: int) -> bool:
        """Was the answer with this number, from 0, given in an earlier life?"""
        return nth < self._answers[stream][target]

    async def say(
        self,
        stream: StreamId,
        text: str,
        thread: TargetId | None = None,
        reply: TargetId | None = None,
    ) -> None:
        """Post a text; durable when it returns. Nothing is said where nothing is left of it."""
        clean = fitted(text)
        if clean:
            await self.act(stream, Post(clean, thread, reply))

    async def act(self, stream: StreamId, body: Body) -> None:
        """Say anything; durable when it returns. ProtocolError where the kind forbids it."""
        async with paused(), self._speaking:
            await self.turn()
            await self._ground.compose(stream, body)

    async def turn(self) -> None:
        """Wait until the hub would take something without a pause."""
        while True:
            rings = self._bell.rings
            progress = self._ground.progress()
            now_ms = int(asyncio.get_running_loop().time() * 1_000)
            seconds = self._pace.wait_seconds(progress, now_ms, self._is_bot())
            if seconds is not None and seconds <= 0:
                return
            await self._bell.after(rings, seconds)

    def _is_bot(self) -> bool:
        reader = self._ground.reader
        return reader.role(reader.me) == "bot"

    def _logged(self, stream: StreamId, after_seq: int) -> Iterator[TargetId]:
        """What our own posts after a place answer, those that wait included."""
        reader = self._ground.reader
        for page in reader.pages_after(stream, after_seq, PAGE_MESSAGES):
            for message in page.messages:
                if message.account == reader.me and message.reply is not None:
                    yield message.reply

    def _set_aside(self, stream: StreamId) -> Iterator[TargetId]:
        """The same of what was refused, and of what the hub has lost and not taken back yet."""
        reader = self._ground.reader
        rows: list[TrayRow | OrphanRow] = [*reader.tray(), *reader.own_orphans()]
        for row in rows:
            event = decode_event(row.event)
            if row.stream != stream or not event.body:
                continue
            body = STANDARD.decode(event.header.kind, event.body)
            if isinstance(body, Post) and body.reply is not None:
                yield body.reply


def fitted(text: str) -> str:
    """The text as a post takes it: nothing but text, and not too long."""
    clean = term_safe.body(text).strip("\n")
    if len(clean) <= POST_TEXT_MAX and len(clean.encode()) <= _ROOM_BYTES:
        return clean
    kept = clean[: POST_TEXT_MAX - len(CUT)].encode()[: _ROOM_BYTES - len(CUT.encode())]
    return kept.decode(errors="ignore") + CUT
