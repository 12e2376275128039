"""Bots in processes of their own: what can be killed."""

import asyncio
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from hobnob import Bot
from hobnob.bot.running import Running
from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.founding import found
from hobnob_client.paths import Profile
from hobnob_protocol.invite_link import InviteLink
from tests.stories.process import START_SECONDS

DICE: Final = '''
import sys
from hobnob import Bot, Message

bot = Bot(sys.argv[1])

@bot.command
async def roll(message: Message, sides: int = 6) -> str:
    """Roll a die."""
    return f"{message.author} rolled one of {sides}"

bot.run()
'''
SUICIDAL: Final = """
import os, signal, sys
from pathlib import Path
from hobnob import Bot, Message

bot = Bot(sys.argv[1])
last_words = Path(sys.argv[2])

@bot.on_message
async def answer(message: Message) -> None:
    for part in ("one", "two", "three"):
        if not last_words.exists() and part == sys.argv[3]:
            last_words.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        await message.reply(f"{message.text} {part}")

bot.run()
"""
"""Dies once over a message, before it says what its third argument names."""


class BotProcess:
    """`python bot.py PROFILE …`."""

    def __init__(self, directory: Path, program: str, link: InviteLink, *given: str) -> None:
        directory.mkdir()
        self.profile = Profile(directory / "profile")
        self._program = directory / "bot.py"
        self._program.write_text(program)
        self._given = given
        keyring.save(self.profile, found(link, "dice", 1_700_000_000))
        self._process: Process | None = None

    async def start(self) -> None:
        """Returns once it is on line."""
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, str(self._program), str(self.profile.directory), *self._given),
            stdout=DEVNULL,
            stderr=PIPE,
        )
        assert self._process.stderr is not None
        async with asyncio.timeout(START_SECONDS):
            line = b""
            while b"The link is online" not in line:
                line = await self._process.stderr.readline()
                assert line, "the bot has ended"

    async def second(self) -> tuple[int | None, str]:
        """Start it once more beside the first: the exit code, and what it said on stderr."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, str(self._program), str(self.profile.directory), *self._given),
            stdout=DEVNULL,
            stderr=PIPE,
        )
        async with asyncio.timeout(START_SECONDS):
            _, said = await process.communicate()
        return process.returncode, said.decode()

    async def ended(self) -> int:
        """Wait until it has ended: the exit code."""
        assert self._process is not None
        async with asyncio.timeout(START_SECONDS):
            return await self._process.wait()

    async def terminate(self) -> int:
        """As a service manager does it: the exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return await self.ended()

    @property
    def runs(self) -> bool:
        """Is it there?"""
        return self._process is not None and self._process.returncode is None

    async def kill(self) -> None:
        """As the kernel does it."""
        assert self._process is not None
        self._process.kill()
        await self.ended()


@asynccontextmanager
async def bot_process(
    directory: Path, program: str, link: InviteLink, *given: str
) -> AsyncGenerator[BotProcess]:
    """A started bot, gone when the block ends."""
    bot = BotProcess(directory, program, link, *given)
    await bot.start()
    try:
        yield bot
    finally:
        if bot.runs:
            await bot.kill()


@asynccontextmanager
async def running_on(engine: Engine, bot: Bot) -> AsyncGenerator[None]:
    """The bot in this process, on a member's engine."""
    task = asyncio.create_task(Running(bot, engine, lambda: time.time_ns() // 1_000_000).run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
