"""`make kill KILLS=200`: the hub dies by kill -9 again and again, and so do its members and a bot.

Three members in processes of their own post numbered messages, every fifth of them a command that
the bot answers. At the end all fall silent, the outboxes run empty, and the log is compared with
what everybody had been promised.
"""

import asyncio
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from hobnob_client import keyring
from hobnob_client.founding import found
from hobnob_client.paths import Profile
from hobnob_protocol.invite_link import InviteLink, parse
from hobnob_server.checking import check
from hobnob_server.control.client import ask
from tests.crash.lives import Heads, Life, hub_epochs, hub_heads, hub_posts, left
from tests.crash.speaker import SAID, SAYING, TALK, lines
from tests.stories.process import HubProcess
from tests.stories.waiting import until

MEMBERS: Final = ("olga", "bob", "carol")
ROBOT: Final = "robot"
CLIENT_DIES: Final = 0.15
"""How likely each client dies with each death of the hub."""
BREAK_SECONDS_MAX: Final = 1.5
SETTLE_SECONDS: Final = 240.0
"""A client that has failed to connect for long waits up to a minute before it tries again."""


@dataclass(slots=True)
class Outcome:
    """What came of it; everything in `broken` is a promise that was."""

    hub_kills: int = 0
    client_kills: int = 0
    said: int = 0
    answered: int = 0
    events: int = 0
    broken: list[str] = field(default_factory=list[str])


class Campaign:
    """One hub, three members, one bot; `rng` decides who dies and when."""

    def __init__(self, folder: Path, rng: Random) -> None:
        self._rng = rng
        self._hub = HubProcess(folder / "hub")
        self._database = self._hub.directory.database
        self._members = [Life("tests.crash.speaker", folder / name) for name in MEMBERS]
        self._robot = Life("tests.crash.answerer", folder / ROBOT)
        self._clients = [*self._members, self._robot]
        self.outcome = Outcome()

    async def run(self, kills: int) -> Outcome:
        """Kill so often, then let all come to rest, and compare."""
        await self._hub.start()
        try:
            await self._begin()
            told = time.monotonic()
            for _ in range(kills):
                await self._kill()
                if time.monotonic() - told > 20:
                    told = time.monotonic()
                    self._tell()
            await self._settle()
        finally:
            for life in self._clients:
                await life.kill()
            if self._hub.running:
                await self._hub.kill()
        self._compare()
        return self.outcome

    def _tell(self) -> None:
        out = self.outcome
        events = sum(seq for seq, _ in hub_heads(self._database).values())
        print(f"{out.hub_kills} hub kills, {out.client_kills} client kills, {events} events")
        sys.stdout.flush()

    async def _begin(self) -> None:
        first = parse(self._hub.directory.owner_link.read_text())
        for life in self._clients:
            link = first if life is self._clients[0] else await self._hub.invite()
            _join(life.directory, link)
            await life.start()
            await until(_in(life.directory), SETTLE_SECONDS)
        given = {"handle": ROBOT, "role": "bot"}
        await asyncio.to_thread(ask, self._hub.directory.control, "role", given)
        for life in self._members:
            (life.directory / TALK).touch()

    async def _kill(self) -> None:
        rng, out = self._rng, self.outcome
        await asyncio.sleep(rng.random() * BREAK_SECONDS_MAX)
        for life in self._clients:
            if not life.lives:
                await life.start()
            elif rng.random() < CLIENT_DIES:
                await life.kill()
                out.client_kills += 1
        await self._hub.kill()
        out.hub_kills += 1
        await self._hub.start()

    async def _settle(self) -> None:
        for life in self._members:
            (life.directory / TALK).unlink()
        for life in self._clients:
            if not life.lives:
                await life.start()
        try:
            await until(self._is_settled, SETTLE_SECONDS)
        except AssertionError:
            self.outcome.broken.append(f"no rest within {SETTLE_SECONDS:.0f} s")

    def _is_settled(self) -> bool:
        heads = hub_heads(self._database)
        for life in self._clients:
            found = left(life.directory)
            if found is None or found.waiting or not _equal(found.heads, heads):
                return False
        posts = Counter(hub_posts(self._database))
        return all(posts[f"echo {text.removeprefix('!echo ')}"] for text in _asked(posts))

    def _compare(self) -> None:
        out = self.outcome
        posts = Counter(hub_posts(self._database))
        out.events = sum(seq for seq, _ in hub_heads(self._database).values())
        for life in self._members:
            ledger = lines(life.directory)
            said = [text for what, text in ledger if what == SAID]
            saying = {text for what, text in ledger if what == SAYING}
            out.said += len(said)
            out.broken += [f"lost: {text}" for text in said if not posts[text]]
            mine = [text for text in posts if life.directory.name in text.split()[-2:]]
            ours = [text for text in mine if not text.startswith("echo ")]
            out.broken += [f"nobody said: {text}" for text in ours if text not in saying]
        out.broken += [f"{count} times: {text}" for text, count in posts.items() if count > 1]
        asked = _asked(posts)
        out.answered = sum(text.startswith("echo ") for text in posts)
        if out.answered != len(asked):
            out.broken.append(f"{len(asked)} asked, {out.answered} answered")
        heads = hub_heads(self._database)
        for life in self._clients:
            found = left(life.directory)
            assert found is not None
            name = life.directory.name
            out.broken += [f"{name}: refused, {code}" for code in found.refused]
            if found.waiting or not _equal(found.heads, heads):
                out.broken.append(f"{name}: its replica is not the hub's log")
        if hub_epochs(self._database) != 1:
            out.broken.append("the hub began a new epoch")
        sound = check(self._hub.directory)
        out.broken += [] if sound["sound"] else [f"hub check: {sound['problems']}"]


def _join(directory: Path, link: InviteLink) -> None:
    keyring.save(Profile(directory), found(link, directory.name, int(time.time())))


def _in(directory: Path) -> Callable[[], bool]:
    """Has the owner of this profile joined a channel?"""

    def joined() -> bool:
        found = left(directory)
        return found is not None and any(stream[:2] == b"c:" for stream in found.heads)

    return joined


def _equal(replica: Heads, hub: Heads) -> bool:
    return all(hub.get(stream) == head for stream, head in replica.items())


def _asked(posts: Counter[str]) -> list[str]:
    return [text for text in posts if text.startswith("!echo ")]


def main() -> int:
    """As many kills as were asked for."""
    parser = ArgumentParser(prog="make kill")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    begun = time.monotonic()
    with TemporaryDirectory() as folder:
        out = asyncio.run(Campaign(Path(folder), Random(given.seed)).run(given.kills))
    print(
        f"seed {given.seed}: {out.hub_kills} hub kills and {out.client_kills} client kills in "
        f"{time.monotonic() - begun:.0f} s; {out.said} messages promised, {out.answered} answers "
        f"of the bot, {out.events} events in the log, {len(out.broken)} promises broken"
    )
    for line in out.broken[:20]:
        print(line)
    return 1 if out.broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
