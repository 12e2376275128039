"""One more loss, at the end of some seeds: the hub comes back without the members it took in last,
and those who lead the community, who are heard first, have never seen them either."""

from typing import Final

from tests.simulation import founding, reckoning, settling
from tests.simulation.clienthost import ClientHost
from tests.simulation.network import count
from tests.simulation.restores import Backups
from tests.simulation.violation import Violation
from tests.simulation.world import World

SHARE: Final = 0.2
"""How often it comes to that."""
LOST: Final = 3
"""So many join after the backup: what the hub says of the last is later than all it says anew."""
ANEW: Final = 2
"""So many join the hub that came back, before anybody shows it whom it has lost."""


def lose_newcomers(world: World) -> None:
    """Lose newcomers whom only plain members have met, and judge the world that comes of it."""
    if not world.swarm.restores or world.rng.random() >= SHARE:
        return
    hub = world.hub.engine.state
    leading = [host for host in world.clients if hub.role(host.author.account) != "member"]
    if any(host.tampered for host in world.clients) or not leading:
        return
    backups = Backups()
    backups.take(world)
    plain = [host for host in world.clients if host not in leading]
    for host in leading:
        world.cut(host)
    lost = [_joins(world) for _ in range(LOST)]
    backups.restore(world)
    for host in leading:
        world.connect(host)
    world.calm_down()
    for _ in range(ANEW):
        _joins(world)
    for host in (*plain, *lost):
        world.connect(host)
        world.calm_down()
    settling.settle(world)
    copied = any(host.rolled_back or host.twin is not None for host in world.clients)
    for host in world.clients:
        if host.alarms and not host.rogue and not copied:
            raise Violation(f"S20 {host.name}: a false alarm, {host.alarms[0].reason}")
    reckoning.final(world, backups)
    count(world.seen, "newcomers lost whom only members had met")


def _joins(world: World) -> ClientHost:
    """Somebody comes in and hears all there is."""
    host = founding.member(world, len(world.clients), founding.an_invite(world))
    world.connect(host)
    world.calm_down()
    return host
