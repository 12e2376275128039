"""The evaluation of matches between two sides counts right."""

import json
from pathlib import Path
from random import Random

import pytest

from tests.evaluation.archive import load
from tests.evaluation.dating import among, auc, run
from tests.evaluation.meetings import Evenings, evenings

SIDES = 8


def _write(directory: Path, seed: int, waves: int = 4) -> None:
    """Everybody has a charm that others say yes to, and a habit of saying yes."""
    random = Random(seed)
    people, meetings = list[dict[str, object]](), list[dict[str, object]]()
    for wave in range(waves):
        sides = [[wave * 100 + side * 50 + n for n in range(SIDES)] for side in (0, 1)]
        charm = {one: random.random() for side in sides for one in side}
        habit = {one: random.random() for side in sides for one in side}
        people += [{"p": one, "wave": wave, "side": at} for at in (0, 1) for one in sides[at]]
        for round_ in range(SIDES):
            for n, one in enumerate(sides[0]):
                other = sides[1][(n + round_) % SIDES]
                said = {
                    (a, b): random.random() < charm[b] * 0.7 + habit[a] * 0.3
                    for a, b in ((one, other), (other, one))
                }
                for a, b in said:
                    row = {"p": a, "q": b, "wave": wave, "order": round_ + 1}
                    answers = {"yes": said[a, b], "q_yes": said[b, a]}
                    meetings.append({**row, **answers, "match": all(said.values())})
    for name, rows in (("participants", people), ("meetings", meetings)):
        text = "".join(f"{json.dumps(row)}\n" for row in rows)
        (directory / f"{name}.jsonl").write_text(text)


@pytest.fixture
def held(tmp_path: Path) -> Evenings:
    """Four evenings."""
    _write(tmp_path, 1)
    found = evenings(tmp_path)
    assert found is not None
    return found


def test_only_earlier_meetings_are_known(held: Evenings) -> None:
    """Whatever is said later on the evening changes no number."""
    early = [each for each in held.meetings if each.order == 1]
    assert {held.numbers(each)[:4] for each in early} == {held.numbers(early[0])[:4]}
    for meeting in held.meetings:
        assert all(each.order < meeting.order for each in held.before(meeting))
        assert len(held.before(meeting)) == meeting.order - 1


def test_a_perfect_order_is_one_and_none_is_half(held: Evenings) -> None:
    """Equals count half."""
    perfect = {(each.one, each.other): float(each.mutual) for each in held.meetings}
    assert auc(held, perfect) == 1.0
    assert auc(held, dict.fromkeys(perfect, 0.0)) == 0.5
    assert auc(held, {pair: -value for pair, value in perfect.items()}) == 0.0
    assert among(held, perfect) > among(held, dict.fromkeys(perfect, 0.0))


def test_both_metrics_are_printed_with_all_baselines(tmp_path: Path) -> None:
    """On the evenings of a directory; nothing where it holds none."""
    assert run(load(tmp_path), 1) == ()
    _write(tmp_path, 2)
    rows = run(load(tmp_path), 1)
    assert len(rows) == 2
    assert rows == run(load(tmp_path), 1)
    assert rows[0].ours is not None
    assert rows[0].ours > rows[0].baselines["random"]
