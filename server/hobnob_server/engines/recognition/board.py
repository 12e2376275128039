"""Boards: scores in order, of those who take part, with the formula that made them.

Whoever leaves recognition is on no board, and is named in nobody's lines, from the next board on:
what they gave still counts for whoever they gave it to, as an event without a name.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from hobnob_server.engines.recognition.deeds import Person
from hobnob_server.engines.recognition.formula import Formula
from hobnob_server.engines.recognition.points import Line, Score


@dataclass(frozen=True, slots=True)
class Row:
    """A place on a board."""

    place: int
    """From 1; no two share one: who had as much earlier stands above."""
    score: Score


@dataclass(frozen=True, slots=True)
class Board:
    """A period of everybody, or of one channel."""

    rows: tuple[Row, ...]
    formula: Formula
    taking_part: int
    """Members who are counted."""
    left_out: int
    """Members who are not, by their own wish."""


def board(
    scores: Mapping[Person, Score],
    members: Collection[Person],
    taking_part: Collection[Person],
    formula: Formula,
) -> Board:
    """The board of those among the members who take part and have a score above 0."""
    inside = frozenset(taking_part) & frozenset(members)
    rows = _rows([score for person, score in scores.items() if person in inside], inside)
    return Board(rows, formula, len(inside), len(frozenset(members)) - len(inside))


def own_row(
    scores: Mapping[Person, Score], person: Person, taking_part: Collection[Person]
) -> Row | None:
    """What somebody sees of themselves, on the board or not; None without a score.

    The place is the one they have, or would have.
    """
    inside = frozenset(taking_part)
    with_them = inside | {person}
    rows = _rows([score for one, score in scores.items() if one in with_them], inside)
    return next((row for row in rows if row.score.person == person), None)


def _rows(scores: list[Score], inside: frozenset[Person]) -> tuple[Row, ...]:
    ordered = sorted(
        (score for score in scores if score.total > 0),
        key=lambda score: (-score.total, score.last_ms, score.person),
    )
    return tuple(Row(place, _unnamed(score, inside)) for place, score in enumerate(ordered, 1))


def _unnamed(score: Score, inside: frozenset[Person]) -> Score:
    lines = tuple(_line(line, inside) for line in score.lines)
    return replace(score, lines=lines)


def _line(line: Line, inside: frozenset[Person]) -> Line:
    return line if line.other in inside else replace(line, other=None)
