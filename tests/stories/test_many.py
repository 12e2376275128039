"""What is said to many reaches each of them, by whatever way their hub's system lets it write."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from hobnob_server.limits import RING_SOCKETS_MIN
from hobnob_server.ring import Ring
from tests.stories.hub import running
from tests.stories.waiting import until

MANY = RING_SOCKETS_MIN + 3


def refused() -> Ring:
    """A system that forbids it, as containers do."""
    raise PermissionError(1, "Operation not permitted")


@pytest.mark.parametrize("open_ring", [Ring, refused], ids=["together", "one by one"])
def test_many_hear_what_is_said_once_and_in_order(
    tmp_path: Path, open_ring: Callable[[], Ring]
) -> None:
    """Those who stay, and who speaks; some go in between."""

    async def story() -> None:
        hub_of_many = running(
            tmp_path / "hub", open_ring=open_ring, connections_per_address=MANY + 20
        )
        async with hub_of_many as hub:
            if open_ring is Ring and not hub.app.writes.together:
                pytest.skip("no io_uring here")
            olga = await hub.owner()
            others = await asyncio.gather(*(hub.member(f"member{nth}") for nth in range(MANY)))
            everybody = [olga, *others]
            await until(lambda: all("general" in each.channels() for each in everybody))
            said = ["one", "two", "three"]
            olga.post(said[0])
            others[0].post(said[1])
            await until(lambda: all(len(each.texts()) == 2 for each in everybody))
            leaver = others.pop()
            await leaver.leave()
            await until(lambda: hub.app.board.count == MANY)
            olga.post(said[2])
            staying = [olga, *others]
            await until(lambda: all(len(each.texts()) == 3 for each in staying))
            assert {tuple(sorted(each.texts())) for each in staying} == {tuple(sorted(said))}
            assert len({tuple(each.texts()) for each in staying}) == 1
            assert hub.app.writes.together is (open_ring is Ring)

    asyncio.run(story())
