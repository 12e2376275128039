"""A bad record is told with its place, skipped and counted; all others come."""

import json
from pathlib import Path
from typing import Any

import pytest

from hobnob_server.errors import DONE, FAILED
from tests.server.interchange.scene import Hub, channel, counts, member, message, written

BAD: list[tuple[str, str]] = [
    ("nonsense", "this is no JSON"),
    ("[1]", "this is no object"),
    ('{"id":"2","ts":NaN,"channel":"c","text":""}', "this is no JSON"),
    ("[" * 100_000, "this is no JSON"),
    ('{"id":"2","ts":1e999,"channel":"c","text":""}', "its ts is not what it should be"),
]
FIELDS: list[tuple[str, Any]] = [
    ("id", 7),
    ("id", ""),
    ("id", "a\nb"),
    ("id", "x" * 129),
    ("ts", "1"),
    ("ts", True),
    ("ts", -1),
    ("ts", 1e300),
    ("channel", None),
    ("author", 7),
    ("text", None),
    ("topic", ["x"]),
    ("topic_id", 7),
    ("thread", 7),
    ("reply_to", {}),
    ("reply_to", [7]),
    ("mentions", "ada"),
    ("reactions", ["x"]),
    ("reactions", [{"emoji": 7}]),
    ("reactions", [{"emoji": "x", "by": [7]}]),
    ("reactions", [{"emoji": "x", "count": -1}]),
    ("edited_ts", "now"),
    ("deleted_ts", "now"),
    ("pinned", 1),
]


def _bad(name: str, value: object) -> str:
    return json.dumps({**message("2", 2), name: value})


@pytest.mark.parametrize(
    ("line", "why"),
    [
        *BAD,
        *((_bad(name, value), f"its {name} is not what it should be") for name, value in FIELDS),
        ('{"id":"2","ts":1,"channel":"c"}', "it has no text"),
    ],
)
def test_a_bad_is_skipped(hub: Hub, tmp_path: Path, line: str, why: str) -> None:
    """Told with file and line."""
    path = written(tmp_path / "a", [message("1", 1), line, message("3", 3)])
    told = hub.told("import", str(path))
    assert counts(told, "messages") == (2, 0, 1)
    assert f"messages.jsonl:2: {why}" in hub.talk
    assert list(hub.imported("garden")) == ["1", "3"]


def test_the_same_id_twice_is_one_message(hub: Hub, tmp_path: Path) -> None:
    """The first by time."""
    path = written(tmp_path / "a", [message("1", 2, "later"), message("1", 1, "first")])
    assert counts(hub.told("import", str(path)), "messages") == (1, 1, 0)
    assert hub.imported("garden")["1"][1].text == "first"


def test_bad_members_and_channels_are_skipped_too(hub: Hub, tmp_path: Path) -> None:
    """Their own rules; a private channel never becomes public."""
    fields = {f"f{nth}": nth for nth in range(17)}
    people = [member("ada"), {"name": "nobody"}, member("ada"), member("x", **fields)]
    rooms = [channel("garden"), channel("secret", private=True), channel("")]
    told = hub.told("import", str(written(tmp_path / "a", [message("1", 1)], people, rooms)))
    assert counts(told, "members") == (1, 0, 3)
    assert counts(told, "channels") == (1, 0, 2)
    assert "members.jsonl:2: it has no id" in hub.talk
    assert "members.jsonl:3: its id was there before" in hub.talk
    assert "members.jsonl:4: it says more than an event can hold" in hub.talk
    assert "channels.jsonl:2: it is private, and imported channels are public" in hub.talk
    with hub.opened() as (state, _):
        assert "secret" not in state.names


def test_messages_of_a_private_channel_stay_out(hub: Hub, tmp_path: Path) -> None:
    """They are no messages of a channel without a record."""
    rooms = [channel("garden"), channel("secret", private=True)]
    rows = [message("1", 1), message("2", 2, channel="c-secret")]
    told = hub.told("import", str(written(tmp_path / "a", rows, channels=rooms)))
    assert counts(told, "messages") == (1, 0, 1)
    assert "messages.jsonl:2: its channel is not imported" in hub.talk


def test_what_is_told_moves_no_cursor(hub: Hub, tmp_path: Path) -> None:
    """Nor does a file's name."""
    path = written(tmp_path / "a", [message("1", 1)])
    (path / "messages-\x1b[2J.jsonl").write_text("{\n")
    hub.told("import", str(path))
    assert "\x1b" not in hub.talk


@pytest.mark.parametrize("lines", [[], ["nonsense", "[1]", "\x00"]])
@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_what_is_no_archive_at_all_fails(
    hub: Hub, tmp_path: Path, lines: list[str], more: list[str]
) -> None:
    """In words: a typing error in the directory's name must not pass for an import."""
    path = tmp_path / "junk"
    path.mkdir()
    (path / "messages.jsonl").write_text("".join(f"{line}\n" for line in lines))
    hub.told("import", str(written(tmp_path / "a", [message("1", 1)])))
    before = hub.events()
    assert hub.call("import", str(path), *more) == FAILED
    assert "no line of this archive is a record" in hub.talk
    assert hub.events() == before
    again = hub.call("import", str(tmp_path / "a"))
    assert again == DONE
