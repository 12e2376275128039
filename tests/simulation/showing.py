"""What a member sees: its own words at once (S14), every text of an edit (S18), exact counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

from hobnob_protocol import nouns
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import AccountId, StreamId, TargetId, target_of, user_stream
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.messages import Delete, Edit
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_protocol.kinds.reactions import Pin, React
from hobnob_protocol.kinds.threads import ThreadTitle
from hobnob_protocol.nouns import EditValue
from hobnob_sync.client_engine.unsealed import name_of
from hobnob_sync.fold.cells import CellsView, Overlay
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.opened import opened_stream
from hobnob_sync.ports import CellKey, CellsKey, EventStore, Key, OutboxRow
from hobnob_sync.views import message, overlay, pins, reactions, reading, thread
from tests.simulation.clienthost import ClientHost
from tests.simulation.invariants import read_log
from tests.simulation.network import count
from tests.simulation.oracle_talk import said_at
from tests.simulation.reference import fold_onto, unread
from tests.simulation.violation import Violation
from tests.simulation.world import World

READ_LIMIT: Final = 1 << 12


@dataclass(frozen=True, slots=True)
class Waiting:
    """One own event that is not in our log yet, as it was said."""

    host: ClientHost
    stream: StreamId
    target: TargetId
    root: bool
    body: Body
    later: tuple[Body, ...]
    """What waits behind it in the same stream."""


def check_waiting(host: ClientHost) -> None:
    """S14, read-your-writes: whatever waits is in every own view of its stream."""
    outbox = host.engine.state.outbox.values()
    streams = dict.fromkeys(_read_in(row) for row in outbox)
    for stream in streams:
        said = _said(host, stream)
        if said:
            cells = _cells(host, stream, (key for one in said for key in _asks(one)))
            for one in said:
                if not _shows(cells, one):
                    raise Violation(f"S14 {host.name} {stream!r}: {one.body} waits unseen")


def _read_in(row: OutboxRow) -> StreamId:
    """In which stream its author reads it."""
    return opened_stream(row.stream) if row.said else row.stream


def _said(host: ClientHost, stream: StreamId) -> list[Waiting]:
    read: list[tuple[TargetId, bool, Body]] = []
    for row in host.engine.state.outbox.values():
        if _read_in(row) != stream:
            continue
        event = decode_event(said_at(row))
        kind = host.registry.get(event.header.kind)
        if kind is not None and not kind.opaque:
            body = host.registry.decode(kind.number, event.body)
            assert body is not None
            event_id = name_of(host.engine.state, row) if row.said else row.event_id
            read.append((target_of(event_id), kind.root, body))
    bodies = tuple(body for _, _, body in read)
    return [
        Waiting(host, stream, target, root, body, bodies[nth + 1 :])
        for nth, (target, root, body) in enumerate(read)
    ]


def _asks(one: Waiting) -> tuple[Key[object], ...]:
    body, stream = one.body, one.stream
    if one.root:
        return message.asks(stream, one.target)
    if isinstance(body, Edit | Delete):
        return message.asks(stream, body.target)
    if isinstance(body, React):
        return reactions.asks(stream, body.target)
    if isinstance(body, ThreadTitle):
        return thread.asks(stream, body.target)
    if isinstance(body, Pin):
        return pins.asks(stream)
    if isinstance(body, ReadCursor):
        return (CellKey(stream, nouns.READ, body.stream),)
    return ()


def _shows(cells: CellsView, one: Waiting) -> bool:
    if one.root:
        shown = message.view(cells, one.target)
        return shown is not None and shown.pending
    show = _SHOWS.get(type(one.body))
    return show is None or show(cells, one, one.body)


def _edit(cells: CellsView, one: Waiting, body: Edit) -> bool:
    shown = message.view(cells, body.target)
    if shown is None or shown.dead is not None or shown.account != one.host.author.account:
        return True
    return any(version.version == one.target for version in shown.versions)


def _delete(cells: CellsView, one: Waiting, body: Delete) -> bool:
    shown = message.view(cells, body.target)
    if shown is None or shown.account != one.host.author.account:
        return True
    return shown.dead is not None and not shown.text


def _react(cells: CellsView, one: Waiting, body: React) -> bool:
    if any(
        isinstance(more, React) and (more.target, more.emoji) == (body.target, body.emoji)
        for more in one.later
    ):
        return True
    given = reactions.view(cells, body.target, one.host.author.account)
    return body.on == any(found.emoji == body.emoji and found.mine for found in given)


def _title(cells: CellsView, one: Waiting, body: ThreadTitle) -> bool:
    if any(isinstance(more, ThreadTitle) and more.target == body.target for more in one.later):
        return True
    return thread.view(cells, body.target).title == body.title


def _pin(cells: CellsView, one: Waiting, body: Pin) -> bool:
    if any(isinstance(more, Pin) and more.target == body.target for more in one.later):
        return True
    return body.on == any(pin.target == body.target for pin in pins.view(cells))


def _read_cursor(cells: CellsView, _one: Waiting, body: ReadCursor) -> bool:
    return reading.cursor(cells, body.stream) >= (body.gen, body.seq)


_SHOWS: Final[dict[type[Body], Callable[[CellsView, Waiting, Any], bool]]] = {
    Edit: _edit,
    Delete: _delete,
    React: _react,
    ThreadTitle: _title,
    Pin: _pin,
    ReadCursor: _read_cursor,
}


def _cells(host: ClientHost, stream: StreamId, keys: Iterable[Key[object]]) -> CellsView:
    """A stream's cells with what waits on top, loaded as a screen would."""
    reads = overlay.waiting(host.engine.state, stream)
    loaded = host.store.load(overlay.asks(reads, keys))
    return overlay.Pending(Overlay(stream, loaded), reads)


def check_texts(host: ClientHost, store: EventStore, hub: HubState, seen: dict[str, int]) -> None:
    """S18: of every living message all texts are kept; of two edits made on one version, the one
    that is not shown is marked as losing."""
    for row in host.engine.state.streams.values():
        if row.stream[:2] != b"c:":
            continue
        key = CellsKey(row.stream, nouns.EDIT, b"")
        targets = dict.fromkeys(TargetId(name[:16]) for name, _ in host.store.load((key,)).get(key))
        if not targets:
            continue
        edits = _edits(hub, row.stream, read_log(store, hub.streams[row.stream])[row.lo - 1 :])
        for target in targets:
            shown = message.view(
                Overlay(row.stream, host.store.load(message.asks(row.stream, target))), target
            )
            if shown is not None and shown.dead is None:
                _check_versions(host, shown, edits.get(target, []), seen)


def _edits(
    hub: HubState, stream: StreamId, entries: Iterable[Any]
) -> dict[TargetId, list[tuple[TargetId, EditValue]]]:
    """Every edit of a log that was said by somebody, in its order, by the message it changes."""
    cells = Overlay.fresh(stream)
    for entry in entries:
        fold_onto(hub, stream, cells, entry)
    found: dict[TargetId, list[tuple[TargetId, EditValue]]] = {}
    for key, cell in sorted(cells.scan(nouns.EDIT, b""), key=lambda item: item[1].seq):
        value = EditValue(*cast("tuple[Any, ...]", cell.value))
        found.setdefault(TargetId(key[:16]), []).append((TargetId(key[16:]), value))
    return found


def _check_versions(
    host: ClientHost,
    shown: message.Message,
    edits: list[tuple[TargetId, EditValue]],
    seen: dict[str, int],
) -> None:
    own = [(name, edit) for name, edit in edits if edit.account == shown.account]
    if [version.version for version in shown.versions[1:]] != [name for name, _ in own]:
        raise Violation(f"S18 {host.name}: a text of {shown.target.hex()} is lost")
    if own and shown.text != own[-1][1].text:
        raise Violation(f"S18 {host.name}: {shown.target.hex()} shows another than the last edit")
    losing = {version.version: None for version in shown.losing}
    by_base: dict[TargetId, list[tuple[TargetId, EditValue]]] = {}
    for name, edit in own:
        if edit.base is not None:
            by_base.setdefault(edit.base, []).append((name, edit))
    for rivals in by_base.values():
        marked = sum(name in losing or edit.text == shown.text for name, edit in rivals)
        if marked < len(rivals) - 1:
            raise Violation(f"S18 {host.name}: a losing edit of {shown.target.hex()} is not marked")
        if len(rivals) > 1:
            count(seen, "loser of an edit conflict kept")


def check_reading(world: World, host: ClientHost) -> None:
    """Where a replica calls its counts exact, they are the log's; where not, they are not below
    what it holds itself."""
    hub = world.hub.engine.state
    state = host.engine.state
    me = host.author.account
    if host.tampered or state.epoch != hub.epoch:
        return
    for row in list(state.streams.values()):
        if row.stream[:2] != b"c:" or row.hi > hub.streams[row.stream].seq:
            continue
        if row.stream in state.suspects:
            # It is to be folded anew, for this version knows more kinds than the last.
            continue
        found = _reading(host, me, row.stream)
        cells = world.hub.oracle.reader.cells(hub, row.stream, row.hi)
        # Whom a post mentioned may be gone from the hub by an end that is still under way.
        abreast = row.hi == hub.streams[row.stream].seq
        if found.exact:
            expected = unread(cells, me, max(found.cursor.seq, row.floor), host.registry)
            shown = (found.unread, found.mentions)
            if shown != expected and (abreast or shown[0] != expected[0] or shown < expected):
                raise Violation(f"counts {host.name} {row.stream!r}: {shown} is not {expected}")
            count(world.seen, "unread counted by a replica")
        else:
            beyond = max(found.cursor.seq, row.floor, row.lo - 1)
            at_least = unread(cells, me, beyond, host.registry)
            if found.unread < at_least[0] or (abreast and found.mentions < at_least[1]):
                raise Violation(f"counts {host.name} {row.stream!r}: below {at_least}")
            count(world.seen, "unread taken from the announcement")


def _reading(host: ClientHost, me: AccountId, stream: StreamId) -> reading.Reading:
    row = host.engine.state.streams[stream]
    own = user_stream(me)
    read = reading.cursor(_cells(host, own, reading.asks_cursor(me, stream)), stream)
    loaded = host.store.load(reading.asks(row, read, READ_LIMIT))
    keys = reading.asks_messages(row, read, READ_LIMIT, loaded)
    loaded = loaded.merged(host.store.load(keys))
    return reading.view(row, read, READ_LIMIT, loaded, Overlay(stream, loaded), me)
