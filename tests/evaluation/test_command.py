"""The command prints what engines say, as a table and as JSON."""

import json
from pathlib import Path

import pytest

from tests.evaluation import __main__ as command
from tests.evaluation import synthetic
from tests.evaluation.engines import MODULES
from tests.evaluation.row import Row, against


def test_without_an_archive_nothing_is_evaluated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says so, and nothing fails."""
    assert command.main(["--data", str(tmp_path / "nowhere")]) == 0
    assert capsys.readouterr().out.startswith("nothing is evaluated")


def test_the_archive_is_told_in_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each engine has its heading, also one that has nothing to say of this archive."""
    synthetic.write(tmp_path, 1, synthetic.Shape(days=3))
    (tmp_path / "messages.jsonl").write_text("")
    told = tmp_path / "told.json"
    assert command.main(["--data", str(tmp_path), "--json", str(told)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("0 messages, 0 with text, 0 people")
    for name in MODULES:
        assert f"## {name}\n" in out
        assert json.loads(told.read_text())["engines"][name] == []


def test_a_row_is_told_beside_its_baselines() -> None:
    """Ours by the first of them; what cannot be told is a dash."""
    row = against("nDCG@10", {"recency": 0.2, "random": 0.05}, 0.5, "ratio ≥ 2.4")
    printed = command.printed([row, Row("calibration error", {}, None)])
    assert [cell.strip() for cell in printed.splitlines()[2].split("|")[1:-1]] == [
        "nDCG@10", "recency 0.200 · random 0.050", "0.500", "2.50", "ratio ≥ 2.4",
    ]  # fmt: skip
    assert [cell.strip() for cell in printed.splitlines()[3].split("|")[2:-1]] == ["-"] * 4
    told = json.loads(command.as_json(7, {"feed": (row,)}))
    assert told["seed"] == 7
    assert told["engines"]["feed"][0]["ratio"] == 2.5
