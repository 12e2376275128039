"""A whole run of one seed: unrest, then calm, then the reckoning."""

from collections.abc import Callable

from hobnob_protocol.errors import StoreFull
from hobnob_sync.client_engine.inputs import Backfill, Discard, Inspect, Retry, VerifySome
from tests.simulation import epilogue, faults, invariants, restart, rogue, rot
from tests.simulation.clienthost import ClientHost, Crashed
from tests.simulation.hubhost import HubPerils
from tests.simulation.network import count
from tests.simulation.schedule import DELIVER, Schedule, draw_actions, seed_action
from tests.simulation.stores import Stores, holds
from tests.simulation.violation import Violation
from tests.simulation.world import CHECK_EVERY_STEPS, Spoken, World

RECONNECTS_MAX = 6
CALM_SECONDS_MAX = 60
RESTART_EVERY_CHECKS = 4


def run(seed: int, steps: int, stores: Stores, seen: dict[str, int]) -> str:
    """Run one seed; its trace as hexadecimal, Violation when a promise is broken."""
    world = World(seed, stores, seen)
    menu = _menu(world, backups := faults.Backups())
    rates = {name: rate for name, (rate, _) in menu.items() if rate}
    return _play(world, menu, backups, draw_actions(seed, steps, rates), CHECK_EVERY_STEPS)


def replay(schedule: Schedule, stores: Stores, seen: dict[str, int]) -> str:
    """Run what was scheduled, and check after each action; as `run` otherwise."""
    world = World(schedule.seed, stores, seen, schedule.habits)
    menu = _menu(world, backups := faults.Backups())
    return _play(world, menu, backups, schedule.actions, 1)


def schedule_of(seed: int, steps: int, stores: Stores) -> Schedule:
    """What `run` would do, as a value."""
    world = World(seed, stores, {})
    rates = {name: rate for name, (rate, _) in _menu(world, faults.Backups()).items() if rate}
    return Schedule(seed, world.habits, draw_actions(seed, steps, rates))


Menu = dict[str, tuple[float, Callable[[], object]]]
"""Each action by its name: how often it comes, and what it does."""


def _play(
    world: World,
    menu: Menu,
    backups: faults.Backups,
    actions: tuple[tuple[int, str], ...],
    check_every: int,
) -> str:
    faults.arm(world)
    for done, (nth, name) in enumerate(actions, 1):
        seed_action(world.rng, world.seed, nth)
        menu[name][1]()
        if done % check_every == 0:
            check(world)
        if done % (RESTART_EVERY_CHECKS * check_every) == 0:
            check_restart(world)
    world.rng.seed(world.seed)
    settle(world)
    check(world)
    check_restart(world)
    final(world, backups)
    epilogue.turn_evil(world)
    return world.trace.hexdigest()


def _menu(world: World, backups: faults.Backups) -> Menu:
    """The rare actions, saying and connecting, and what happens when none of them does."""
    swarm = world.swarm
    return {
        "say": (swarm.say, world.say),
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
        "rogue": (swarm.rogue, lambda: rogue.rogue(world)),
        "tidy": (0.002, lambda: _tidy(world)),
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
    world.hub.watch_backlogs(world.now_ms)


def _newcomer(world: World) -> None:
    perils, world.hub.perils = world.hub.perils, HubPerils()
    world.newcomer()
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


def _tidy(world: World) -> None:
    """Somebody sends again what was refused, or throws it away."""
    host = world.rng.choice(world.clients)
    numbers = list(host.engine.state.tray)
    if not numbers:
        return
    n = world.rng.choice(numbers)
    if world.rng.random() < 0.5:
        world.guard_client(host, lambda: host.step(Discard(n), world.now_ms))
        return
    salt, seconds = world.rng.randbytes(16), world.wall_ms(host) // 1_000
    world.guard_client(host, lambda: host.step(Retry(n, salt, seconds), world.now_ms))
    host.flush()
    count(world.seen, "sent again")


def _back_up_or_restore(world: World, backups: faults.Backups) -> None:
    if backups.taken is None:
        backups.take(world)
    elif world.restores < world.swarm.restores:
        backups.restore(world)
        if world.rng.random() < 0.5:
            backups.taken = None


def check(world: World) -> None:
    """The invariants of every moment."""
    hub, store = world.hub.engine.state, world.hub.store
    invariants.check_rights(hub)
    for host in world.clients:
        if host.name not in world.rotten:
            invariants.check_replica(host, hub, store)
            invariants.check_followed(host)
            invariants.check_fed(host, hub)
        invariants.check_purged(host)
        # A device put back from an older copy says again what it said in another history.
        copied = any(other.tampered for other in world.clients)
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
    for host in world.clients:
        if not host.tampered:
            restart.check_replica_restart(host)


def settle(world: World) -> None:
    """Faults stop and everybody connects: within bounds all must come to rest."""
    faults.disarm(world)
    for link, _ in world.links.values():
        link.up.open_at_ms = link.down.open_at_ms = 0
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
        world.hub.watch_backlogs(world.now_ms)
    world.calm_down()
    hub = world.hub.engine.state
    for host in world.clients:
        if host.link is None or host.rogue or host.tampered:
            continue
        if not host.link.up.swapped and not host.link.down.swapped:
            invariants.check_abreast(host, hub)
            count(world.seen, "abreast without a reconnect")


def _calm_step(host: ClientHost, world: World, stream: bytes) -> None:
    try:
        host.step(Inspect(stream), world.now_ms)  # type: ignore[arg-type]  # it is a stream
    except (Crashed, StoreFull) as broken:
        raise Violation("a disarmed store failed") from broken
    host.flush()


def final(world: World, backups: faults.Backups) -> None:
    """The reckoning at rest."""
    hub, store = world.hub.engine.state, world.hub.store
    invariants.check_hub(hub, store)
    if not world.restores and not any(host.tampered for host in world.clients):
        invariants.check_order(hub, store)
    for host in world.clients:
        if _is_in(world, host):
            invariants.check_rest(host, hub)
            invariants.check_fold(host, store, hub)
            if invariants.check_beside(host, store):
                count(world.seen, "context at rest")
    _check_spoken(world)
    _check_held(world, backups)


def _is_in(world: World, host: ClientHost) -> bool:
    hub = world.hub.engine.state
    return not hub.banned(host.author.account) and hub.accounts.is_active(host.author.device)


def _check_spoken(world: World) -> None:
    """S15: everything said is in the log, or refused where its author sees it."""
    store = world.hub.store
    by_name = {host.name: host for host in world.clients}
    for event, said in world.spoken.items():
        host = by_name[said.host]
        if holds(store, event) or event in host.refused:
            continue
        state = host.engine.state
        if any(row.event_id == event for row in state.tray.values()):
            continue
        if any(row.event_id == event for row in state.outbox.values()) and not _is_in(world, host):
            continue
        if host.tampered or world.restores:
            continue
        raise Violation(f"S15 {said.host}: {said.name} has vanished")


EXCUSES = ("not_member", "not_allowed", "banned", "bad_signature", "gone", "erased", "exists")
"""Refusals of an offer that follow from what its author may do now, or from what became of it."""


def _excused(code: str, said: Spoken | None) -> bool:
    """Is this refusal of an offer one that an oracle can justify? A vote may come after the close
    that another replica brought back before it."""
    return code in EXCUSES or (code == "closed" and said is not None and said.name == "vote")


def _check_held(world: World, backups: faults.Backups) -> None:
    """S19: what a replica held beyond a backup, and still may, is back."""
    store = world.hub.store
    refused = world.hub.oracle.refused_offers
    hub = world.hub.engine.state
    for event, holders in backups.held.items():
        said = world.spoken.get(event)
        names = (event[:16], said.target if said is not None else b"")
        if holds(store, event) or any(name in world.withdrawn for name in names):
            continue
        if any(_excused(code, said) for code in refused.get(event[:16], {})):
            continue
        for host, stream, grant, purges in holders:
            present = hub.held(host.author.account).get(stream)
            if host.tampered or not _is_in(world, host) or present is None:
                continue
            if bytes(present.grant) != grant or stream in host.purges[purges:]:
                continue
            if event in host.engine.state.orphans:
                count(world.seen, "orphan waits for its target")
                continue
            raise Violation(f"S19 {host.name}: held an event of {stream!r} the hub has not back")
