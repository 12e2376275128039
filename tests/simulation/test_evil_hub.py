"""No lie of a hub outlives the first honest event that crosses over."""

from typing import Final

import pytest

from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.messages import Post
from tests.simulation import founding
from tests.simulation.evil import LIVE, Liar, Script
from tests.simulation.world import World

REST_MS: Final = 20_000
"""So long nobody is asked for patience any more, whatever they said before."""


def seeds_with_company() -> list[int]:
    """Seeds whose worlds hold at least three members."""
    return [seed for seed in range(40) if founding.new_world(seed).swarm.members >= 3][:6]


def channel(world: World) -> StreamId:
    """The channel everybody is in."""
    streams = world.clients[0].engine.state.streams
    return next(stream for stream in streams if stream[:2] == b"c:")


def talk(world: World, who: int) -> None:
    """Somebody says something, and everybody hears what the hub lets them hear."""
    world.pass_time(REST_MS)
    world.compose(world.clients[who], "post", channel(world), Post("hello"))
    world.calm_down()


@pytest.mark.parametrize("script", LIVE.values(), ids=LIVE)
@pytest.mark.parametrize("seed", seeds_with_company())
def test_a_lie_is_noticed_at_the_first_event_that_crosses_over(seed: int, script: Script) -> None:
    """The victim raises the alarm as soon as it hears somebody who saw the truth."""
    world = founding.new_world(seed)
    for who in (0, 1, 2):
        talk(world, who)
    victim = world.clients[2]
    assert victim.link is not None
    liar = Liar(world.hub, victim.link.number, channel(world), script)
    for who in (0, 1, 0, 1):
        talk(world, who)
    assert liar.lied
    assert victim.alarms
    assert not world.clients[0].alarms
    assert not world.clients[1].alarms


@pytest.mark.parametrize("seed", seeds_with_company())
def test_an_honest_hub_is_not_accused(seed: int) -> None:
    """The same talk without the lie raises nothing."""
    world = founding.new_world(seed)
    for who in (0, 1, 2, 0, 1, 0, 1):
        talk(world, who)
    assert [alarm for host in world.clients for alarm in host.alarms] == []
