"""zulip-term, from PyPI, in a venv of its own, beside a small server on the loopback.

It keeps no history: it asks the server for some dozens of messages whenever it shows a place.
"""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Final

from tests.benchmarks.community import NOWHERE, Talk
from tests.benchmarks.screens.ansi import AnsiScreen
from tests.benchmarks.screens.program import Back, Keys
from tests.benchmarks.screens.taped import Taped, last_text
from tests.benchmarks.screens.zulip_server import KEPT, ZulipServer
from tests.benchmarks.server import Missing

PACKAGE: Final = "zulip-term==0.7.0"
AUTHORS_READ: Final = 2
MIDDLE: Final = slice(29, 136)
"""The columns between those of streams and of people."""
_AUTHOR: Final = re.compile(r"\bmember\d+")
_CONFIG: Final = """
[api]
email=reader@bench.example
key=0
site=http://127.0.0.1:{port}
[zterm]
notify=disabled
"""


class ZulipTerm:
    """At all messages, where it begins."""

    name = "zulip-term"
    keys = Keys(page_up="\x1b[5~", switch="", write="c", erase="\x15", leave="\x1b")
    back: Back | None = None

    def __init__(self, venv: Path, directory: Path) -> None:
        program = venv / "bin" / "zulip-term"
        if not program.exists():
            _install(venv)
        told = subprocess.run((program, "--version"), capture_output=True, text=True, check=False)
        if told.returncode:
            raise Missing(f"pip install {PACKAGE} in {venv}")
        self.version = told.stdout.split()[-1]
        self._talk = Talk(Random(3), NOWHERE)
        texts: list[str] = []
        for nth in range(KEPT):
            self._talk.said = nth
            texts.append(self._talk.text())
        self._server = ZulipServer(texts)
        config = directory / "zuliprc"
        config.write_text(_CONFIG.format(port=self._server.port))
        config.chmod(0o600)
        self.command: Sequence[str] = (str(program), "-c", str(config))
        self.environ: Mapping[str, str] = {"HOME": str(directory)}

    def close(self) -> None:
        """The server is gone."""
        self._server.close()

    def screen(self) -> AnsiScreen:
        """It draws by urwid."""
        return AnsiScreen()

    def is_there(self, text: str) -> bool:
        """It begins where one reads."""
        return self.is_readable(text)

    def is_readable(self, text: str) -> bool:
        """Names of authors between those of streams and of people."""
        said = "\n".join(line[MIDDLE] for line in text.split("\n"))
        return len(_AUTHOR.findall(said)) >= AUTHORS_READ

    def settle(self, run: Taped) -> None:
        """At the end of all messages."""
        run.until(lambda: self.is_readable(last_text(run, self.screen())))
        run.silent()

    def speaker(self) -> Callable[[], None]:
        """Somebody of the stream."""

        def say() -> None:
            self._talk.said += 1
            self._server.say(self._talk.text())

        return say


def _install(venv: Path) -> None:
    """Its own list of Pythons ends before ours; it runs on ours all the same."""
    pip = (str(venv / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check")
    for command in (
        (sys.executable, "-m", "venv", str(venv)),
        (*pip, "--ignore-requires-python", PACKAGE),
    ):
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            raise Missing(f"pip install {PACKAGE}")
