"""The evaluation of the feed counts right: its small form, on a community that never was."""

import json
from pathlib import Path

import pytest

from hobnob_client.feed import weights
from hobnob_client.feed.features import FEATURES
from tests.evaluation import __main__ as command
from tests.evaluation import feed, synthetic, train_feed
from tests.evaluation.archive import load
from tests.evaluation.row import Row


@pytest.fixture(scope="module")
def community(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose last days have no text."""
    made = tmp_path_factory.mktemp("community")
    synthetic.write(made, 5, synthetic.Shape(skeleton_days=30))
    return made


def named(rows: tuple[Row, ...], begins: str) -> Row:
    """The row of a metric."""
    return next(row for row in rows if row.metric.startswith(begins))


def test_habits_make_a_better_order_than_time(community: Path) -> None:
    """Who writes by habit is understood by it, by a wide margin; chance is far behind both."""
    rows = feed.run(load(community), 1)
    whole = named(rows, "nDCG@10 of")
    assert whole.ours is not None
    assert whole.ours > 1.3 * whole.baselines["recency"] > 1.3 * whole.baselines["random"]
    assert whole.ratio == pytest.approx(whole.ours / whole.baselines["recency"])
    assert 0 < (named(rows, "recall@10").ours or 0) <= 1
    assert (named(rows, "ms of CPU").ours or 0) > 0
    device = named(rows, "nDCG@10 as a device knows it")
    assert (device.ours or 0) > 0.9 * device.baselines["the whole past"] > 0


def test_the_same_seed_says_the_same(community: Path, tmp_path: Path) -> None:
    """But for the time it takes."""
    told: list[list[dict[str, object]]] = []
    for name in ("one", "two"):
        path = tmp_path / name
        arguments = ["--data", str(community), "--engine", "feed", "--json", str(path)]
        assert command.main(arguments) == 0
        told.append(json.loads(path.read_text())["engines"]["feed"])
    assert told[0][:-1] == told[1][:-1]


def test_an_archive_without_anybody_has_no_rows(tmp_path: Path) -> None:
    """It is said, and nothing fails."""
    assert feed.run(load(tmp_path), 1) == ()


def test_weights_are_learnt_and_written(
    community: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With their source; that one writes in its channel draws, that it is further down repels."""
    path = tmp_path / "weights.toml"
    assert train_feed.main(["--data", str(community), "--to", str(path), "--name", "made up"]) == 0
    found = weights.read(path.read_text())
    assert found.source.startswith("made up, 20% to 60%")
    assert found.source in capsys.readouterr().out

    def logit(channel: float = 0.0, channel_own: float = 0.0, place: float = 0.0) -> float:
        known = {"channel": channel, "channel_own": channel_own, "place": place}
        return sum(found.others.terms(tuple(known.get(each.value, 0.0) for each in FEATURES)))

    assert logit(channel=1.5, channel_own=3.0) > logit(channel=-1.5) > logit(-1.5, place=4.0)
    for regression in (found.joined, found.others):
        assert {bend.feature for bend in regression.bends} <= train_feed.BENT
    assert found.others.bends


def test_a_bend_stands_where_thirds_of_the_threads_part() -> None:
    """With something on either side of it; what has two values has none."""
    assert train_feed.thirds([1.0, 5.0, 2.0, 4.0, 3.0, 6.0]) == (3.0, 5.0)
    assert train_feed.thirds([0.0, 1.0, 1.0, 0.0, 0.0]) == ()
    assert train_feed.thirds([0.0, 0.0, 0.0, 0.0, 2.0, 3.0]) == (2.0,)
