"""History: what is older than the tails, asked for by its places, some pages ahead of what is held.

A request names its first and its last event, so several can be under way without waiting for one
another's answers; how many events fit a page is learned from the pages that came. Where the hub
answers with less than was asked for, what was asked for below it no longer joins: those pages are
dropped when they come, and asked for anew.
"""

from typing import Final

from hobnob_protocol.frames import Back
from hobnob_protocol.ids import StreamId
from hobnob_protocol.limits import BACKFILLS_MAX, PAGE_BYTES_MAX
from hobnob_sync.client_engine.following import tails_complete
from hobnob_sync.client_engine.inputs import Send
from hobnob_sync.client_engine.link import Asked, Link
from hobnob_sync.client_engine.reading import Read
from hobnob_sync.client_engine.step import Step
from hobnob_sync.ports import ReplicaStream

REQUESTS_MAX: Final = BACKFILLS_MAX // 2
"""Requests under way at once, of all streams together: half of what the hub takes from one client,
and more than its credit lets it answer before the first pages are taken in."""
AHEAD_MAX: Final = 4
"""... and of one stream: so much is asked for twice at worst when a page comes short."""
FIRST_EVENTS: Final = 64
"""Events of a stream's first request, of which nothing is known yet."""
FILL: Final = (3, 4)
"""How full a page is wished, as a fraction: events differ in size, and one too many makes the hub
read it again."""


def lacking(row: ReplicaStream) -> int:
    """Events of a stream that may be seen and are older than what is held."""
    return max(0, row.lo - row.floor - 1)


def fetch(step: Step, link: Link) -> None:
    """Ask for history of whichever streams lack any, as much as may be under way: one page of each,
    those that lack most first, before a second of any."""
    room = REQUESTS_MAX - sum(map(len, link.backs.values()))
    if room <= 0 or not tails_complete(step.state, link):
        return
    rows = [row for row in step.state.streams.values() if lacking(row)]
    rows.sort(key=lacking, reverse=True)
    for depth in range(1, AHEAD_MAX + 1):
        for row in rows:
            if room and len(link.backs.get(row.stream, ())) < depth:
                room -= backfill(step, link, row.stream)


def backfill(step: Step, link: Link, stream: StreamId) -> bool:
    """Ask for one more page of a stream's history, unless as many as may be are under way or
    nothing older may be seen; says whether it did."""
    row = step.state.streams.get(stream)
    if row is None or stream not in link.opened:
        return False
    under_way = link.backs.get(stream, [])
    before_seq = under_way[-1].first_seq if under_way else row.lo
    if len(under_way) >= AHEAD_MAX or before_seq <= row.floor + 1:
        return False
    limit = link.page_events.get(stream, FIRST_EVENTS)
    first_seq = max(row.floor + 1, before_seq - limit)
    link.backs[stream] = [*under_way, Asked(first_seq, before_seq, step.now_ms)]
    step.say(Send(Back(stream, row.grant, before_seq, before_seq - first_seq)))
    return True


def answered(link: Link, stream: StreamId, first_seq: int, before_seq: int, joined: bool) -> None:
    """A page of history came, from `first_seq` to just below `before_seq`. Where it did not join
    what is held, or is shorter than was asked for, those that were asked for below it will not
    join either."""
    under_way = link.backs.get(stream, [])
    for place, asked in enumerate(under_way):
        if asked.before_seq == before_seq:
            whole = joined and asked.first_seq == first_seq
            left = [*under_way[:place], *(under_way[place + 1 :] if whole else ())]
            link.backs[stream] = left
            if not left:
                del link.backs[stream]
            return


def learn(link: Link, stream: StreamId, reads: tuple[Read, ...]) -> None:
    """How many events of this stream a page should be asked to hold."""
    size_bytes = sum(len(read.entry.event) for read in reads)
    wished_bytes = PAGE_BYTES_MAX * FILL[0] // FILL[1]
    link.page_events[stream] = max(1, wished_bytes * len(reads) // size_bytes)


def forget_overdue(link: Link, overdue_ms: int) -> None:
    """Requests made at `overdue_ms` or before may be made again."""
    for stream, under_way in list(link.backs.items()):
        if under_way[0].at_ms <= overdue_ms:
            del link.backs[stream]
