"""What befalls a world besides its links: crashes, copies, absence, clocks, bad cursors."""

from dataclasses import replace
from typing import Any, Final, cast

from hobnob_protocol.ids import Head
from hobnob_protocol.registry import STANDARD
from tests.simulation import founding, stores
from tests.simulation.clienthost import ClientHost, Perils
from tests.simulation.hubhost import HubPerils
from tests.simulation.network import count
from tests.simulation.world import World

DAY_MS: Final = 86_400_000
STALL_MS: Final = 600_000
FOR_EVER_MS: Final = 1 << 50
ABSENCES_DAYS: Final = (30, 400)


def arm(world: World) -> None:
    """Let the stores fail from now on."""
    swarm = world.swarm
    for host in world.clients:
        host.perils = Perils(swarm.client_crash / 2, swarm.client_crash / 2, swarm.client_full)
    world.hub.busy = swarm.busy
    world.hub.perils = HubPerils(swarm.hub_crash / 2, swarm.hub_crash / 2, swarm.hub_full)


def disarm(world: World) -> None:
    """No more failing stores and links; whoever is away comes back."""
    for host in list(world.clients):
        host.perils = Perils()
        if host.away_ms:
            come_back(world, host)
    world.hub.perils = HubPerils()
    world.hub.busy = 0.0
    world.half_open.forget()
    for link, _ in world.links.values():
        link.up.open_at_ms = link.down.open_at_ms = 0


def clock_jump(world: World) -> None:
    """Somebody's clock jumps by up to ten years."""
    host = world.rng.choice(world.clients)
    host.clock_off_ms = world.rng.choice((-1, 1)) * world.rng.randrange(315_576_000_000)
    count(world.seen, "clock jumped")


def roll_back(world: World) -> None:
    """A replica's file is put back from an older copy, or a copy is kept for later."""
    host = world.rng.choice(world.clients)
    kept = world.copies.get(host.name)
    if kept is None:
        world.copies[host.name] = stores.snapshot(host.store)
        return
    world.cut(host)
    waiting = [row.event_id for row in host.engine.state.outbox.values()]
    stores.restore(host.store, world.copies.pop(host.name))
    host.reboot()
    for event in waiting:
        # What was said since the copy, and never sent, is nowhere any more.
        host.lost[event] = None
    host.losses += 1
    host.rolled_back = True
    world.hub.oracle.ordered = False
    count(world.seen, "replica rolled back")


def upgrade(world: World) -> None:
    """A client starts anew in a newer version."""
    host = world.rng.choice(world.clients)
    if host.registry is STANDARD:
        return
    world.cut(host)
    host.registry = STANDARD
    host.reboot()
    count(world.seen, "client upgraded")


def clone(world: World) -> None:
    """Somebody copies a whole profile to a second machine, and both go on."""
    host = world.rng.choice(world.clients)
    if any(other.twin is not None for other in world.clients) or host.tampered:
        return
    founding.clone(world, host)
    world.hub.oracle.ordered = False
    count(world.seen, "profile copied")


def stall(world: World) -> None:
    """Somebody stops reading for minutes, while all others go on."""
    host = world.rng.choice(world.clients)
    if host.link is not None:
        down = host.link.down
        down.open_at_ms = max(down.open_at_ms, world.now_ms + STALL_MS)
        count(world.seen, "reader stalled")


def half_open(world: World) -> None:
    """A link dies and one end does not hear of it, or it goes on in one direction only."""
    host = world.rng.choice(world.clients)
    link = host.link
    if link is None:
        return
    if world.rng.random() < 0.3:
        world.vanish(host)
        count(world.seen, "link vanished")
        return
    direction = world.rng.choice((link.up, link.down))
    direction.open_at_ms = FOR_EVER_MS
    world.half_open.begin(link, world.now_ms)
    count(world.seen, "link one-way")


def depart(world: World) -> None:
    """Somebody is away from every network for a month or a year; or comes back from there."""
    host = world.rng.choice(world.clients)
    if host.away_ms:
        come_back(world, host)
    elif not any(other.away_ms for other in world.clients):
        world.cut(host)
        host.away_ms = world.rng.choice(ABSENCES_DAYS) * DAY_MS


def come_back(world: World, host: ClientHost) -> None:
    """The whole absence passes, and somebody connects again."""
    away_ms, host.away_ms = host.away_ms, 0
    world.pass_time(away_ms)
    world.connect(host)
    count(world.seen, f"back after {away_ms // DAY_MS} days offline")


def poison(world: World) -> None:
    """A replica's record of where it stands goes bad: to resume there can never succeed."""
    host = world.rng.choice(world.clients)
    store = cast("Any", host.store)
    rows = [row for row in store.streams.values() if row.hi >= row.lo]
    if not rows:
        return
    row = world.rng.choice(rows)
    world.cut(host)
    store.streams[row.stream] = replace(row, head=Head(world.rng.randbytes(32)))
    host.reboot()
    world.rotten[host.name] = None
    host.tampered = True
    host.losses += 1
    count(world.seen, "cursor poisoned")
