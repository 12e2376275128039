"""The feed as entries of its room: ranked beside the screen, told in words on it."""

from collections.abc import Callable, Sequence
from dataclasses import field
from typing import Final

from rich.cells import cell_len

from hobnob_client import feed_words
from hobnob_client.catalogue import decimal, n, quoted, t
from hobnob_client.durations import MINUTE_MS
from hobnob_client.feed import ranking
from hobnob_client.feed.fewer import Fewer
from hobnob_client.feed.ranking import Row
from hobnob_client.feed.reasons import Reason
from hobnob_client.feed.scoring import Explained, explain
from hobnob_client.feed.source import Gathered, Spot
from hobnob_client.feed.talk import Name, Talk
from hobnob_client.feed.weights import shipped
from hobnob_client.tui.rooms.contents import INSIDE, Contents
from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_client.tui.widgets.card_list import AROUND_CELLS, Card
from hobnob_protocol.ids import TargetId
from hobnob_protocol.value import value

ROWS_MAX: Final = 50
"""Entries that are shown: who reads more of them searches."""
WIDE_CELLS: Final = 60
"""From here on what is new has room behind the title."""
TRY: Final = "✦"
"""Marks what stands there to be found out about."""


@value
class Told:
    """One thread in its place; of one that is ordered by time alone there is no `why`."""

    talk: Talk
    newest: TargetId
    unread: int
    explored: bool = False
    reasons: tuple[Reason, ...] = ()
    why: Explained | None = None


@value
class Entry:
    """One in words, safe to draw, and where it leads."""

    line: Line
    spot: Spot
    new: str
    age: str
    explored: bool = False
    reasons: tuple[str, ...] = field(default=())
    why: Explained | None = None


def order(
    gathered: Gathered, fewer: Sequence[Fewer], now_ms: int, *, by_time: bool
) -> tuple[Told, ...]:
    """The first of them in their order; pure, and some milliseconds for some hundred threads."""

    def told(row: Row | None, talk: Talk) -> Told:
        newest, unread = gathered.newest[talk.key], gathered.unread.get(talk.key, 0)
        if row is None:
            return Told(talk, newest, unread)
        why = explain(row.scored, gathered.habits, shipped())
        return Told(talk, newest, unread, row.explored, row.reasons(gathered.habits), why)

    if by_time:
        return tuple(told(None, talk) for talk in ranking.chronological(gathered.talks)[:ROWS_MAX])
    draw = ranking.draw_of(now_ms)
    rows = ranking.rank(gathered.talks, gathered.habits, now_ms, fewer=fewer, draw=draw)
    return tuple(told(row, row.scored.talk) for row in rows[:ROWS_MAX])


def entry(contents: Contents, told: Told, when: Callable[[int], str], now_ms: int) -> Entry | None:
    """One in words; None where its newest message is not here any more. `when` says a moment."""
    talk, spot = told.talk, told.talk.key
    assert isinstance(spot, Spot)
    newest = contents.newest(spot.stream, told.newest)
    if newest is None:
        return None
    called = contents.called(spot.stream, spot.root) if spot.root is not None else ""
    text = newest.text if newest.text != called or talk.said > 1 else ""
    line = Line(
        spot.stream + (spot.root or b""),
        Sort.THREAD,
        TRY if told.explored else "",
        newest.who,
        INSIDE.join(filter(None, (contents.place(spot.stream), called))),
        text=text,
        at_ms=talk.last_ms,
        stream=spot.stream,
        target=newest.target,
        root=spot.root,
        count=told.unread,
    )

    def name(who: Name) -> str:
        return contents.who(who) if isinstance(who, bytes) else ""

    reasons = tuple(feed_words.reason(each, name, when) for each in told.reasons)
    age = age_words(now_ms - talk.last_ms)
    return Entry(
        line,
        spot,
        _new(talk, told.unread, in_thread=spot.root is not None),
        age,
        told.explored,
        reasons,
        told.why,
    )


def _new(talk: Talk, unread: int, *, in_thread: bool) -> str:
    """What is new, and how many take part."""
    found = [n("{count} new", "{count} new", unread)] if unread else []
    if talk.people > 1:
        found.append(n("{count} person", "{count} people", talk.people))
    elif talk.unanswered and talk.said == 1 and in_thread:
        found.append(t("0 answers"))
    return " · ".join(found)


def age_words(age_ms: int) -> str:
    """How long ago, in one number, or one word."""
    minutes = max(0, age_ms) // MINUTE_MS
    if not minutes:
        return t("now")
    if minutes < 60:
        return t("{count} m", count=minutes)
    if minutes < 24 * 60:
        return t("{count} h", count=minutes // 60)
    return t("{count} d", count=minutes // (24 * 60))


def cards(entries: Sequence[Entry], width: int) -> list[Card]:
    """One each, by the width there is."""
    return [_card(nth, each, width) for nth, each in enumerate(entries, 1)]


def _card(nth: int, entry: Entry, width: int) -> Card:
    line, wide = entry.line, width >= WIDE_CELLS
    head = f"{nth:>2} {line.where}"
    if entry.explored:
        head = f"{nth:>2} {line.sign} {t('try')}: {line.where}"
    said = f"{line.who}: {quoted(line.text)}" if line.text else line.who
    rest = [said] if wide or not entry.new else [entry.new, said]
    whole = t("because {why}", why=" · ".join(entry.reasons))
    if entry.reasons and cell_len(whole) <= width - AROUND_CELLS:
        rest.append(whole)
    elif entry.reasons:
        first, *others = entry.reasons
        rest += [t("because {why}", why=first), *(f"· {each}" for each in others)]
    side = " · ".join(filter(None, (entry.new, entry.age))) if wide else entry.age
    return Card(line.key, head, tuple(rest), side=side)


def term_cards(why: Explained, reasons: Sequence[str]) -> list[Card]:
    """All that a place is made of: what they come to first, then each term."""
    start, *all_terms, total = feed_words.terms(why)
    nothing = {decimal(each, "+.3f") for each in (0.0, -0.0)}
    terms = [each for each in all_terms if each[0].strip() not in nothing]
    found = [
        Card(b"total", total[1], (total[0].strip(), *reasons)),
        Card(b"start", _term(start)),
    ]
    found += [Card(f"{nth}".encode(), _term(each)) for nth, each in enumerate(terms)]
    rest = len(all_terms) - len(terms)
    if rest:
        said = n(
            "{count} more that weighs nothing here", "{count} more that weigh nothing here", rest
        )
        found.append(Card(b"rest", said))
    return found


def _term(term: tuple[str, str, str]) -> str:
    logit, what, number = term
    return f"{logit}  {what}" + (f" ({number})" if number else "")
