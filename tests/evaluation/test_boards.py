"""The evaluation of boards counts right."""

from pathlib import Path

import pytest

from tests.evaluation import boards, synthetic
from tests.evaluation.archive import load
from tests.evaluation.correlation import spearman
from tests.evaluation.test_archive import lines, said


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        ([1, 2, 3, 4], [10, 20, 30, 99], 1),
        ([1, 2, 3, 4], [4, 3, 2, 1], -1),
        ([1, 2, 2, 3], [1, 2, 2, 3], 1),
        ([1, 1, 1], [1, 2, 3], 0),
        ([1, 2, 3, 4, 5], [2, 1, 4, 3, 5], 0.8),
    ],
)
def test_orders_agree_by_their_ranks(
    one: list[float], other: list[float], agreement: float
) -> None:
    """Ties have their mean rank; an order that is all ties agrees with none."""
    assert spearman(one, other) == pytest.approx(agreement)


def test_without_thanks_there_is_nothing_to_rank(tmp_path: Path) -> None:
    """The archive has text, but no word of thanks."""
    lines(tmp_path / "messages.jsonl", said("1", 1, "ada"))
    assert boards.run(load(tmp_path), 1) == ()


def test_a_ring_leads_by_count_and_is_last_by_ours(tmp_path: Path) -> None:
    """As long as nobody is duped; then it is somewhere between."""
    synthetic.write(tmp_path, 1, synthetic.Shape(days=60))
    rows = {row.metric: row for row in boards.run(load(tmp_path), 1)}
    people = rows["... by so many givers"].ours
    quiet, duped = (rows[f"best colluder, ring 20, duped {number}"] for number in (0, 10))
    assert people is not None
    assert quiet.ours is not None
    assert duped.ours is not None
    assert quiet.baselines["raw count"] == 1
    assert quiet.ours > people
    assert 1 < duped.ours < quiet.ours
