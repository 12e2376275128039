"""Somebody who has only protocol/README.md can write a client: this one is in JavaScript."""

import asyncio
import json
import subprocess
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest

from hobnob_protocol.invite_link import InviteLink
from tests.node.workshop import HERE, scripts, workshop
from tests.stories.process import hub_process
from tests.stories.waiting import BOUND_SECONDS, until

BEYOND: Final = frozenset({"sealed", "seals", "ssh"})
"""What a client that seals nothing and recovers no account need not pass."""
VECTORS: Final = Path(__file__).parents[2] / "protocol" / "vectors"
LINES_MAX: Final = 200


@pytest.fixture(scope="module")
def packages() -> Path:
    """Installed once."""
    return workshop()


class Session:
    """The client in a process of its own."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.posts: list[tuple[str, str]] = []
        self.heads: list[str] = []
        self.channels: dict[str, str] = {}

    def command(self, *command: str) -> None:
        """Have it do something."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(command).encode() + b"\n")

    async def told(self, *wanted: object) -> None:
        """Read what it tells until it tells this."""
        assert self._process.stdout is not None
        while True:
            async with asyncio.timeout(BOUND_SECONDS):
                line = await self._process.stdout.readline()
            assert line, "the client has ended"
            what, *rest = json.loads(line)
            if what == "post":
                self.posts.append((rest[0], rest[1]))
                self.heads.append(rest[3])
            elif what == "channel":
                self.channels[rest[0]] = rest[1]
            if [what, *rest][: len(wanted)] == list(wanted):
                return


@asynccontextmanager
async def session(packages: Path, place: Path, link: InviteLink) -> AsyncGenerator[Session]:
    """The client, joining by this link."""
    process = await asyncio.create_subprocess_exec(
        *("node", "session.mjs", str(link), "nora"),
        cwd=scripts(packages, place),
        stdin=PIPE,
        stdout=PIPE,
    )
    try:
        yield Session(process)
    finally:
        process.kill()
        await process.wait()


def test_it_passes_the_vectors(packages: Path, tmp_path: Path) -> None:
    """All it is put to: every value and every event, right or wrong, and the logins."""
    done = subprocess.run(
        ("node", "vectors.mjs", str(VECTORS)),
        cwd=scripts(packages, tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    tried = {line.split(":")[0]: int(line.split()[1]) for line in done.stdout.splitlines()}
    rows = {path.stem: len(json.loads(path.read_text())) for path in VECTORS.glob("*.json")}
    assert tried.keys() == rows.keys() - BEYOND
    assert tried["event"] == rows["event"]
    assert min(tried.values()) > 0


def test_it_is_as_short_as_it_is_said_to_be() -> None:
    """An evening's work."""
    assert len((HERE / "client.mjs").read_text().splitlines()) <= LINES_MAX


def test_it_joins_talks_and_resumes(packages: Path, tmp_path: Path) -> None:
    """What both sides say is read by both; after a cut only what was missed comes."""

    async def story() -> None:
        (tmp_path / "node").mkdir()
        async with hub_process(tmp_path / "hub") as hub:
            olga = await hub.owner("olga")
            await until(lambda: "general" in olga.channels())
            async with session(packages, tmp_path / "node", await hub.invite()) as nora:
                await nora.told("channel", "general")
                olga.post("Is anybody there?")
                await nora.told("post", "olga")
                general = nora.channels["general"]
                nora.command("post", general, "I am, in another language: ü 🎲")
                await nora.told("post", "nora")
                await until(lambda: len(olga.texts()) == 2)
                nora.command("cut")
                await nora.told("closed")
                nora.command("post", general, "said off line")
                olga.post("missed")
                await until(lambda: len(olga.texts()) == 3)
                nora.command("connect")
                await nora.told("post", "nora", "said off line")
                await until(lambda: len(olga.texts()) == 4 and olga.settled)
                assert [text for _, text in nora.posts] == olga.texts()
                assert nora.heads[-1] == olga.heads()[olga.channel("general")][1].hex()

    asyncio.run(story())


def test_with_nothing_new_the_hub_sees_so_by_the_digest(packages: Path, tmp_path: Path) -> None:
    """The second WELCOME says "same", and live events follow at once."""

    async def story() -> None:
        (tmp_path / "node").mkdir()
        async with hub_process(tmp_path / "hub") as hub:
            olga = await hub.owner("olga")
            await until(lambda: "general" in olga.channels())
            async with session(packages, tmp_path / "node", await hub.invite()) as nora:
                olga.post("one")
                await nora.told("post", "olga", "one")
                nora.command("cut")
                await nora.told("closed")
                nora.command("connect")
                await nora.told("welcome", True)
                olga.post("two")
                await nora.told("post", "olga", "two")

    asyncio.run(story())
