"""Who needs care as entries of a room and of Home, told in words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from hobnob_client import care_words, term_safe
from hobnob_client.care.needs import Need, Sort
from hobnob_client.tui.prose.brief import brief
from hobnob_client.tui.rooms.contents import TEXT_MAX, Contents, Standing
from hobnob_client.tui.rooms.line import Line
from hobnob_client.tui.rooms.line import Sort as Kind

SIGNS: Final = {Sort.NEWCOMER: "◇", Sort.QUESTION: "?", Sort.REPORT: "!", Sort.BUDDY: "◇"}


def entries(contents: Contents, needs: Iterable[Need], now_ms: int) -> tuple[Line, ...]:
    """One each, in their order. What was said in private leads nowhere."""
    return tuple(_entry(contents, need, now_ms) for need in needs)


def _entry(contents: Contents, need: Need, now_ms: int) -> Line:
    by = contents.who(need.by) if need.by is not None else ""
    why = care_words.why(need, max(0, now_ms - need.since_ms), by)
    return Line(
        need.name,
        Kind.CARE,
        SIGNS[need.sort],
        contents.who(need.who) if need.who is not None else "",
        contents.where(need.stream, need.thread) if need.target is not None else "",
        term_safe.line(why),
        brief(need.text, TEXT_MAX),
        need.since_ms,
        need.stream if need.target is not None else None,
        need.target,
        need.thread,
        (need.name,),
    )


def at_home(contents: Contents, needs: Sequence[Need], now_ms: int) -> tuple[Line, ...]:
    """One of each sort: how many there are, on the one who has waited longest; `needs` are in that
    order, and only those that are shown are looked up."""
    found: list[Line] = []
    for sort in Sort:
        several = [need for need in needs if need.sort is sort]
        if several:
            (line,) = entries(contents, several[:1], now_ms)
            first = several[0]
            blocked = care_words.blocked(first.who, first.by, first.blocked)
            counted = " · ".join(
                filter(None, (care_words.counted(sort, len(several)), blocked)),
            )
            found.append(replace(line, key=b"care " + sort.encode(), why=counted))
    return tuple(found)


def onto(standing: Standing, lines: Sequence[Line]) -> Standing:
    """Home with these behind what needs oneself."""
    needs = tuple(each for each in standing.lines if not each.later)
    return replace(
        standing,
        lines=(*needs, *lines, *standing.lines[len(needs) :]),
        needs=standing.needs + len(lines),
    )
