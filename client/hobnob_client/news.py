"""What those who stand on the engine are told: coalesced, so that no slow one costs memory."""

import asyncio
from collections import deque
from typing import Final

from hobnob_client.progress import LinkState
from hobnob_protocol.ids import StreamId
from hobnob_protocol.value import value
from hobnob_sync.client_engine import inputs

TOLD_MAX: Final = 100
"""Refusals and alarms kept for one who does not look; the tray and the log hold them all."""


@value
class NotSent:
    """What was said at place `n` of the outbox lies in the tray; `code` says why."""

    n: int
    code: str


@value
class Alarm:
    """The hub contradicts itself or an author: `reason` names the rule, as protocol/README.md."""

    reason: str
    stream: StreamId


@value
class News:
    """All that happened since the last look.

    `streams` are those whose view may differ now, in the order they first changed; with
    `everything` any may: another process of this profile has the link. `link` is the state now,
    `detail` what is to say about it. `presence` are the streams where others write, or are here, as
    they did not before: what is shown of their messages does not differ for it.
    """

    streams: tuple[StreamId, ...]
    everything: bool
    not_sent: tuple[NotSent, ...]
    alarms: tuple[Alarm, ...]
    link: LinkState
    detail: str
    presence: tuple[StreamId, ...] = ()

    @property
    def is_presence_alone(self) -> bool:
        """Has nothing changed but who is here and writes, and perhaps the link?"""
        told = self.streams or self.everything or self.not_sent or self.alarms
        return bool(self.presence) and not told


class Watch:
    """One listener: `await next()` in a loop."""

    def __init__(self, link: LinkState) -> None:
        self._streams: dict[StreamId, None] = {}
        self._presence: dict[StreamId, None] = {}
        self._everything = False
        self._not_sent: deque[NotSent] = deque(maxlen=TOLD_MAX)
        self._alarms: deque[Alarm] = deque(maxlen=TOLD_MAX)
        self._link = link
        self._detail = ""
        self._something = asyncio.Event()

    async def next(self) -> News:
        """Wait until there is something, and take it."""
        await self._something.wait()
        self._something.clear()
        news = News(
            tuple(self._streams),
            self._everything,
            tuple(self._not_sent),
            tuple(self._alarms),
            self._link,
            self._detail,
            tuple(self._presence),
        )
        self._presence.clear()
        self._streams.clear()
        self._everything = False
        self._not_sent.clear()
        self._alarms.clear()
        return news

    def touches_more_than(self, own: StreamId) -> bool:
        """May the view of any stream but `own` differ since the last look?"""
        return self._everything or any(stream != own for stream in self._streams)

    def heed(self, output: inputs.Output) -> None:
        """For the engine: what a durable step has led to, as far as it concerns a listener."""
        if isinstance(output, inputs.Changed | inputs.Purged):
            self.changed(output.stream)
        elif isinstance(output, inputs.NotSent):
            self.tell(NotSent(output.n, output.code))
        elif isinstance(output, inputs.Alarm):
            self.tell(Alarm(output.reason, output.stream))
        elif isinstance(output, inputs.Writing | inputs.Present):
            self._presence[output.stream] = None
            self._something.set()

    def changed(self, stream: StreamId | None) -> None:
        """For the engine: a stream's view may differ; None for every stream's."""
        if stream is None:
            self._everything = True
        else:
            self._streams[stream] = None
        self._something.set()

    def tell(self, what: NotSent | Alarm) -> None:
        """For the engine: something a person should hear of."""
        if isinstance(what, NotSent):
            self._not_sent.append(what)
        else:
            self._alarms.append(what)
        self._something.set()

    def linked(self, link: LinkState, detail: str) -> None:
        """For the engine: the link has another state."""
        self._link, self._detail = link, detail
        self._something.set()
