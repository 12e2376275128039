"""The bot as its author writes it: what it listens to, and with which functions it answers."""

import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, overload

from hobnob.bot.commands import Command
from hobnob.bot.limits import REPLAY_SECONDS, TIMEOUT_SECONDS
from hobnob.bot.message import Message
from hobnob_protocol.errors import UsageError

if TYPE_CHECKING:
    from hobnob.bot.running import Running

Handler = TypeVar("Handler", bound=Callable[..., object])
Listener = TypeVar("Listener", bound=Callable[[Message], object])


@dataclass(frozen=True, slots=True)
class Timer:
    """A handler that is called again and again."""

    seconds: float
    handler: Callable[..., object]


class Bot:
    """A program with an account of its own.

    `profile` is a key file (`hobnob bot new`), or the directory of a profile; nothing is opened
    before `run`. Messages are handled in the order of their channel, one at a time in each, and
    after a pause or a crash the bot goes on where it was: each is handled once, or once more where
    the bot died over it. What is older than `replay_seconds` then is let be.

    A text that a handler returns is its reply. Handlers may be plain functions, which run in a
    thread, or coroutines; one that fails, or takes longer than `timeout_seconds`, is logged
    (`hobnob.bot`) and ends nothing. Other bots are not answered, unless `answer_bots`.
    """

    def __init__(
        self,
        profile: str | os.PathLike[str],
        *,
        prefix: str = "!",
        answer_bots: bool = False,
        replay_seconds: float = REPLAY_SECONDS,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self.profile = profile
        self.prefix = prefix
        self.answer_bots = answer_bots
        self.replay_seconds = replay_seconds
        self.timeout_seconds = timeout_seconds
        self.commands: dict[str, Command] = {}
        self.message_handlers: list[Callable[..., object]] = []
        self.mention_handlers: list[Callable[..., object]] = []
        self.timers: list[Timer] = []
        self.running: Running | None = None

    @overload
    def command(self, handler: Handler) -> Handler:
        """`@bot.command`: the function's name is the command's."""

    @overload
    def command(self, *, name: str) -> Callable[[Handler], Handler]:
        """`@bot.command(name="…")`: a name that Python would not take."""

    def command(self, handler: Any = None, *, name: str = "") -> Any:
        """Answer `!name …`, or `@handle name …`: the function's name, its docstring for help, its
        annotations for the arguments after the message (`hobnob.bot.arguments`)."""

        def add(handler: Callable[..., Any]) -> Callable[..., Any]:
            called = name or str(getattr(handler, "__name__", ""))
            if not called or any(character.isspace() for character in called):
                raise UsageError("A command's name is one word.")
            if called in self.commands:
                raise UsageError(f"There are two commands called {called}.")
            self.commands[called] = Command.of(handler, called)
            return handler

        return add if handler is None else add(handler)

    def on_message(self, handler: Listener) -> Listener:
        """Call this with every message that is no command of this bot's."""
        self.message_handlers.append(handler)
        return handler

    def on_mention(self, handler: Listener) -> Listener:
        """Call this with every message that mentions the bot and is no command of its own."""
        self.mention_handlers.append(handler)
        return handler

    def every(self, seconds: float) -> Callable[[Handler], Handler]:
        """Call this without arguments, first after `seconds`, then again each time they passed."""
        if not (math.isfinite(seconds) and seconds > 0):
            raise UsageError("A timer needs more than 0 seconds.")

        def add(handler: Handler) -> Handler:
            self.timers.append(Timer(seconds, handler))
            return handler

        return add

    async def post(self, channel: str, text: str) -> None:
        """Say something unasked in a channel the bot is in; durable when it returns.

        UsageError where it is not running, or not in such a channel. Unlike a reply, it is said
        again by a handler that runs again.
        """
        if self.running is None:
            raise UsageError("The bot does not run.")
        await self.running.post(channel, text)

    def run(self) -> None:
        """Run until SIGTERM or Ctrl-C, or until the hub will not have it any more.

        What was being handled then is handled at the next start. Says why it ends on stderr, and
        ends the program with the exit codes of `hobnob` where that is no clean end.
        """
        from hobnob.bot.process import run

        run(self)
