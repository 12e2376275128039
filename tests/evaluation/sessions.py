"""The protocol of the feed's evaluation: moments at which a member came, and what they did then.

A session of a member begins with a message after six hours or more in which they wrote none; its
moment is that message's. The candidates are the topics in which something was said within seven
days before; relevant are those of them in which the member writes within 24 hours from the moment
on. Sessions without such a topic do not count, for no order could be right. What is known at a
moment is what was said before it: the ledger has seen no message of the session.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Final

from hobnob_client.feed.habits import Habits
from hobnob_client.feed.ledger import Ledger, Post
from hobnob_client.feed.talk import Talk
from tests.evaluation.archive import NONE, Archive

GAP_MS: Final = 6 * 3_600_000
AHEAD_MS: Final = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time, by the days of UTC: `begin_ms` belongs to it, `end_ms` does not."""

    name: str
    begin_ms: int
    end_ms: int


def months(name: str, begin: tuple[int, int], end: tuple[int, int]) -> Window:
    """From one month's beginning to another's."""
    first, last = (datetime(*one, 1, tzinfo=UTC).timestamp() * 1_000 for one in (begin, end))
    return Window(name, round(first), round(last))


TRAIN: Final = (
    months("2022-01..06", (2022, 1), (2022, 7)),
    months("2025-05..08", (2025, 5), (2025, 9)),
)
TEST: Final = (
    months("2022-07..12", (2022, 7), (2023, 1)),
    months("2025-09..2026-01", (2025, 9), (2026, 2)),
)
"""Of the archive that the weights were learnt from; 2026-02 is looked at by nobody."""


def windows_in(
    archive: Archive, named: Sequence[Window], share: tuple[float, float]
) -> tuple[Window, ...]:
    """Those of the named windows of which the archive has anything; where it has none of them, the
    part of its time from one share of it (0 to 1) to another."""
    if not len(archive):
        return ()
    found = tuple(
        window for window in named if archive.at(window.begin_ms) < archive.at(window.end_ms)
    )
    if found:
        return found
    first, last = archive.times_ms[0], archive.times_ms[-1] + 1
    begin_ms, end_ms = (round(first + (last - first) * one) for one in share)
    return (Window(f"{share[0]:.0%} to {share[1]:.0%}", begin_ms, end_ms),)


@dataclass(frozen=True, slots=True)
class Session:
    """One member came: at the position of their first message."""

    member: int
    at: int


@dataclass(frozen=True, slots=True)
class Moment:
    """What was known then, and what turned out to be relevant."""

    member: int
    now_ms: int
    talks: list[Talk]
    """The newest first; their keys are topics."""
    habits: Habits
    relevant: frozenset[int]
    """Topics among them, at least one."""
    at: int
    """The position of the member's message: what stands before it is known."""


def sessions(archive: Archive, window: Window, most: int, seed: int) -> list[Session]:
    """Those of a window, in order; not more than `most`, drawn by the seed."""
    wrote: dict[int, int] = {}
    found: list[Session] = []
    for at in range(archive.at(window.end_ms)):
        member, time_ms = archive.authors[at], archive.times_ms[at]
        since = wrote.get(member)
        if time_ms >= window.begin_ms and (since is None or time_ms - since >= GAP_MS):
            found.append(Session(member, at))
        wrote[member] = time_ms
    if len(found) > most:
        found = sorted(Random(seed).sample(found, most), key=lambda session: session.at)
    return found


def moments(archive: Archive, chosen: Sequence[Session]) -> Iterator[Moment]:
    """Each session as a moment, in order; the whole past is folded on the way."""
    asked = {session.at: session for session in chosen}
    written: dict[int, list[int]] = {}
    for at, member in enumerate(archive.authors):
        written.setdefault(member, []).append(at)
    ledger = Ledger()
    for at in range(max(asked, default=-1) + 1):
        session = asked.get(at)
        if session is not None:
            now_ms = archive.times_ms[at]
            talks = ledger.talks(session.member, now_ms)
            relevant = _next(archive, written[session.member], at)
            relevant &= {talk.key for talk in talks}
            if relevant:
                habits = ledger.habits(session.member, now_ms)
                yield Moment(session.member, now_ms, talks, habits, frozenset(relevant), at)
        ledger.add(post(archive, at))


def _next(archive: Archive, written: Sequence[int], at: int) -> set[int]:
    end_ms = archive.times_ms[at] + AHEAD_MS
    found: set[int] = set()
    for place in written[written.index(at) :]:
        if archive.times_ms[place] >= end_ms:
            break
        found.add(archive.topics[place])
    return found


def post(archive: Archive, at: int) -> Post:
    """One message as the ledger takes it."""
    text, answered = archive.texts[at], archive.answered[at]
    return Post(
        archive.topics[at],
        archive.channels[at],
        archive.authors[at],
        archive.times_ms[at],
        archive.lengths[at],
        None if text is None else "?" in text,
        None if answered == NONE else archive.authors[answered],
        archive.mentions.get(at, ()),
    )
