"""A client that nobody here wrote: what it sends is well framed, and no honest one would send it.

The hub must refuse it, serve nothing it may not see, and judge nothing twice or out of order; the
oracle of the hub watches that.
"""

from hobnob_protocol.frames import Back, Credit, Frame, Open, OpenStream, Push, Pushed
from hobnob_protocol.ids import GrantId, StreamId, head8
from hobnob_protocol.limits import PAGE_EVENTS_MAX
from tests.simulation.clienthost import ClientHost
from tests.simulation.network import count
from tests.simulation.world import World


def rogue(world: World) -> None:
    """Some connection is used by a rogue program, once."""
    ready = [
        host
        for host in world.clients
        if host.connection is not None and host.engine.link is not None and host.engine.link.ready
    ]
    if not ready:
        return
    host = world.rng.choice(ready)
    sends = world.rng.choice((_forged, _gap, _stale_open, _foreign_open, _deep_back, _credit))
    frame = sends(world, host)
    if frame is None:
        return
    assert host.connection is not None
    host.connection.send(frame)
    host.flush()
    host.rogue = True
    count(world.seen, f"rogue:{sends.__name__.replace('_', ' ')}")


def _forged(world: World, host: ClientHost) -> Frame | None:
    """Broken bytes, or a forged signature, under the next number."""
    rows = [row for row in host.engine.state.outbox.values() if row.event]
    if not rows:
        return None
    row = world.rng.choice(rows)
    data = bytearray(row.event)
    place = len(data) - 1 if world.rng.random() < 0.5 else world.rng.randrange(len(data))
    data[place] ^= 1
    return Push((Pushed(_last(world, host) + 1, row.stream, bytes(data)),))


def _gap(world: World, host: ClientHost) -> Frame | None:
    """A number that leaves others out: with a push under way it might be the next one in turn."""
    rows = [row for row in host.engine.state.outbox.values() if row.event]
    assert host.link is not None
    if not rows or host.link.up.queue or world.hub.waiting:
        return None
    row = world.rng.choice(rows)
    return Push((Pushed(_last(world, host) + 2, row.stream, row.event),))


def _last(world: World, host: ClientHost) -> int:
    return world.hub.engine.state.devices[host.author.device].last_push_no


def _stale_open(world: World, host: ClientHost) -> Frame | None:
    """A stream by a grant that is over, or from a place before the present grant's floor."""
    if not host.former:
        return None
    stream = world.rng.choice(list(host.former))
    grant, seq, head = host.former[stream]
    row = host.engine.state.streams.get(stream)
    if row is not None and world.rng.random() < 0.5:
        grant = row.grant
    return Open((OpenStream(stream, grant, seq, head8(head), world.rng.choice((1, 50, 5_000))),))


def _foreign_open(world: World, host: ClientHost) -> Frame | None:
    """A stream one is no member of, by somebody else's grant."""
    other = world.rng.choice(world.clients)
    rows = list(other.engine.state.streams.values())
    if not rows:
        return None
    row = world.rng.choice(rows)
    return Open((OpenStream(row.stream, row.grant, row.hi, head8(row.head), 50),))


def _deep_back(world: World, host: ClientHost) -> Frame | None:
    """History down to the first event, by a grant of one's own or of another; rather where there is
    something below one's floor."""
    floored = [row for row in host.engine.state.streams.values() if row.floor]
    if floored and world.rng.random() < 0.5:
        row = world.rng.choice(floored)
        return Back(row.stream, row.grant, row.hi + 1, PAGE_EVENTS_MAX)
    other = world.rng.choice(world.clients)
    stream = _some_stream(world, other)
    if stream is None:
        return None
    row = other.engine.state.streams[stream]
    grant = row.grant if world.rng.random() < 0.8 else GrantId(bytes(8))
    return Back(stream, grant, max(1, row.hi), PAGE_EVENTS_MAX)


def _some_stream(world: World, host: ClientHost) -> StreamId | None:
    streams = list(host.engine.state.streams)
    return world.rng.choice(streams) if streams else None


def _credit(world: World, host: ClientHost) -> Frame | None:
    """More credit than was ever taken."""
    return Credit(1 << 30)
