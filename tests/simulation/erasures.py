"""What was withdrawn or erased: its stubs tell what its bodies told, and no store has those."""

from typing import Final

from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.messages import Edit, Post
from hobnob_protocol.registry import STANDARD
from hobnob_sync.ports import Entry
from tests.simulation import stores
from tests.simulation.network import count
from tests.simulation.reference import fold_log
from tests.simulation.violation import Violation
from tests.simulation.world import World

CURSORS: Final = 2
"""From so many places each stream with stubs is folded anew."""


def check_compaction(world: World) -> None:
    """S12, the compaction law F3: who saw the bodies up to any cursor and only stubs from there on
    ends with the cells of who never saw a stub, and of who never saw a body."""
    hub, originals = world.hub.engine.state, world.hub.oracle.originals
    for stream in hub.streams:
        stubbed = stores.entries_of(world.hub.store, stream, 1)
        bodies = tuple(_with_body(entry, originals.get(entry.event_id)) for entry in stubbed)
        if bodies == stubbed:
            continue
        expected = fold_log(hub, stream, stubbed)
        cursors = [world.rng.randint(1, len(stubbed)) for _ in range(CURSORS)]
        for cursor in (len(stubbed), *cursors):
            if fold_log(hub, stream, (*bodies[:cursor], *stubbed[cursor:])) != expected:
                raise Violation(f"S12 {stream!r}: bodies up to {cursor} leave other cells")
        count(world.seen, "stubs folded like bodies")


def _with_body(entry: Entry, original: bytes | None) -> Entry:
    if original is None or not decode_event(entry.event).is_stub:
        return entry
    return Entry(entry.seq, entry.at_ms, entry.event_id, entry.head, original)


def check_erased(world: World) -> None:
    """S21: at rest, what the hub's log has only stubs of is in no store, text or salt."""
    gone = _gone(world)
    if not gone:
        return
    held = [("hub", stores.remains(world.hub.store))]
    for host in world.clients:
        if not host.tampered and world.admits(host):
            held.append((host.name, stores.remains(host.store)))
    for stream, salt, text in gone:
        for name, data in held:
            if salt in data or text in data:
                what = "salt" if salt in data else text.decode()
                raise Violation(f"S21 {name}: erased from {stream!r} and still there: {what}")
            count(world.seen, "erased bytes in no store")


def _gone(world: World) -> list[tuple[StreamId, bytes, bytes]]:
    """Salts and texts that no event of the community has any more."""
    originals = world.hub.oracle.originals
    found: list[tuple[StreamId, bytes, bytes]] = []
    for stream in world.hub.engine.state.streams:
        for entry in stores.entries_of(world.hub.store, stream, 1):
            original = originals.get(entry.event_id)
            if original is None or not decode_event(entry.event).is_stub:
                continue
            event = decode_event(original)
            body = STANDARD.decode(event.header.kind, event.body)
            if isinstance(body, Post | Edit) and body.text not in world.repeated:
                found.append((stream, event.salt, body.text.encode()))
    return found
