"""WeeChat, a Debian package: with its own defaults, in a channel whose log holds everything.

It shows the last lines of that log when it starts; with `all_lines` it keeps every one of them at
hand, as ours does.
"""

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Final

from tests.benchmarks.community import NOWHERE, WRITERS, Talk
from tests.benchmarks.screens.ansi import AnsiScreen
from tests.benchmarks.screens.irc_server import CHANNELS, IrcServer
from tests.benchmarks.screens.program import Back, Keys
from tests.benchmarks.screens.taped import Taped, last_text
from tests.benchmarks.server import Missing

AUTHORS_READ: Final = 2
LOG_NAME: Final = "irc.bench.#general.weechatlog"
_AUTHOR: Final = re.compile(r"\bmember\d+")
_SETTINGS: Final = (
    "/server add bench 127.0.0.1/{port} -autoconnect -nicks=reader",
    f"/set irc.server.bench.autojoin {','.join(CHANNELS)}",
    # It begins in the first of them, as anybody would who reads there.
    "/set irc.look.buffer_switch_autojoin off",
    f"/set weechat.startup.command_after_plugins /wait 1ms /buffer {CHANNELS[0]}",
    "/set irc.server.bench.anti_flood_prio_high 0",
    "/set irc.server.bench.anti_flood_prio_low 0",
)
_ALL_LINES: Final = (
    "/set weechat.history.max_buffer_lines_number 0",
    "/set logger.look.backlog 100000000",
)


class WeeChat:
    """One configuration of it."""

    keys = Keys(page_up="\x1b[5~", switch="\x1b[17~", write="", erase="\x15")
    back: Back | None = None

    def __init__(self, directory: Path, log: Path, server: IrcServer, *, all_lines: bool) -> None:
        found, headless = shutil.which("weechat"), shutil.which("weechat-headless")
        if found is None or headless is None:
            raise Missing("apt-get install weechat-curses weechat-headless")
        told = subprocess.run((found, "--version"), capture_output=True, text=True, check=True)
        self.name = "WeeChat, all lines" if all_lines else "WeeChat"
        self.version = told.stdout.strip()
        self._server = server
        settings = [each.format(port=server.port) for each in _SETTINGS]
        settings += _ALL_LINES if all_lines else ()
        words = [part for each in (*settings, "/save", "/quit") for part in ("-r", each)]
        command = (headless, "-a", "-d", str(directory), *words)
        subprocess.run(command, capture_output=True, check=True, timeout=60)
        (directory / "logs").mkdir(exist_ok=True)
        shutil.copyfile(log, directory / "logs" / LOG_NAME)
        self.command: Sequence[str] = (found, "-d", str(directory))
        self.environ: Mapping[str, str] = {"HOME": str(directory)}

    def screen(self) -> AnsiScreen:
        """It draws by ncurses."""
        return AnsiScreen()

    def is_there(self, text: str) -> bool:
        """It begins where one reads."""
        return self.is_readable(text)

    def is_readable(self, text: str) -> bool:
        """Names of authors."""
        return len(_AUTHOR.findall(text)) >= AUTHORS_READ

    def settle(self, run: Taped) -> None:
        """It begins in its first channel, at the end."""
        run.until(lambda: self.is_readable(last_text(run, self.screen())))
        run.silent()

    def speaker(self) -> Callable[[], None]:
        """Somebody of the channel."""
        talk = Talk(Random(3), NOWHERE)

        def say() -> None:
            talk.said += 1
            self._server.say(f"member{talk.said % WRITERS}", talk.text())

        return say


def kept_log(cache: Path, messages: int) -> Path:
    """A log of so many lines as WeeChat keeps it, made where it is not there yet."""
    path = cache / f"weechat-{messages}.log"
    if not path.exists():
        made = path.with_suffix(".made")
        talk = Talk(Random(2), NOWHERE)
        with made.open("w") as out:
            for nth in range(messages):
                talk.said = nth
                text = " ".join(talk.text().split())
                out.write(f"2026-01-01 12:00:00\tmember{nth % WRITERS}\t{text}\n")
        made.rename(path)
    return path
