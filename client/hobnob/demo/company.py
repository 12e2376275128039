"""The processes of a demo: they end with it, and one that ends before is told of."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping
from pathlib import Path
from typing import Final

STOP_SECONDS: Final = 10.0
LAST_WORDS_BYTES: Final = 400
"""So much of what one said last is told."""


class Company:
    """What runs beside a demo. `folder` takes what each of them complains of."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[tuple[str, Process]] = []

    async def bring(
        self,
        name: str,
        *words: str,
        stdin: int = DEVNULL,
        stdout: int = DEVNULL,
        environ: Mapping[str, str] | None = None,
        loud: bool = False,
    ) -> Process:
        """Start `python -m WORDS`, as `name` to people; its complaints are seen at once if it is
        `loud`. It runs until `end`."""
        with self._complaints(name).open("wb") as complaints:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", *words),
                stdin=stdin,
                stdout=stdout,
                stderr=None if loud else complaints,
                env={**os.environ, **(environ or {})},
            )
        self._running.append((name, process))
        return process

    def fallen(self) -> tuple[str, ...]:
        """Those that have ended by a fault, or by somebody else's hand: a sentence each, with what
        they said last."""
        return tuple(
            f"{name} ended too early (exit code {process.returncode}){self._last_words(name)}"
            for name, process in self._running
            if process.returncode
        )

    async def end(self) -> None:
        """End all of them, the last that came first."""
        while self._running:
            _, process = self._running.pop()
            await _stop(process)

    def _complaints(self, name: str) -> Path:
        return self._folder / f"{name.replace(' ', '-')}.log"

    def _last_words(self, name: str) -> str:
        said = self._complaints(name).read_bytes()[-LAST_WORDS_BYTES:].decode("utf-8", "replace")
        last = said.strip().splitlines()[-1:]
        return f": {last[0]}" if last else ""


async def _stop(process: Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
