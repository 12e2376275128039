"""Real communities come in and go out as they are; skipped where the shared data is not there."""

import io
import json
from itertools import islice
from pathlib import Path

import pytest
import zstandard

from tests.server.interchange.scene import Hub, Record, counts, read, spelled, written

DATA = Path(__file__).parents[4] / "shared" / "data"
ROWS = 1_500
WINDOW_BYTES = 1 << 27


def rows(path: Path, most: int) -> list[Record]:
    """The first records of a packed file."""
    reader = zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES).stream_reader(path.open("rb"))
    with io.BufferedReader(reader) as lines:
        return [json.loads(line) for line in islice(lines, most)]


@pytest.mark.parametrize(
    ("community", "file"),
    [
        ("lean", "messages-2022"),
        ("ubuntu", "messages"),
        ("clojurians", "messages"),
        ("history-meta", "messages"),
    ],
)
def test_a_real_community_comes_back(tmp_path: Path, community: str, file: str) -> None:
    """Its beginning, with everybody who speaks in it."""
    folder = DATA / community
    if not folder.is_dir():
        pytest.skip("there is no shared data here")
    given = rows(folder / f"{file}.jsonl.zst", ROWS)
    named = {record.get("author") for record in given}
    people = [row for row in rows(folder / "members.jsonl.zst", 50_000) if row["id"] in named]
    rooms = rows(folder / "channels.jsonl.zst", 20)
    hub = Hub(tmp_path / "hub")
    told = hub.told("import", str(written(tmp_path / "a", given, people, rooms)))
    assert counts(told, "messages") == (len(given), 0, 0)
    path = hub.export(tmp_path / "b")
    withdrawn = [{**row, "text": ""} if "deleted_ts" in row else row for row in given]
    assert spelled(read(path, "messages")) == spelled(withdrawn)
    assert spelled(read(path, "members")) == spelled(people)
    assert spelled(read(path, "channels")) == spelled(rooms)
