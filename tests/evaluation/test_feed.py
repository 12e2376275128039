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
    """With their source; that one took part draws, that a thread is further down repels."""
    path = tmp_path / "weights.toml"
    assert train_feed.main(["--data", str(community), "--to", str(path), "--name", "made up"]) == 0
    found = weights.read(path.read_text())
    assert found.source.startswith("made up, 20% to 60%")
    assert found.source in capsys.readouterr().out
    told = {each.value: weight for each, weight in zip(FEATURES, found.others.weights, strict=True)}
    assert told["channel"] > 0 > told["place"]
