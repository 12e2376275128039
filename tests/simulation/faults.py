"""What befalls a world besides its links: crashes, restores, copies, rot, clocks."""

from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import EventId, StreamId
from hobnob_protocol.kind import Signer
from hobnob_protocol.registry import STANDARD
from hobnob_sync.hub_engine.inputs import Tick
from tests.simulation import stores
from tests.simulation.clienthost import ClientHost, Perils
from tests.simulation.hubhost import HubPerils
from tests.simulation.network import count
from tests.simulation.world import World


def arm(world: World) -> None:
    """Let the stores fail from now on."""
    swarm = world.swarm
    for host in world.clients:
        host.perils = Perils(swarm.client_crash / 2, swarm.client_crash / 2, swarm.client_full)
    world.hub.busy = swarm.busy
    world.hub.perils = HubPerils(swarm.hub_crash / 2, swarm.hub_crash / 2, swarm.hub_full)


def disarm(world: World) -> None:
    """No more failing stores."""
    for host in world.clients:
        host.perils = Perils()
    world.hub.perils = HubPerils()
    world.hub.busy = 0.0


class Backups:
    """The hub's backup, and what replicas held when it was restored."""

    def __init__(self) -> None:
        self.taken: object | None = None
        self.held: dict[EventId, list[tuple[ClientHost, StreamId, bytes, int]]] = {}

    def take(self, world: World) -> None:
        """Copy the hub's store."""
        self.taken = stores.snapshot(world.hub.store)
        count(world.seen, "hub backup")

    def restore(self, world: World) -> None:
        """The hub comes back as it was at the backup, and begins a new epoch."""
        store = world.hub.store
        before = world.hub.engine.state
        heads = {stream: row.seq for stream, row in before.streams.items()}
        for host in world.clients:
            world.links.pop(host.link.number, None) if host.link is not None else None
            host.step_unlinked(world.now_ms)
        stores.restore(store, self.taken)
        stores.mark_restored(store)
        world.hub.oracle.remember()
        perils, world.hub.perils = world.hub.perils, HubPerils()
        world.hub.reboot(world.now_ms)
        world.hub.step([Tick()], world.now_ms)
        world.hub.perils = perils
        world.restores += 1
        count(world.seen, "hub restored")
        self._remember(world, heads, before.lineage[-1].epoch)

    def _remember(self, world: World, heads: dict[StreamId, int], old_epoch: bytes) -> None:
        """S19: what a replica holds beyond the backup, under a grant that still stands."""
        after = world.hub.engine.state
        for host in world.clients:
            state = host.engine.state
            if state.epoch != old_epoch or host.tampered:
                continue
            held = after.held(host.author.account)
            for row in state.streams.values():
                theirs = after.streams.get(row.stream)
                grant = held.get(row.stream)
                if theirs is None or grant is None or grant.grant != row.grant:
                    continue
                for entry in stores.entries_of(host.store, row.stream, theirs.seq + 1):
                    if _counts(entry.event):
                        mark = (host, row.stream, bytes(row.grant), len(host.purges))
                        self.held.setdefault(entry.event_id, []).append(mark)


def _counts(data: bytes) -> bool:
    event = decode_event(data)
    kind = STANDARD.get(event.header.kind)
    return not event.is_stub and kind is not None and kind.signer is not Signer.HUB


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
    stores.restore(host.store, world.copies.pop(host.name))
    host.reboot()
    host.tampered = True
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
    world.clone(host)
    count(world.seen, "profile copied")


def stall(world: World) -> None:
    """Somebody stops reading for minutes, while all others go on."""
    host = world.rng.choice(world.clients)
    if host.link is not None:
        host.link.down.open_at_ms = world.now_ms + 600_000
        count(world.seen, "reader stalled")
