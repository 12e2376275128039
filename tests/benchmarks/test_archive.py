"""The measurement of an archive measures what it says, in its smallest form."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import archive

MESSAGES = 300


def written(directory: Path, name: str, records: list[dict[str, object]]) -> None:
    """One file of an archive."""
    (directory / f"{name}.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in records))


def test_without_an_archive_nothing_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says so, and nothing fails."""
    assert archive.main(["--data", str(tmp_path / "nowhere")]) == 0
    assert capsys.readouterr().out.startswith("nothing is measured")


def test_a_small_archive_is_measured_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All heads and all rows are equal, and each word is found; a kept hub is measured again."""
    written(tmp_path, "members", [{"id": "m1", "name": "Alice"}])
    written(tmp_path, "channels", [{"id": "c1", "name": "garden"}])
    written(
        tmp_path,
        "messages",
        [
            {"id": f"{n}", "ts": 1_600_000_000 + n, "channel": "c1", "author": "m1",
             "text": f"the wheel {'abcdefghij'[n % 10] * 5}"}
            for n in range(MESSAGES)
        ],
    )  # fmt: skip
    for _ in range(2):
        assert archive.main(["--data", str(tmp_path), "--hub", str(tmp_path / "hub")]) == 0
        rows = [
            [cell.strip() for cell in line.split("|")[1:-1]]
            for line in capsys.readouterr().out.splitlines()
            if line.startswith("|")
        ]
        told = {row[0]: row[1:] for row in rows}
        (events,) = [row[0] for row in rows if row[0].replace(",", "").isdigit()]
        assert int(events.replace(",", "")) > MESSAGES
        for what in ("heads", "rows"):
            equal, _, of, _ = told[what][0].split()
            assert equal == of, what
        words, found, *_ = told["a word"]
        assert words == found != "0"
