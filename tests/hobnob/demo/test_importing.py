"""A hub takes the demo world like any other archive."""

import json
from io import StringIO
from pathlib import Path

from hobnob.demo.interchange import Record, archive
from hobnob_server.cli import serve
from tests.hobnob.demo import NOWS, WORLD


def called(*argv: str) -> Record:
    """The answer of a hub's verb that must go well."""
    out, talk = StringIO(), StringIO()
    assert serve((*argv, "--json"), {}, out, talk) == 0, talk.getvalue()
    found: Record = json.loads(out.getvalue())
    return found


def test_a_hub_imports_the_whole_world(tmp_path: Path) -> None:
    """Every record of it is good, and all of them come out as they went in."""
    world = archive(WORLD, NOWS[0])
    folder, hub, out = (tmp_path / name for name in ("world", "hub", "out"))
    folder.mkdir()
    files = {"members": world.members, "channels": world.channels, "messages": world.messages}
    for name, records in files.items():
        lines = "".join(f"{json.dumps(record)}\n" for record in records)
        (folder / f"{name}.jsonl").write_text(lines)
    told = called("import", str(folder), "--data", str(hub))
    assert [told[f"{name}_bad"] for name in files] == [0, 0, 0]
    assert [told[f"{name}_added"] for name in files] == [len(rows) for rows in files.values()]
    assert told["threads"] == sum(bool(talk.title) for talk in WORLD.talks)
    called("export", str(out), "--data", str(hub))
    for name, records in files.items():
        exported = (out / f"{name}.jsonl").read_text().splitlines()
        assert sorted(exported) == sorted(
            json.dumps(record, sort_keys=True, separators=(",", ":")) for record in records
        )
