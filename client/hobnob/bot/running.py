"""A bot that runs: its channels, its timers, and what is handed to its handlers."""

import asyncio
from collections.abc import Callable
from typing import Final

from hobnob.bot.bell import Bell
from hobnob.bot.bot import Bot, Timer
from hobnob.bot.following import Following
from hobnob.bot.ground import Ground
from hobnob.bot.handling import LOG, Handling
from hobnob.bot.message import Message
from hobnob.bot.voice import Voice
from hobnob_client import not_let_in
from hobnob_client.failures import Failure
from hobnob_client.news import News
from hobnob_client.progress import LinkState
from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD
from hobnob_sync.views.message import Message as Shown

_POST: Final = STANDARD.of(Post).number


class Running:
    """One life of a bot; `wall_ms` tells the time since 1970."""

    def __init__(self, bot: Bot, ground: Ground, wall_ms: Callable[[], int]) -> None:
        self._bot = bot
        self._ground = ground
        self._wall_ms = wall_ms
        self._link = LinkState.OFFLINE
        self._bell = Bell()
        self._voice = Voice(ground, self._bell)
        self._handling = Handling(bot)

    async def run(self) -> None:
        """Until cancelled. Failure where the hub refuses the bot; what breaks the replica."""
        if self._bot.running is not None:
            raise UsageError("This bot runs already.")
        self._bot.running = self
        try:
            async with asyncio.TaskGroup() as tasks:
                for timer in self._bot.timers:
                    tasks.create_task(self._repeat(timer))
                await self._listen(tasks)
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from several
        finally:
            self._bot.running = None
            self._handling.close()

    async def post(self, channel: str, text: str) -> None:
        """Say something in a channel the bot is in."""
        line = self._ground.reader.channel(channel)
        if line is None or not line.joined:
            raise UsageError(f"The bot is in no channel called {channel!r}.")
        await self._voice.say(line.stream, text)

    async def _listen(self, tasks: asyncio.TaskGroup) -> None:
        watch = self._ground.watch()
        followed: dict[StreamId, asyncio.Task[None]] = {}
        while True:
            held = self._channels()
            for stream in held:
                if stream not in followed:
                    followed[stream] = tasks.create_task(self._follow(stream))
            for stream in [stream for stream in followed if stream not in held]:
                followed.pop(stream).cancel()
            news = await watch.next()
            self._tell(news)
            self._bell.ring()

    def _channels(self) -> dict[StreamId, None]:
        streams = self._ground.reader.streams()
        return {stream: None for stream in streams if stream[:2] == b"c:"}

    def _tell(self, news: News) -> None:
        for refused in news.not_sent:
            LOG.warning("The hub refused what was said at place %d: %s", refused.n, refused.code)
        for alarm in news.alarms:
            LOG.error("The hub contradicts itself: %s", alarm.reason)
        if news.link is not self._link:
            self._link = news.link
            LOG.info("The link is %s", " ".join((news.link, news.detail)).strip())
        if news.link is LinkState.REFUSED:
            raise Failure(f"The hub does not let this bot in: {not_let_in.why(news.detail)}.")

    async def _follow(self, stream: StreamId) -> None:
        oldest_ms = self._wall_ms() - int(self._bot.replay_seconds * 1_000)
        following = Following(stream, self._ground, self._bell, self._voice)
        await following.run(self._handle, oldest_ms)

    async def _handle(self, stream: StreamId, shown: Shown) -> None:
        reader = self._ground.reader
        if shown.account == reader.me or shown.kind != _POST or shown.dead or shown.hidden:
            return
        if not self._bot.answer_bots and reader.role(shown.account) == "bot":
            return
        channel = reader.described(stream)
        message = Message(
            text=shown.text,
            author=reader.handle(shown.account),
            account=shown.account,
            channel=channel.name if channel is not None else "",
            thread=shown.thread,
            target=shown.target,
            at_ms=shown.at_ms,
            addressed=reader.me in shown.mentions,
            stream=stream,
            voice=self._voice,
        )
        await self._voice.turn()
        await self._handling.message(message, reader.handle(reader.me))

    async def _repeat(self, timer: Timer) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time() + timer.seconds
        while True:
            await asyncio.sleep(max(0.0, due - loop.time()))
            await self._handling.timer(timer.handler)
            # A time that passed meanwhile is left out rather than made up for.
            due = max(due + timer.seconds, loop.time())
