"""After the reckoning the hub turns evil: at the end of any history, its lie must be noticed."""

from collections.abc import Mapping
from typing import Final

from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.messages import Post
from hobnob_sync.client_engine.inputs import Backfill
from tests.simulation import evil
from tests.simulation.clienthost import ClientHost
from tests.simulation.latecomer import begin_anew
from tests.simulation.network import count
from tests.simulation.violation import Violation
from tests.simulation.world import World

PAST_SHARE: Final = 0.5
"""How often a lie is about the past, where there is one that the victim has not seen."""
TALKS_MAX: Final = 6
"""So many events may cross over before the lie must be noticed."""


def turn_evil(world: World) -> None:
    """Tell one lie to one member of some channel, if there is enough company to notice it."""
    found = _company(world)
    if found is None:
        return
    stream, victim, speakers = found
    name, script = _choose(world, victim, stream)
    for speaker in speakers:
        # After a fork, who has not yet spoken in the new history proves nothing by what they saw.
        for _ in range(2):
            world.compose(speaker, "post", stream, Post("the truth"))
            world.calm_down()
    assert victim.link is not None
    liar = evil.Liar(world.hub, victim.link.number, stream, script)
    if name in evil.PAST:
        victim.step(Backfill(stream), world.now_ms)
        victim.flush()
        world.calm_down()
    for nth in range(TALKS_MAX):
        if victim.alarms and liar.lied:
            break
        who = victim if name in evil.OWN and not liar.lied else speakers[nth % 2]
        world.compose(who, "post", stream, Post(f"lie {nth}"))
        world.calm_down()
    if not liar.lied:
        return
    if not victim.alarms:
        raise Violation(f"S20 {victim.name}: the lie ({name}) was not noticed in {stream!r}")
    count(world.seen, f"lie noticed: {name}")
    accusers = [host.name for host in world.clients if host.alarms and host is not victim]
    if accusers:
        raise Violation(f"S20 {accusers[0]}: heard the truth and raised the alarm")


def _choose(world: World, victim: ClientHost, stream: StreamId) -> tuple[str, evil.Script]:
    lies: Mapping[str, evil.Script] = {**evil.LIVE, **evil.OWN}
    if world.rng.random() < PAST_SHARE:
        if not _has_past(victim, stream):
            victim.tail_events = 1
            begin_anew(world, victim)
        if _has_past(victim, stream):
            lies = evil.PAST
    name = world.rng.choice(list(lies))
    return name, lies[name]


def _has_past(host: ClientHost, stream: StreamId) -> bool:
    """Is there more of the stream than this replica holds?"""
    row = host.engine.state.streams[stream]
    return row.lo > row.floor + 1


def _company(world: World) -> tuple[StreamId, ClientHost, list[ClientHost]] | None:
    """A channel with three members at rest, whose newest events nobody has to excuse."""
    if any(host.tampered or host.alarms for host in world.clients):
        return None
    hub = world.hub.engine.state
    for stream in hub.streams:
        if stream[:2] != b"c:" or hub.channel(stream, "archived") is True:
            continue
        members: dict[bytes, ClientHost] = {}
        for host in world.clients:
            row = host.engine.state.streams.get(stream)
            ready = host.engine.link is not None and host.engine.link.ready and host.link
            if ready and row is not None and row.hi >= row.lo and row.hi == hub.streams[stream].seq:
                members.setdefault(host.author.account, host)
        if len(members) >= 3:
            # Only who has not seen all of the past can be lied to about it.
            victim, *speakers = sorted(
                members.values(), key=lambda host: not _has_past(host, stream)
            )
            return stream, victim, speakers[:2]
    return None
