"""What must hold at any moment, and what must hold at rest (sync.md §6)."""

from typing import Any

from hobnob_protocol import nouns, writing
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import MODERATION, PEOPLE, AccountId, StreamId, head8, user_stream
from hobnob_protocol.nouns import NOUNS
from hobnob_sync import fold
from hobnob_sync.client_engine.reading import reread
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.log import next_head
from hobnob_sync.ports import (
    Cell,
    CellKey,
    CellsKey,
    ContextKey,
    EventStore,
    Loaded,
    RangeKey,
    StreamRow,
)
from tests.simulation.clienthost import ClientHost
from tests.simulation.oracle_log import check_targets, check_turns
from tests.simulation.stores import entries_of, streams_left
from tests.simulation.violation import Violation

ALL = 1 << 50


def read_log(store: EventStore, row: StreamRow) -> tuple[Any, ...]:
    """A whole stream of the hub."""
    key = RangeKey(row.stream, 1, ALL, ALL)
    return store.load((key,)).get(key)


def check_hub(state: HubState, store: EventStore) -> None:
    """S1, S2, S19: every id once in a log, seq gapless from 1, heads linked, acts after targets."""
    for row in state.streams.values():
        head = bytes(32)
        seen: dict[bytes, None] = {}
        entries = read_log(store, row)
        if len(entries) != row.seq:
            raise Violation(f"S2 {row.stream!r}: {len(entries)} entries, head at {row.seq}")
        for nth, entry in enumerate(entries, 1):
            if entry.seq != nth:
                raise Violation(f"S2 {row.stream!r}: {entry.seq} at place {nth}")
            if entry.event_id in seen:
                raise Violation(f"S1 {row.stream!r}: an id twice")
            seen[entry.event_id] = None
            head = next_head(head, entry.event_id, entry.seq, entry.at_ms)  # type: ignore[arg-type]
            if head != entry.head:
                raise Violation(f"S7 {row.stream!r}: the chain breaks at {nth}")
        if row.seq and head != row.head:
            raise Violation(f"S7 {row.stream!r}: the head is not the last entry's")
        check_targets(row.stream, entries)
        if row.stream[:2] == b"u:":
            check_turns(row.stream, entries)


def check_rights(state: HubState) -> None:
    """S8: who may read a channel is who is in it by its own log, and nobody else."""
    granted = {(stream, account) for account, held in state.grants.items() for stream in held}
    joined = {
        (stream, AccountId(key))
        for (stream, noun, key), cell in state.cells.items()
        if noun == nouns.MEMBER and cell.value == nouns.JOINED
    }
    differing = sorted(place for place in granted ^ joined if place[0][:2] == b"c:")
    if differing:
        raise Violation(f"S8: {differing[0]} is granted or joined, not both")
    for stream in [stream for stream in state.streams if stream[:2] == b"d:"]:
        group = state.group(stream)
        readers = tuple(sorted(account for place, account in granted if place == stream))
        if group is not None and readers != group.members:
            raise Violation(f"S8: {stream!r} is read by others than its group")


def check_invites(state: HubState) -> None:
    """No invite of a member's lets in more than it says (no restore)."""
    for invite in state.invites.hashes.values():
        if state.invites.used.get(invite.invite, 0) > invite.uses:
            raise Violation(f"an invite for {invite.uses} has let in more")


def check_followed(host: ClientHost) -> None:
    """S9: what a replica's own stream has revoked or granted anew is not held any more."""
    state = host.engine.state
    own = user_stream(state.account)
    if own not in state.streams:
        return
    keys = {
        stream: CellKey(own, nouns.GRANT, stream)
        for stream in state.streams
        if stream[:2] in (b"c:", b"d:") or stream == MODERATION
    }
    loaded = host.store.load(tuple(keys.values()))
    for stream, key in keys.items():
        row = state.streams[stream]
        cell = loaded.get(key)
        if cell is None or (cell.value is not None and cell.value[0] == row.grant):  # type: ignore[index]
            continue
        # Held by a grant that our own stream does not show yet, or by one that is over?
        for entry in entries_of(host.store, own, 1):
            if entry.event_id[:8] == row.grant and entry.seq < cell.seq:
                raise Violation(f"S9 {host.name} {stream!r}: held by a grant that is over")


def check_fed(host: ClientHost, hub: HubState) -> None:
    """L3: who knows all people waits for none of them: what named a stranger was asked for again
    as soon as the stranger was known, and not when time had passed."""
    link, people = host.engine.link, host.engine.state.streams.get(PEOPLE)
    if link is None or people is None or host.engine.state.epoch != hub.epoch:
        return
    if link.starved and people.hi == hub.streams[PEOPLE].seq:
        raise Violation(
            f"L3 {host.name}: {next(iter(link.starved))!r} starves though all are known"
        )


def check_forks(host: ClientHost, hub: HubState) -> None:
    """S20: a replica knows where each log it follows went another way, however it came to follow
    it; else it could prove nothing there."""
    link, state = host.engine.link, host.engine.state
    if link is None or not link.ready or state.epoch != hub.epoch:
        return
    for stream in state.streams:
        forks = hub.forks(stream)
        if forks and state.fork_seqs(stream) != (min(forks), max(forks)):
            raise Violation(f"S20 {host.name} {stream!r}: does not know of {forks}")


def check_order(state: HubState, store: EventStore) -> None:
    """S3: in a stream, a device's events keep the order it said them in (no restore)."""
    for row in state.streams.values():
        last: dict[bytes, int] = {}
        for entry in read_log(store, row):
            header = decode_event(entry.event).header
            if header.author_seq <= last.get(header.device, 0):
                raise Violation(f"S3 {row.stream!r}: {header.device.hex()} at {entry.seq}")
            last[header.device] = header.author_seq


def check_replica(host: ClientHost, hub: HubState, store: EventStore) -> None:
    """S5, S7: in the hub's epoch, a held range is the hub's log, byte for byte, without a hole."""
    state = host.engine.state
    if state.epoch != hub.epoch:
        return
    for row in state.streams.values():
        theirs = hub.streams.get(row.stream)
        if theirs is None or row.hi > theirs.seq:
            raise Violation(f"S6 {host.name} {row.stream!r}: cursor beyond the head")
        probes = sorted({row.lo, (row.lo + row.hi) // 2, row.hi})
        for seq in probes:
            if not row.lo <= seq <= row.hi:
                continue
            key = RangeKey(row.stream, seq, 1, 1)
            mine = host.store.load((key,)).get(key)
            his = store.load((key,)).get(key)
            if not mine or mine[0].seq != seq:
                raise Violation(f"S7 {host.name} {row.stream!r}: a hole at {seq}")
            if mine[0].head != his[0].head:
                raise Violation(f"S5 {host.name} {row.stream!r}: another event at {seq}")
        if row.hi >= row.lo:
            key = RangeKey(row.stream, row.hi, 1, 1)
            last = host.store.load((key,)).get(key)
            if not last or last[0].head != row.head:
                raise Violation(f"S7 {host.name} {row.stream!r}: the record's head")


def check_purged(host: ClientHost) -> None:
    """S9: nothing is left of a stream that is not held."""
    held = host.engine.state.streams
    for stream in streams_left(host.store):
        if stream not in held:
            raise Violation(f"S9 {host.name}: something of {stream!r} after its purge")


def check_beside(host: ClientHost, store: EventStore) -> int:
    """S8, S21: what a replica keeps beside a range is what the hub's log holds there, below the
    range and above the floor, and loses its body where the hub has none. How many there are."""
    kept = 0
    for row in host.engine.state.streams.values():
        key = ContextKey(row.stream)
        for mine in host.store.load((key,)).get(key):
            kept += 1
            if not row.floor < mine.seq < row.lo:
                raise Violation(f"S8 {host.name} {row.stream!r}: context at {mine.seq}")
            (his,) = entries_of(store, row.stream, mine.seq)[:1]
            if mine.event_id != his.event_id or mine.at_ms != his.at_ms:
                raise Violation(f"S5 {host.name} {row.stream!r}: other context at {mine.seq}")
            if decode_event(his.event).is_stub and not decode_event(mine.event).is_stub:
                raise Violation(f"S21 {host.name} {row.stream!r}: a body is left at {mine.seq}")
    return kept


def reference_cells(
    host: ClientHost, entries: tuple[Any, ...], stream: StreamId
) -> dict[tuple[str, bytes], Cell]:
    """The fold of a whole log, with what this client's version knows."""
    cells = Overlay.fresh(stream)
    for entry in entries:
        read = reread(host.engine.state, stream, entry)
        if read is not None and read.kind is not None:
            fold.apply(cells, read.kind, read.fact)
    return {place: cell for place, cell in cells.changes().items() if cell is not None}


Cells = dict[tuple[str, bytes], Cell]

ROOTED = (nouns.MESSAGE, nouns.EDIT, nouns.DEAD, nouns.HIDDEN, nouns.MOVED, nouns.REACTION)
ROOTED_MORE = (nouns.THREAD, nouns.PIN, nouns.VOTE, nouns.POLL_CLOSED)


def check_fold(host: ClientHost, store: EventStore, hub: HubState) -> None:
    """S11, S13: a replica's cells are the fold of the whole log, as far as its range tells."""
    for row in host.engine.state.streams.values():
        stream = row.stream
        whole = reference_cells(host, read_log(store, hub.streams[stream]), stream)
        keys = tuple(CellsKey(stream, noun, b"") for noun in NOUNS)
        loaded: Loaded = host.store.load(keys)
        mine = {(key.noun, name): cell for key in keys for name, cell in loaded.get(key)}
        for (noun, key), cell in sorted(whole.items()):
            if host.engine.state.forked and _withdrawn_before(whole, mine, noun, key):
                continue
            if _told(whole, noun, key, cell, row.lo) and mine.get((noun, key)) != cell:
                found = mine.get((noun, key))
                raise Violation(
                    f"S13 {host.name} {stream!r} {noun} {key.hex()}: {found} is not {cell}"
                )
        for place, cell in mine.items():
            noun, key = place
            rooted = noun in ROOTED or noun in ROOTED_MORE
            root = mine.get((nouns.MESSAGE, key[:16]))
            told = cell.seq >= row.lo and (not rooted or root is not None)
            if told and place not in whole:
                raise Violation(f"S13 {host.name} {stream!r}: {place} is nowhere in the log")


def _withdrawn_before(whole: Cells, mine: Cells, noun: str, key: bytes) -> bool:
    """Did this replica erase a body that a restored hub has again? Then it stays erased here."""
    if noun not in (nouns.MESSAGE, nouns.EDIT):
        return False
    theirs, own = whole.get((nouns.MESSAGE, key[:16])), mine.get((nouns.MESSAGE, key[:16]))
    if theirs is None or own is None or own.seq != theirs.seq:
        return False
    return own.value == writing.bare(theirs.value)


def _told(whole: dict[tuple[str, bytes], Cell], noun: str, key: bytes, cell: Cell, lo: int) -> bool:
    """Does the range from `lo` tell this cell? A message's cells if the message is in the range,
    any other if its last write is."""
    if noun in ROOTED or noun in ROOTED_MORE:
        root = whole.get((nouns.MESSAGE, key[:16]))
        return root is not None and root.seq >= lo and cell.seq >= lo
    return cell.seq >= lo


def check_abreast(host: ClientHost, hub: HubState) -> None:
    """L3: what a live link follows is held up to its head."""
    link = host.engine.link
    if link is None or not link.ready:
        raise Violation(f"L3 {host.name}: the link never got ready")
    for stream in link.granted:
        row = host.engine.state.streams.get(stream)
        if row is None or row.hi != hub.streams[stream].seq:
            at = None if row is None else row.hi
            raise Violation(f"L3 {host.name} {stream!r}: {at} of {hub.streams[stream].seq}")


def check_rest(host: ClientHost, hub: HubState) -> None:
    """L1, L2: at rest everything is sent and everything granted is held up to its head."""
    state = host.engine.state
    account = host.author.account
    if hub.banned(account) or not hub.accounts.is_active(host.author.device):
        return
    if hub.accounts.chain(account) is None:
        return
    # What is said where nobody has let us in waits for that.
    waiting = [
        row.state
        for row in state.outbox.values()
        if row.state != "unsealed" or row.stream in state.streams
    ]
    if waiting:
        raise Violation(f"L1 {host.name}: {len(waiting)} in the outbox ({waiting[0]})")
    held = hub.held(account)
    if set(held) != set(state.streams):
        missing = sorted(set(held) ^ set(state.streams))
        raise Violation(f"L2 {host.name}: follows other streams than granted: {missing}")
    for stream in held:
        mine, theirs = state.streams[stream], hub.streams[stream]
        if mine.hi != theirs.seq or head8(mine.head) != head8(theirs.head):
            raise Violation(f"L2 {host.name} {stream!r}: {mine.hi} of {theirs.seq}")
