"""A whole run of one seed: unrest, then calm, then the reckoning."""

from collections.abc import Callable, Iterable
from random import Random
from typing import Final

from hobnob_sync.client_engine.inputs import Backfill, Inspect, VerifySome
from tests.simulation import (
    aftermath,
    bounds,
    epilogue,
    faults,
    founding,
    invariants,
    latecomer,
    oracle_records,
    reckoning,
    recording,
    restart,
    rogue,
    rot,
    settling,
    showing,
    speaking,
)
from tests.simulation.hubhost import HubPerils
from tests.simulation.network import count
from tests.simulation.restores import Backups
from tests.simulation.schedule import DELIVER, Schedule, draw_actions, draw_again
from tests.simulation.signatures import KEYED, Signatures
from tests.simulation.stores import Stores, holds
from tests.simulation.violation import Violation
from tests.simulation.world import World

CHECK_EVERY_STEPS: Final = 50
RESTART_EVERY_CHECKS: Final = 4
NEWCOMER_SHARE: Final = 0.3
"""How often somebody joins who is not in the backup, or is the first to come after a restore."""
CLOSING_SHARE: Final = 0.2
"""How often a channel is archived between a backup and its restore."""


def run(
    seed: int,
    steps: int,
    stores: Stores,
    seen: dict[str, int],
    signatures: Signatures = KEYED,
) -> str:
    """Run one seed; its trace as hexadecimal, Violation when a promise is broken."""
    world = founding.new_world(seed, stores, seen, signatures)
    menu = _menu(world, backups := Backups())
    rates = {name: rate for name, (rate, _) in menu.items() if rate}
    actions = draw_actions(world.rng, seed, steps, rates)
    return _play(world, menu, backups, actions, CHECK_EVERY_STEPS)


def replay(schedule: Schedule, stores: Stores, seen: dict[str, int]) -> str:
    """Run what was scheduled, and check after each action; as `run` otherwise."""
    world = founding.new_world(schedule.seed, stores, seen, habits=schedule.habits)
    menu = _menu(world, backups := Backups())
    actions = draw_again(world.rng, schedule.seed, schedule.actions)
    return _play(world, menu, backups, actions, 1)


def schedule_of(seed: int, steps: int, stores: Stores) -> Schedule:
    """What `run` would do, as a value."""
    world = founding.new_world(seed, stores)
    rates = {name: rate for name, (rate, _) in _menu(world, Backups()).items() if rate}
    actions = draw_actions(Random(), seed, steps, rates)
    return Schedule(seed, world.habits, tuple(actions))


Menu = dict[str, tuple[float, Callable[[], object]]]
"""Each action by its name: how often it comes, and what it does."""


def _play(
    world: World,
    menu: Menu,
    backups: Backups,
    actions: Iterable[tuple[int, str]],
    check_every: int,
) -> str:
    faults.arm(world)
    for done, (_, name) in enumerate(actions, 1):
        menu[name][1]()
        if done % check_every == 0:
            check(world)
        if done % (RESTART_EVERY_CHECKS * check_every) == 0:
            check_restart(world)
    world.rng.seed(world.seed)
    settling.settle(world)
    check(world)
    check_restart(world)
    reckoning.final(world, backups)
    latecomer.arrive(world)
    aftermath.lose_newcomers(world)
    epilogue.turn_evil(world)
    return world.trace.hexdigest()


def _menu(world: World, backups: Backups) -> Menu:
    """The rare actions, saying and connecting, and what happens when none of them does."""
    swarm = world.swarm
    return {
        "say": (swarm.say, lambda: speaking.say(world)),
        "connect": (swarm.connect, lambda: world.connect(world.rng.choice(world.clients))),
        "cut": (swarm.noise.cut, lambda: world.cut(world.rng.choice(world.clients))),
        "pass time": (0.03, lambda: _pass_time(world)),
        "backfill": (swarm.backfill, lambda: _wish(world, "backfill")),
        "verify": (0.01, lambda: _wish(world, "verify")),
        "inspect": (0.003, lambda: _wish(world, "inspect")),
        "newcomer": (swarm.newcomer, lambda: _newcomer(world)),
        "clock jump": (swarm.clock_jump, lambda: faults.clock_jump(world)),
        "rot": (swarm.rot if world.stores.rot else 0.0, lambda: rot.rot(world)),
        "roll back": (swarm.roll_back, lambda: faults.roll_back(world)),
        "clone": (swarm.clone, lambda: faults.clone(world)),
        "stall": (swarm.stall, lambda: faults.stall(world)),
        "half-open": (swarm.half_open, lambda: faults.half_open(world)),
        "depart": (swarm.depart, lambda: faults.depart(world)),
        "poison": (
            swarm.poison if world.stores.rot else 0.0,
            lambda: faults.poison(world),
        ),
        "record": (0.005, lambda: recording.record_or_ask(world)),
        "rogue": (swarm.rogue, lambda: rogue.rogue(world)),
        "tidy": (0.002, lambda: speaking.tidy(world)),
        "upgrade": (0.001 if swarm.old_versions else 0.0, lambda: faults.upgrade(world)),
        "back up or restore": (
            swarm.restore if swarm.restores else 0.0,
            lambda: _back_up_or_restore(world, backups),
        ),
        DELIVER: (0.0, lambda: _deliver(world)),
    }


def _deliver(world: World) -> None:
    """A frame arrives; where none is under way, time passes."""
    if not world.deliver(world.swarm.noise):
        _pass_time(world)


def _pass_time(world: World) -> None:
    rng = world.rng
    ms = rng.choice((5, 50, 500, 3_000))
    if rng.random() < 0.02:
        ms = rng.choice((30_000, 120_000, 2_592_000_000))
        count(world.seen, "long silence")
    world.pass_time(ms)


def _newcomer(world: World) -> None:
    perils, world.hub.perils = world.hub.perils, HubPerils()
    founding.newcomer(world)
    world.hub.perils = perils


def _wish(world: World, what: str) -> None:
    """Somebody's client asks for history, checks signatures, or checks itself."""
    host = world.rng.choice(world.clients)
    streams = list(host.engine.state.streams)
    if what == "verify":
        world.guard_client(host, lambda: host.step(VerifySome(20), world.now_ms))
    elif streams:
        rows = host.engine.state.streams
        older = [stream for stream in streams if rows[stream].lo > rows[stream].floor + 1]
        if what == "backfill" and older:
            streams = older
        stream = world.rng.choice(streams)
        wish = Backfill(stream) if what == "backfill" else Inspect(stream)
        world.guard_client(host, lambda: host.step(wish, world.now_ms))
        host.flush()


def _back_up_or_restore(world: World, backups: Backups) -> None:
    if backups.taken is None:
        backups.take(world)
        if world.rng.random() < NEWCOMER_SHARE:
            _newcomer(world)
    elif world.restores < world.swarm.restores:
        if not backups.closing and world.rng.random() < CLOSING_SHARE:
            # What is said between the backup and this must come back into a closed channel.
            backups.closing = True
            speaking.archive(world)
            return
        backups.closing = False
        backups.restore(world)
        if world.rng.random() < NEWCOMER_SHARE:
            _newcomer(world)
        if world.rng.random() < 0.5:
            backups.taken = None


def check(world: World) -> None:
    """The invariants of every moment."""
    hub, store = world.hub.engine.state, world.hub.store
    invariants.check_rights(hub)
    oracle_records.check_kept(store, world.hub.engine)
    if not world.restores:
        invariants.check_invites(hub)
    bounds.check_readers(world.hub, world.seen)
    for host in world.clients:
        if host.name not in world.rotten:
            invariants.check_replica(host, hub, store)
            invariants.check_followed(host)
            invariants.check_fed(host, hub)
            if world.restores:
                invariants.check_forks(host, hub)
            showing.check_waiting(host)
        invariants.check_purged(host)
        # A device put back from an older copy says again what it said in another history.
        copied = any(
            other.tampered or other.rolled_back or other.twin is not None for other in world.clients
        )
        # What a rogue has asked is answered to the honest client behind it.
        excused = (("seen",) if copied else ()) + (("history",) if host.rogue else ())
        alarms = [alarm for alarm in host.alarms if alarm.reason not in excused]
        if alarms and not host.tampered:
            alarm = alarms[0]
            raise Violation(f"S20 {host.name}: a false alarm, {alarm.reason} in {alarm.stream!r}")
        if host.engine.state.epoch == hub.epoch and not host.tampered:
            for row in host.engine.state.outbox.values():
                if row.state == "acked" and not holds(store, row.event_id):
                    raise Violation(f"S4 {host.name}: acked and not in the log")


def check_restart(world: World) -> None:
    """Whoever died now would come back as it is."""
    restart.check_hub_restart(world.hub)
    showing.check_reading(world, world.rng.choice(world.clients))
    for host in world.clients:
        if not host.tampered:
            restart.check_replica_restart(host)
