"""The catch-up walk: which places are gone through, in order of need, and why; pure."""

from collections.abc import Iterable

from hobnob_client.catalogue import n, t
from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_protocol.ids import StreamId
from hobnob_protocol.value import value


@value
class Stop:
    """One place with something unread, and why one should look."""

    stream: StreamId
    why: str


def stops(lines: Iterable[Line]) -> tuple[Stop, ...]:
    """One for each place that Home tells of, where it comes first; what is counted there in all
    stands before the strongest reason."""
    firsts: dict[StreamId, Line] = {}
    new: dict[StreamId, int] = {}
    for line in lines:
        if line.stream is None or line.sort is Sort.REFUSED:
            continue
        if line.later:
            new[line.stream] = line.count
        firsts.setdefault(line.stream, line)
    return tuple(Stop(stream, _why(line, new.get(stream, 0))) for stream, line in firsts.items())


def _why(first: Line, count: int) -> str:
    """What is counted in all is said once: the strongest reason has counted its own."""
    if not count:
        return first.why
    new = n("{count} new", "{count} new", count)
    return new if first.later else f"{new}, {first.reason or first.why}"


def told(nth: int, count: int, place: str, why: str) -> str:
    """Where one is on the walk, in one line; `nth` from 0."""
    return t(
        "Stop {nth} of {count} · {place}: {why}", nth=nth + 1, count=count, place=place, why=why
    )
