"""Bits go bad in a replica: in its cells, in its log, or in one place again and again."""

from dataclasses import replace
from typing import Any, Final, cast

from hobnob_protocol.ids import StreamId
from hobnob_sync.client_engine.inputs import Inspect
from hobnob_sync.ports import Cell
from tests.simulation.clienthost import ClientHost
from tests.simulation.network import CALM, count
from tests.simulation.world import World

BAD_SECTOR_TIMES: Final = 6
"""A bad place spoils what is written there so often before the disk maps it out."""
FRAMES_MAX: Final = 200
"""So many frames may come before the stream is there again."""
FRAME_MS: Final = 5
"""So long nothing happens where no frame is under way."""


def rot(world: World) -> None:
    """A bit of some replica's cells or log goes bad on the disk."""
    host = world.rng.choice(world.clients)
    store = cast("Any", host.store)
    places = sorted(place for place, shelf in store.cells.items() if shelf.keys)
    streams = sorted(
        stream
        for stream, log in store.logs.items()
        if stream[:2] in (b"c:", b"d:") and len(log.entries) > 2
    )
    drawn = world.rng.random()
    if drawn < 0.4 and places:
        stream, noun = world.rng.choice(places)
        if noun in ("link", "handle"):
            return
        _spoil_cell(world, store.cells[(stream, noun)])
    elif streams and drawn < 0.85:
        stream = world.rng.choice(streams)
        spoil_entry(world, host, stream, world.rng.randrange(len(store.logs[stream].entries)))
    elif streams:
        _bad_sector(world, host, world.rng.choice(streams))
    else:
        return
    world.rotten[host.name] = None
    host.alarms.clear()
    host.tampered = True
    host.losses += 1
    count(world.seen, "replica rotted")


def _spoil_cell(world: World, shelf: Any) -> None:
    key = world.rng.choice(shelf.keys)
    if world.rng.random() < 0.5:
        shelf.put(key, None)
    else:
        shelf.cells[key] = Cell(shelf.cells[key].seq + 1, shelf.cells[key].value)


def spoil_entry(world: World, host: ClientHost, stream: StreamId, index: int) -> None:
    """Turn one bit of one entry."""
    log = cast("Any", host.store).logs[stream]
    entry = log.entries[index]
    data = bytearray(entry.event)
    data[world.rng.randrange(len(data))] ^= 1 << world.rng.randrange(8)
    log.entries[index] = replace(entry, event=bytes(data))


def _bad_sector(world: World, host: ClientHost, stream: StreamId) -> None:
    """The first entry of a stream is spoilt after each healing, until the replica is built anew."""
    host.tampered = True
    world.connect(host)
    for _ in range(BAD_SECTOR_TIMES):
        for _ in range(FRAMES_MAX):
            if _holds_some(host, stream):
                break
            if not world.deliver(CALM):
                world.pass_time(FRAME_MS)
        if _holds_some(host, stream):
            spoil_entry(world, host, stream, 0)
            world.guard_client(host, lambda: host.step(Inspect(stream), world.now_ms))
            host.flush()


def _holds_some(host: ClientHost, stream: StreamId) -> bool:
    row = host.engine.state.streams.get(stream)
    return row is not None and row.hi >= row.lo
