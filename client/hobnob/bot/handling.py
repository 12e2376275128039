"""One message to its handlers: which are meant, how they are called, what becomes of failures."""

import asyncio
import inspect
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from hobnob.bot.arguments import NotUnderstood, read
from hobnob.bot.bot import Bot
from hobnob.bot.commands import Call, Command, call_in, help_text
from hobnob.bot.limits import HANDLERS_AT_ONCE, THREADS
from hobnob.bot.message import Message
from hobnob.bot.patience import limited

LOG: Final = logging.getLogger("hobnob.bot")
HELP: Final = "help"


class Handling:
    """Calls the handlers of one bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._slots = asyncio.Semaphore(HANDLERS_AT_ONCE)
        self._threads = ThreadPoolExecutor(THREADS, "hobnob-bot")

    def close(self) -> None:
        """Start no more threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def message(self, message: Message, handle: str) -> None:
        """Handle a message; only being cancelled ends it early."""
        async with self._slots:
            call = call_in(message.text, self._bot.prefix, handle)
            command = self._bot.commands.get(call.name) if call is not None else None
            if call is not None and command is not None:
                await self._command(message, call, command)
            elif call is not None and call.name == HELP and self._bot.commands:
                asked = call.rest.strip()
                await self._say(message, help_text(self._bot.commands, self._bot.prefix, asked))
            else:
                await self._listeners(message)

    async def timer(self, handler: Callable[..., object]) -> None:
        """Call a timer's handler."""
        try:
            async with limited(self._bot.timeout_seconds):
                await self._call(handler)
        except Exception:
            LOG.exception("%s failed", _name(handler))

    async def _command(self, message: Message, call: Call, command: Command) -> None:
        try:
            by_place, by_name = read(command.arguments, call.rest)
        except NotUnderstood as why:
            usage = command.usage(self._bot.prefix)
            await self._say(message, f"{why}\nIt goes like this: {usage}")
            return
        if not await self._answer(message, command.handler, *by_place, **by_name):
            said = f"{command.name} went wrong; whoever runs me finds out why in my log."
            await self._say(message, said)

    async def _listeners(self, message: Message) -> None:
        if message.addressed:
            for handler in self._bot.mention_handlers:
                await self._answer(message, handler)
        for handler in self._bot.message_handlers:
            await self._answer(message, handler)

    async def _say(self, message: Message, text: str) -> None:
        try:
            await message.reply(text)
        except Exception:
            LOG.exception("message %s could not be answered", message.target.hex())

    async def _answer(
        self, message: Message, handler: Callable[..., object], *by_place: object, **by_name: object
    ) -> bool:
        """Call a handler and reply with the text it returns; False where it failed."""
        try:
            async with limited(self._bot.timeout_seconds):
                result = await self._call(handler, message, *by_place, **by_name)
                if isinstance(result, str):
                    await message.reply(result)
        except Exception:
            LOG.exception("%s failed on message %s", _name(handler), message.target.hex())
            return False
        return True

    async def _call(
        self, handler: Callable[..., object], *by_place: object, **by_name: object
    ) -> object:
        if inspect.iscoroutinefunction(handler):
            return await handler(*by_place, **by_name)
        work = partial(handler, *by_place, **by_name)
        result = await asyncio.get_running_loop().run_in_executor(self._threads, work)
        return await result if inspect.isawaitable(result) else result


def _name(handler: Callable[..., object]) -> str:
    return str(getattr(handler, "__qualname__", handler))
