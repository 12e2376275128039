"""The hub comes back from a backup: told of it, or fenced by the checkpoint a client shows."""

from typing import Final

from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import EventId, StreamId
from hobnob_protocol.kind import Signer
from hobnob_protocol.kinds.claims import Claim
from hobnob_protocol.registry import STANDARD
from hobnob_sync.hub_engine.effects import MODERATES
from hobnob_sync.hub_engine.inputs import Tick
from hobnob_sync.ports import HubTransaction
from tests.simulation import stores
from tests.simulation.clienthost import ClientHost
from tests.simulation.hubhost import HubPerils
from tests.simulation.network import CALM, count
from tests.simulation.violation import Violation
from tests.simulation.world import World

FRAMES_MAX: Final = 200
"""So many frames a lone client may need to show the hub what it has signed."""


class Mark:
    """One replica that held an event beyond the backup: the right by which it did, and what it had
    purged and lost until then."""

    def __init__(self, host: ClientHost, stream: StreamId, grant: bytes) -> None:
        self.host = host
        self.stream = stream
        self.grant = grant
        self.purges = len(host.purges)
        self.losses = host.losses

    def stands(self) -> bool:
        """Has the replica kept it, as far as it was asked to?"""
        host = self.host
        return host.losses == self.losses and self.stream not in host.purges[self.purges :]


class Backups:
    """The hub's backup, and what replicas held when it was restored."""

    def __init__(self) -> None:
        self.taken: object | None = None
        self.closing = False
        """Has a channel been archived for the restore that comes next?"""
        self.held: dict[EventId, list[Mark]] = {}

    def take(self, world: World) -> None:
        """Copy the hub's store."""
        self.taken = stores.snapshot(world.hub.store)
        count(world.seen, "hub backup")

    def restore(self, world: World) -> None:
        """The hub comes back as it was at the backup, and begins a new epoch."""
        before = world.hub.engine.state
        heads = {stream: row.seq for stream, row in before.streams.items()}
        old_epoch = before.lineage[-1].epoch
        for host in world.clients:
            world.cut(host)
        self._put_back(world)
        perils, world.hub.perils = world.hub.perils, HubPerils()
        witness = _witness(world, old_epoch) if world.rng.random() < 0.5 else None
        if witness is not None:
            _show(world, witness, old_epoch)
        else:
            stores.mark_restored(world.hub.store)
            world.hub.reboot(world.now_ms)
            world.hub.step([Tick()], world.now_ms)
        world.hub.perils = perils
        world.restores += 1
        count(world.seen, "hub restored")
        self._remember(world, heads, old_epoch)

    def _put_back(self, world: World) -> None:
        """The backup, and the list of what was erased, which is kept apart from it."""
        store = world.hub.store
        stores.restore(store, self.taken)
        gone = [event for event in world.hub.oracle.erased if not stores.holds(store, event)]
        if gone:
            store.commit(HubTransaction(erased=gone))
        world.hub.oracle.remember()
        world.hub.reboot(world.now_ms)

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
                        mark = Mark(host, row.stream, row.grant)
                        self.held.setdefault(entry.event_id, []).append(mark)


def _counts(data: bytes) -> bool:
    event = decode_event(data)
    kind = STANDARD.get(event.header.kind)
    if event.is_stub or kind is None:
        return False
    return kind.signer is not Signer.HUB or kind.body is Claim


def _witness(world: World, epoch: bytes) -> ClientHost | None:
    """Somebody who may come in and holds a checkpoint that the hub has lost. One of an epoch that
    the hub has lost as a whole tells it nothing: that is for its operator to see."""
    hub = world.hub.engine.state
    if hub.epoch != epoch:
        return None
    for host in world.clients:
        state = host.engine.state
        known = hub.accounts.is_active(host.author.device) and not hub.banned(host.author.account)
        if host.away_ms or host.tampered or state.epoch != epoch or not known or host.join:
            continue
        if hub.recovering and hub.role(host.author.account) not in MODERATES:
            # The backup is of a hub that was waiting for somebody else.
            continue
        held = hub.held(host.author.account)
        for stream, shown in state.checkpoints.items():
            lost = stream in held and shown.seq > hub.streams[stream].seq
            if lost and shown.epoch == epoch:
                return host
    return None


def _show(world: World, host: ClientHost, epoch: bytes) -> None:
    """Nobody has told the hub; the checkpoint a client shows must fence it (row 21)."""
    perils, host.perils = host.perils, type(host.perils)()
    world.connect(host)
    for _ in range(FRAMES_MAX):
        if world.hub.engine.state.epoch != epoch:
            break
        if not world.deliver(CALM, calm=True):
            world.hub.tick(world.now_ms)
    host.perils = perils
    if world.hub.engine.state.epoch == epoch:
        raise Violation(f"row 21: {host.name} has shown what the hub lost, and it goes on")
    count(world.seen, "hub fenced by a checkpoint")
