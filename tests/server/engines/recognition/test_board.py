"""A board holds who takes part, in order, and nobody else."""

from hobnob_server.engines.recognition.board import board, own_row
from hobnob_server.engines.recognition.formula import STANDARD
from hobnob_server.engines.recognition.marks import Measure
from hobnob_server.engines.recognition.points import Line, Score
from tests.server.engines.recognition.story import ADA, BO, CY, DI, EVE

EVERYBODY = (ADA, BO, CY, DI, EVE)


def score(person: int, total: float, last_ms: int = 0) -> Score:
    """A score of thanks by Eve."""
    line = Line(Measure.THANKED, total, (1,), last_ms, other=EVE)
    return Score(person, total, (line,), last_ms, None)


SCORES = {one.person: one for one in (score(ADA, 9), score(BO, 40), score(CY, 9, -5), score(DI, 0))}


def places(taking_part: tuple[int, ...]) -> list[tuple[int, int]]:
    """Who stands where."""
    rows = board(SCORES, EVERYBODY, taking_part, STANDARD).rows
    return [(row.place, row.score.person) for row in rows]


def test_who_had_as_much_earlier_stands_above() -> None:
    """And whoever has nothing stands nowhere."""
    assert places(EVERYBODY) == [(1, BO), (2, CY), (3, ADA)]


def test_who_leaves_is_gone_and_the_others_move_up() -> None:
    """It is told how many are in and out, and by which formula all is counted."""
    assert places((ADA, CY)) == [(1, CY), (2, ADA)]
    found = board(SCORES, EVERYBODY, (ADA, CY, 99), STANDARD)
    assert (found.taking_part, found.left_out, found.formula) == (2, 3, STANDARD)


def test_who_leaves_is_named_in_nobodys_lines() -> None:
    """What they gave still counts, as an event."""
    for inside, named in ((EVERYBODY, EVE), ((ADA, BO), None)):
        line = board(SCORES, EVERYBODY, inside, STANDARD).rows[0].score.lines[0]
        assert (line.other, line.refs, line.value) == (named, (1,), 40)


def test_everybody_sees_where_they_would_stand() -> None:
    """Before they join the board; the others do not see it."""
    row = own_row(SCORES, ADA, (BO,))
    assert row is not None
    assert (row.place, row.score.total) == (2, 9)
    assert own_row(SCORES, EVE, EVERYBODY) is None
