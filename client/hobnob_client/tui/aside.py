"""What stands beside a place where there is room for it: what it is for, who is there, what was
talked about. Read in a bounded way, and laid out without a screen."""

from collections.abc import Container
from typing import Final

from rich.cells import cell_len

from hobnob_client import membership, term_safe
from hobnob_client.catalogue import n, t
from hobnob_client.reading import Reader
from hobnob_client.tui import blank, titles
from hobnob_client.tui.actions import key_name
from hobnob_client.tui.blank import Listed, Why
from hobnob_client.tui.prose.written import written
from hobnob_client.tui.rows import note_of
from hobnob_client.tui.timeline.wrap import fit, wrap
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_protocol.value import value
from hobnob_sync.opened import is_conversation
from hobnob_sync.views.message import Message

MEMBERS_MAX: Final = 12
THREADS_MAX: Final = 12
LOOKED_AT_MAX: Final = 128
"""Threads are looked for among so many of the newest messages."""
PURPOSE_LINES_MAX: Final = 4

Said = tuple[str, str]
"""A line and its style: "head", "text" or "quiet"."""


@value
class ThreadLine:
    """A thread: its title, or how it begins; how many replies it has; is it settled?"""

    title: str
    replies: int
    resolved: bool


@value
class Aside:
    """All of it safe to draw: `members` are the first of `count`, each with what marks them."""

    purpose: str
    members: tuple[tuple[str, str], ...]
    count: int
    threads: tuple[ThreadLine, ...]

    def laid(self, width: int, height: int) -> "list[Said]":
        """As lines of at most `width` cells (from 8), however many are seen."""
        return lines(self, width)


def of_place(reader: Reader, stream: StreamId) -> Aside:
    """What there is to say of a channel or conversation."""
    if is_conversation(stream):
        line = reader.conversation(stream, counted=False)
        found = membership.of_conversation(reader, line)
        purpose = titles.of_conversation(line).about
    else:
        found = membership.of_channel(reader, stream)
        purpose = titles.of_channel(reader, stream).about
    members = tuple(
        (term_safe.name(each.handle, "?"), " · ".join(each.marks)) for each in found[:MEMBERS_MAX]
    )
    return Aside(purpose, members, len(found), _threads(reader, stream))


def _threads(reader: Reader, stream: StreamId) -> tuple[ThreadLine, ...]:
    """Open ones before settled ones, the newest first: those alone are read that are shown."""
    begun = reader.threads_lately(stream, LOOKED_AT_MAX)
    shown = sorted(begun, key=lambda each: each.heading.resolved)[:THREADS_MAX]
    blocked = reader.kept().blocked
    roots = {each.target: each for each in reader.messages(stream, [each.root for each in shown])}
    return tuple(
        ThreadLine(
            term_safe.line(each.heading.title) or _begins(roots[each.root], reader.me, blocked),
            each.replies,
            each.heading.resolved,
        )
        for each in shown
        if each.root in roots
    )


def _begins(root: Message, me: AccountId, blocked: Container[AccountId]) -> str:
    return (note_of(root, me, blocked) or written(root.text)).replace("\n", " ")


def lines(aside: Aside, width: int) -> list[Said]:
    """It as lines of at most `width` cells (from 8)."""
    found: list[Said] = []
    if aside.purpose:
        broken = [aside.purpose[start:end] for start, end in wrap(aside.purpose, width)]
        found += [(line, "text") for line in broken[:PURPOSE_LINES_MAX]]
        found.append(("", "text"))
    who = n("{count} member", "{count} members", aside.count)
    found.append((_pair(who, key_name("w"), width), "head"))
    for name, marks in aside.members:
        found.append((_pair(name, marks, width), "text"))
    if aside.count > len(aside.members):
        more = t("and {number} more", number=aside.count - len(aside.members))
        found.append((fit(more, width), "quiet"))
    found += [("", "text"), (fit(t("Threads"), width), "head")]
    if not aside.threads:
        found.append((fit(blank.said(Listed.THREADS, Why.EMPTY), width), "quiet"))
    for thread in aside.threads:
        sign = "✓" if thread.resolved else "▸"
        said = _pair(f"{sign} {thread.title}", f"{thread.replies}", width)
        found.append((said, "quiet" if thread.resolved else "text"))
    return found


def _pair(left: str, right: str, width: int) -> str:
    """Two texts at the edges of a line; the left one is cut where both have no room."""
    right = fit(right, max(1, width // 2))
    left = fit(left, max(1, width - cell_len(right) - 1))
    return left + " " * (width - cell_len(left) - cell_len(right)) + right
