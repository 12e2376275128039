"""The evaluation of helpers counts right, on cases that can be counted by hand."""

from pathlib import Path

import pytest

from tests.evaluation.archive import load
from tests.evaluation.asking import questions
from tests.evaluation.helping import Need, run
from tests.evaluation.rationing import Ranked, show
from tests.evaluation.synthetic import Shape, write
from tests.evaluation.train_helpers import main as train

WEEK = 7 * 86_400_000
NOW = 1_600_000_000_000
STAR, SECOND, OTHERS = 1, 2, tuple(range(3, 25))


def _asked(every_ms: int, many: int) -> list[Ranked]:
    scores = ((STAR, 0.5), (SECOND, 0.45), *((who, 0.4) for who in OTHERS))
    return [Ranked(NOW + n * every_ms, scores, frozenset((STAR,))) for n in range(many)]


def test_without_a_limit_the_best_are_always_shown() -> None:
    """And the busiest ten have all shows."""
    shown = show(_asked(1_000, 50), None, 0.0)
    assert shown.people == [[1, 2, 3]] * 50
    assert shown.hit(_asked(1_000, 50)) == 1.0
    assert shown.busiest(1) == pytest.approx(1 / 3)
    assert shown.distinct() == 3


@pytest.mark.parametrize("step", [0.0, 0.05, 0.5])
def test_nobody_is_shown_beyond_the_limit_in_any_week(step: float) -> None:
    """By whichever rule."""
    asked = _asked(WEEK // 40, 200)
    shown = show(asked, 10, step)
    for who in (STAR, SECOND, *OTHERS):
        times = [one.now_ms for one, three in zip(asked, shown.people, strict=True) if who in three]
        assert all(later - sooner >= WEEK for sooner, later in zip(times, times[10:], strict=False))


def test_greed_spends_the_week_at_once_and_a_price_keeps_some() -> None:
    """The best is left for the last questions of the week."""
    asked = _asked(WEEK // 40, 40)
    greedy, priced = show(asked, 10, 0.0), show(asked, 10, 0.15)
    assert [STAR in three for three in greedy.people] == [True] * 10 + [False] * 30
    assert any(STAR in three for three in priced.people[20:])


def test_questions_are_those_another_answers_within_a_day(tmp_path: Path) -> None:
    """And nothing of what came later is known: neither the answers nor who is new."""
    write(tmp_path, 3, Shape(days=60))
    archive = load(tmp_path)
    first, last = archive.times_ms[0], archive.times_ms[-1]
    found = list(questions(archive, first + (last - first) // 2, last))
    assert len(found) > 20
    for question in found:
        topic, asked_ms = archive.topics[question.at], question.now_ms
        after = [
            archive.authors[at]
            for at in range(question.at + 1, len(archive))
            if archive.topics[at] == topic and archive.times_ms[at] - asked_ms <= 86_400_000
        ]
        assert question.answered_by == {who for who in after if who != question.asker}
        assert question.asker not in question.candidates
        assert all(hit.at_ms <= asked_ms for hit in question.hits)
        assert topic not in archive.topics[: question.at]


def test_unlike_needs_are_of_other_channels_and_other_words() -> None:
    """What is alike in one of both is not unlike."""
    need = Need(1, frozenset(("wal", "nfs")))
    assert need.unlike(Need(2, frozenset(("borrow", "checker"))))
    assert not need.unlike(Need(1, frozenset(("borrow", "checker"))))
    assert not need.unlike(Need(2, frozenset(("wal", "mode"))))


def test_the_same_rows_come_of_the_same_archive(tmp_path: Path) -> None:
    """From training to the table; what is measured are shares."""
    write(tmp_path, 3, Shape(days=60))
    archive = load(tmp_path)
    rows = run(archive, 1)
    assert rows == run(archive, 1)
    assert all(row.ours is not None and 0 <= row.ours <= 1 for row in rows)
    assert len(rows) == 7
    weights = tmp_path / "weights.toml"
    train(["--data", str(tmp_path), "--to", str(weights), "--name", "synthetic"])
    assert 'source = "synthetic' in weights.read_text()
