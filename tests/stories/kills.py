"""The hub is killed again and again while members post, come and go: nothing acknowledged is lost.

`python -m tests.stories.kills --kills 200 --seed 1` prints what happened; the suite tells a short
one.
"""

import argparse
import asyncio
import random
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hobnob_protocol.ids import EventId
from tests.stories.client import Client
from tests.stories.process import HubProcess, hub_process
from tests.stories.waiting import until

MEMBERS = ("olga", "bob", "carol")
POSTS_MAX = 12
"""Posts between two kills."""
PAUSE_SECONDS = 0.3
"""A kill comes within this time after the posts: before, in and after their commits."""


@dataclass(slots=True)
class Tally:
    """What was done, and what came of it."""

    kills: int = 0
    restarts: int = 0
    posts: int = 0
    acknowledged: int = 0
    """Known to their authors as in the log when the hub died."""
    lost: list[EventId] = field(default_factory=list[EventId])
    doubled: int = 0
    differing: int = 0
    """Replicas that are not equal to the first at the end."""

    @property
    def holds(self) -> bool:
        """Was every promise kept?"""
        return not (self.lost or self.doubled or self.differing)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.restarts} clients cut, {self.posts} posts, "
            f"{self.acknowledged} acknowledged before a kill: {len(self.lost)} lost, "
            f"{self.doubled} doubled, {self.differing} replicas differ"
        )


async def campaign(path: Path, kills: int, rng: random.Random) -> Tally:
    """So many kills of one hub, at random moments."""
    tally = Tally()
    async with hub_process(path) as hub:
        clients = [await hub.owner(MEMBERS[0])]
        clients += [await hub.member(name) for name in MEMBERS[1:]]
        await until(lambda: all("general" in client.channels() for client in clients))
        said: list[EventId] = []
        safe: dict[EventId, None] = {}
        for _ in range(kills):
            await _talk(clients, said, rng, tally)
            await asyncio.sleep(rng.random() * PAUSE_SECONDS)
            safe.update(dict.fromkeys(_acknowledged(clients, said)))
            await hub.kill()
            tally.kills += 1
            await _come_back(hub, clients)
        await until(lambda: all(client.settled for client in clients))
        await until(lambda: all(len(client.texts()) >= len(said) for client in clients))
        _judge(clients, said, safe, tally)
    return tally


async def _talk(
    clients: list[Client], said: list[EventId], rng: random.Random, tally: Tally
) -> None:
    for _ in range(rng.randrange(1, POSTS_MAX)):
        client = rng.choice(clients)
        tally.posts += 1
        said.append(client.post(f"post {tally.posts}"))
        if rng.random() < 0.3:
            await asyncio.sleep(rng.random() * PAUSE_SECONDS / POSTS_MAX)
        if rng.random() < 0.1:
            tally.restarts += 1
            await client.leave()
            await client.connect()


async def _come_back(hub: HubProcess, clients: list[Client]) -> None:
    await hub.start()
    for client in clients:
        await client.connect()


def _acknowledged(clients: list[Client], said: list[EventId]) -> list[EventId]:
    """What its author knows to be in the log: no more in its outbox, or answered there."""
    waiting = {
        row.event_id
        for client in clients
        for row in client.engine.state.outbox.values()
        if row.state == "queued"
    }
    return [event for event in said if event not in waiting]


def _judge(
    clients: list[Client], said: list[EventId], safe: dict[EventId, None], tally: Tally
) -> None:
    held = clients[0].events(clients[0].channel("general"))
    tally.acknowledged = len(safe)
    tally.lost = [event for event in said if event not in held]
    texts = clients[0].texts()
    tally.doubled = len(texts) - len(set(texts))
    heads = [client.heads() for client in clients]
    shared = set(heads[0]).intersection(*heads[1:])
    tally.differing = sum(
        any(found[stream] != heads[0][stream] for stream in shared) for found in heads[1:]
    )


def main() -> int:
    """The long form."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--kills", type=int, default=200)
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as place:
        tally = asyncio.run(campaign(Path(place) / "hub", given.kills, random.Random(given.seed)))
    print(f"seed {given.seed}: {tally}")
    return 0 if tally.holds else 1


if __name__ == "__main__":
    raise SystemExit(main())
