"""Faults stop and everybody connects: within bounds all must come to rest (liveness)."""

from typing import Final

from hobnob_protocol.errors import StoreFull
from hobnob_sync.client_engine.inputs import Inspect
from tests.simulation import faults, invariants
from tests.simulation.clienthost import ClientHost, Crashed
from tests.simulation.network import count
from tests.simulation.violation import Violation
from tests.simulation.world import World

RECONNECTS_MAX: Final = 6
CALM_SECONDS_MAX: Final = 60


def settle(world: World) -> None:
    """Faults stop and everybody connects: within bounds all must come to rest."""
    faults.disarm(world)
    for host in world.clients:
        if host.name in world.rotten:
            for stream in list(host.engine.state.streams):
                _calm_step(host, world, stream)
    _catch_up(world)
    for nth in range(RECONNECTS_MAX):
        for host in world.clients:
            world.connect(host)
        for _ in range(CALM_SECONDS_MAX // RECONNECTS_MAX):
            world.calm_down()
            world.pass_time(1_000)
            for host in world.clients:
                world.connect(host)
        world.calm_down()
        if nth < RECONNECTS_MAX - 1:
            for host in world.clients:
                world.cut(host)
    world.calm_down()


def _catch_up(world: World) -> None:
    """L3: whoever is connected comes abreast by itself, without a reconnect."""
    for _ in range(CALM_SECONDS_MAX):
        world.calm_down()
        world.pass_time(1_000)
    world.calm_down()
    hub = world.hub.engine.state
    for host in world.clients:
        if host.link is None or host.rogue or host.tampered:
            continue
        if not host.link.faulty:
            invariants.check_abreast(host, hub)
            count(world.seen, "abreast without a reconnect")


def _calm_step(host: ClientHost, world: World, stream: bytes) -> None:
    try:
        host.step(Inspect(stream), world.now_ms)  # type: ignore[arg-type]  # it is a stream
    except (Crashed, StoreFull) as broken:
        raise Violation("a disarmed store failed") from broken
    host.flush()
