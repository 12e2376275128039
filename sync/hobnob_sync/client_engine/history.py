"""History: what is older than the tails, asked for in pieces of many pages, each before the one
above it is all there.

The hub answers a piece page by page from its end downwards, under credit, so that few frames bring
much. Pages of one stream come in order: one that joins what is held says how far a piece has come.
"""

from typing import Final

from hobnob_protocol.frames import Back
from hobnob_protocol.ids import StreamId
from hobnob_protocol.limits import BACKFILLS_MAX
from hobnob_sync.client_engine.following import tails_complete
from hobnob_sync.client_engine.inputs import Send
from hobnob_sync.client_engine.link import Asked, Link
from hobnob_sync.client_engine.step import Step
from hobnob_sync.ports import ReplicaStream

STREAMS_MAX: Final = BACKFILLS_MAX // 2
"""Streams whose history is under way at once by itself: half of what the hub takes from one client,
so that what somebody wishes to see always finds room."""
PIECE_EVENTS: Final = 2_048
"""Events of one request: of the usual size under a megabyte, after which those streams go on that
lack most by then."""
AHEAD_EVENTS: Final = PIECE_EVENTS // 2
"""With so many left under way the next piece is asked for: of the usual size more than credit lets
the hub send before the request is there."""
REQUEST_MS: Final = 16
"""One request in so many milliseconds, over a while: a hub ends who sends more than a hundred
frames a second, and credit is given back in between."""
BURST_MS: Final = 1_000
"""So much of them may be used at once."""


def lacking(row: ReplicaStream) -> int:
    """Events of a stream that may be seen and are older than what is held."""
    return max(0, row.lo - row.floor - 1)


def fetch(step: Step, link: Link) -> None:
    """Ask for history of whichever streams lack any, those that lack most first; no faster than a
    hub bears it."""
    link.fetch_at = None
    link.paced_until = max(link.paced_until, step.now_ms - BURST_MS)
    if not tails_complete(step.state, link):
        return
    rows = [row for row in step.state.streams.values() if lacking(row)]
    rows.sort(key=lacking, reverse=True)
    for row in rows:
        if row.stream not in link.backs and len(link.backs) >= STREAMS_MAX:
            continue
        if link.paced_until + REQUEST_MS > step.now_ms:
            if not link.backs:
                # Nothing that comes would ask again.
                link.fetch_at = link.paced_until + REQUEST_MS
            return
        if backfill(step, link, row.stream):
            link.paced_until += REQUEST_MS


def backfill(step: Step, link: Link, stream: StreamId) -> bool:
    """Ask for one more piece of a stream's history, unless enough is under way or nothing older may
    be seen; says whether it did."""
    row = step.state.streams.get(stream)
    if row is None or stream not in link.opened:
        return False
    under_way = link.backs.get(stream)
    before_seq = row.lo if under_way is None else under_way.first_seq
    if row.lo - before_seq > AHEAD_EVENTS or before_seq <= row.floor + 1:
        return False
    first_seq = max(row.floor + 1, before_seq - PIECE_EVENTS)
    link.backs[stream] = Asked(first_seq, step.now_ms)
    step.say(Send(Back(stream, row.grant, before_seq, before_seq - first_seq)))
    return True


def came(link: Link, stream: StreamId, first_seq: int, now_ms: int) -> None:
    """A page that joins what is held came, down to `first_seq`."""
    under_way = link.backs.get(stream)
    if under_way is not None and first_seq <= under_way.first_seq:
        del link.backs[stream]
    elif under_way is not None:
        link.backs[stream] = Asked(under_way.first_seq, now_ms)


def forget_overdue(link: Link, overdue_ms: int) -> None:
    """What was asked for at `overdue_ms` or before and has not moved since may be asked again."""
    for stream, under_way in list(link.backs.items()):
        if under_way.at_ms <= overdue_ms:
            del link.backs[stream]
