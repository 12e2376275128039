"""Somebody begins anew at the end, on a new machine with nothing but the key: all of the past that
they may see comes back, it is what the others hold, and nothing in it accuses an honest hub."""

from typing import Final

from hobnob_sync.client_engine.inputs import Backfill
from tests.simulation import invariants, stores
from tests.simulation.clienthost import ClientHost
from tests.simulation.network import count
from tests.simulation.violation import Violation
from tests.simulation.world import World

SHARE: Final = 0.5
"""How often it comes to that where the hub's log never went another way; else it always does."""
BACKFILLS_MAX: Final = 50
"""So many pages of history a stream of one seed may have."""


def arrive(world: World) -> None:
    """Let one member begin anew, judge what it is given, and take the old machine out again."""
    if not world.restores and world.rng.random() >= SHARE:
        return
    hosts = [host for host in world.clients if world.admits(host) and host.join is None]
    if not hosts or world.hub.engine.state.recovering:
        return
    host = world.rng.choice(hosts)
    # A device put back from an older copy has said in its log what another history showed it.
    judged = not any(
        other.tampered or other.rolled_back or other.twin is not None for other in world.clients
    )
    raised = len(host.alarms)
    kept = stores.snapshot(host.store)
    begin_anew(world, host)
    _read_all(world, host)
    hub, store = world.hub.engine.state, world.hub.store
    invariants.check_rest(host, hub)
    invariants.check_replica(host, hub, store)
    invariants.check_fold(host, store, hub)
    alarms = host.alarms[raised:]
    if alarms and judged:
        raise Violation(f"S20 {host.name}: the past itself, {alarms[0].reason}, raised the alarm")
    count(world.seen, "begun anew after a restore" if world.restores else "begun anew")
    del host.alarms[raised:]
    _begin_with(world, host, kept)


def begin_anew(world: World, host: ClientHost) -> None:
    """An empty file takes the place of the replica, and its device logs in."""
    # It does not know any more how much it has said.
    world.hub.oracle.ordered = False
    _begin_with(world, host, stores.snapshot(world.stores.replica()))


def _begin_with(world: World, host: ClientHost, kept: object) -> None:
    world.cut(host)
    stores.restore(host.store, kept)
    host.reboot()
    world.connect(host)
    world.calm_down()


def _read_all(world: World, host: ClientHost) -> None:
    """Ask for history until there is no more."""
    for _ in range(BACKFILLS_MAX):
        rows = host.engine.state.streams
        older = [stream for stream, row in rows.items() if row.lo > row.floor + 1]
        if not older:
            return
        for stream in older:
            host.step(Backfill(stream), world.now_ms)
            host.flush()
        world.calm_down()
    raise Violation(f"L2 {host.name}: history never ends")
