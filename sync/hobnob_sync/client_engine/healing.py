"""A replica that checks itself: cells against the fold of the log, the log against its own chain.

The ladder of sync.md §2.7, each step bounded and told: *refold* the cells from the log; *repull*
the log from the first broken entry; *reopen* a stream whose first held entry is broken; *rebuild*
everything when that did not help before. Outbox, tray and orphans are never touched.
"""

from dataclasses import replace
from typing import Final

from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import EMPTY_HEAD, PEOPLE, StreamId
from hobnob_protocol.nouns import NOUNS
from hobnob_sync import fold
from hobnob_sync.accounts import Accounts
from hobnob_sync.client_engine.following import open_streams, reopen
from hobnob_sync.client_engine.forking import refold, shrink_verified, whole
from hobnob_sync.client_engine.inputs import Alarm, Changed, Healed
from hobnob_sync.client_engine.link import Link
from hobnob_sync.client_engine.reading import read_event, reread
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.client_engine.step import Step
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import Cell, CellsKey, Entry, Key, ReplicaStream

REPEATS_MAX: Final = 3
"""A stream that had to be healed more often in one life of the engine raises the alarm."""


def asks(state: ReplicaState, stream: StreamId) -> tuple[Key[object], ...]:
    """All that is kept of a stream."""
    row = state.streams.get(stream)
    if row is None:
        return ()
    return (whole(row), *(CellsKey(stream, noun, b"") for noun in NOUNS))


def inspect(step: Step, link: Link | None, stream: StreamId) -> None:
    """Compare a stream with itself and heal it where it differs."""
    state = step.state
    row = state.streams.get(stream)
    if row is None:
        return
    held = step.loaded.get(whole(row))
    sound = sound_part(state, row, held)
    if len(sound) != row.hi - row.lo + 1:
        _count(step, stream)
        if state.heals[stream] > REPEATS_MAX:
            _rebuild(step, link)
        else:
            _drop_above(step, link, row, sound, held)
        return
    stored = {
        (noun, key): cell
        for noun in NOUNS
        for key, cell in step.loaded.get(CellsKey(stream, noun, b""))
    }
    fresh = _fold(step, stream, sound)
    if fresh != stored:
        _count(step, stream)
        cells = step.cells(stream)
        for noun, key in stored:
            if (noun, key) not in fresh:
                cells.drop(noun, key)
        for (noun, key), cell in fresh.items():
            cells.put(noun, key, cell)
        if stream == PEOPLE:
            _renew_accounts(step, fresh)
        step.say(Healed(stream, "refold"))
        step.say(Changed(stream))


def sound_part(
    state: ReplicaState, row: ReplicaStream, held: tuple[Entry, ...]
) -> tuple[Entry, ...]:
    """The entries from `lo` up that are gapless, readable and link from the base."""
    head = row.base
    for index, entry in enumerate(held):
        seq = row.lo + index
        try:
            read = read_event(state, row.stream, seq, entry.at_ms, entry.event, head)
        except ProtocolError:
            return held[:index]
        if read is None or read.entry != entry:
            return held[:index]
        head = entry.head
    return held


def _fold(
    step: Step, stream: StreamId, entries: tuple[Entry, ...]
) -> dict[tuple[str, bytes], Cell]:
    cells = Overlay.fresh(stream)
    for entry in entries:
        read = reread(step.state, stream, entry)
        assert read is not None, "what is sound can be read"
        fold.take(cells, read.writes, read.entry.seq)
    return {place: cell for place, cell in cells.changes().items() if cell is not None}


def _count(step: Step, stream: StreamId) -> None:
    heals = step.state.heals
    heals[stream] = heals.get(stream, 0) + 1
    if heals[stream] == REPEATS_MAX:
        step.say(Alarm("heal_repeats", stream))


def _drop_above(
    step: Step,
    link: Link | None,
    row: ReplicaStream,
    sound: tuple[Entry, ...],
    held: tuple[Entry, ...],
) -> None:
    """Forget the log beyond its sound part, fold what is left, and ask for the rest again."""
    stream = row.stream
    common = sound[-1].seq if sound else 0
    step.forget_stream(stream)
    step.transaction.orphaned.append((stream, common))
    for entry in held[len(sound) :]:
        step.transaction.orphans[entry.event_id] = None
    if sound:
        step.put_stream(replace(row, hi=common, head=sound[-1].head))
    else:
        step.put_stream(replace(row, lo=1, hi=0, base=EMPTY_HEAD, head=EMPTY_HEAD))
    shrink_verified(step, stream, common)
    refold(step, stream, sound)
    step.say(Healed(stream, "repull" if sound else "reopen"))
    step.say(Changed(stream))
    if link is not None and link.ready:
        reopen(step, link, stream)


def _renew_accounts(step: Step, cells: dict[tuple[str, bytes], Cell]) -> None:
    """Know the people that the cells of `ppl` tell of, no others."""
    identity = step.state.identity
    told = ((noun, key, cell) for (noun, key), cell in cells.items())
    step.state.accounts = Accounts.from_cells(
        identity.hub, identity.hub_key, identity.verifier, told
    )


def _rebuild(step: Step, link: Link | None) -> None:
    """Drop every stream's log and start again at the tails, people first."""
    for row in list(step.state.streams.values()):
        step.transaction.purges.append(row.stream)
        step.forget_stream(row.stream)
        del step.state.streams[row.stream]
        if step.state.verified.pop(row.stream, None) is not None:
            step.put_meta("verified", b"", row.stream)
        if link is not None:
            link.forget(row.stream)
        step.say(Healed(row.stream, "rebuild"))
        step.say(Changed(row.stream))
    _renew_accounts(step, {})
    if link is not None:
        link.others_open = False
        open_streams(step, link)
