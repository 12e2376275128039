"""`hobnob me export`: what this device holds of oneself."""

import json
from pathlib import Path
from typing import Any

from tests.client.verbs.shell import HubThread, Shell


def exported(shell: Shell, path: Path) -> list[dict[str, Any]]:
    """What is in the file that they have it written into."""
    shell.done("me", "export", str(path))
    return [json.loads(line) for line in path.read_text("ascii").splitlines()]


def test_all_that_is_ones_own_is_written_and_nothing_of_others(
    hub: HubThread, alice: Shell, bob: Shell, tmp_path: Path
) -> None:
    """With the hub down, too: what waits is in it; a text with all its versions."""
    alice.done("post", "#general", "fisrt")
    event = alice.done("tail", "#general", "--json").records[-1]["event"]
    alice.done("edit", event, "first")
    bob.done("post", "#general", "of bob")
    bob.done("sync")
    bob.done("thank", event[:8], "for a beginning")
    alice.done("sync")
    other = alice.done("tail", "#general", "--json").records[-1]["event"]
    alice.done("react", other[:8], "wave")
    alice.done("thank", other[:8])
    alice.done("dm", "bob", "under seal")
    alice.done("me", "set", "helps_with", "rust")
    alice.done("me", "allow", "matching")
    alice.done("config", "set", "look.theme", "light")
    alice.done("sync")
    hub.stop()
    alice.done("post", "#general", "later")
    found = exported(alice, tmp_path / "mine.jsonl")
    assert found[0]["type"] == "account"
    assert (found[0]["format"], found[0]["handle"]) == ("hobnob-own-1", "alice")
    by_type: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        by_type.setdefault(each["type"], []).append(each)
    assert [(each["field"], each["value"]) for each in by_type["profile"]] == [
        ("helps_with", "rust")
    ]
    assert [each["purpose"] for each in by_type["consent"] if each["on"]] == ["matching"]
    assert {each["name"]: each["value"] for each in by_type["setting"]}["look.theme"] == "light"
    said = {each["text"]: each for each in by_type["message"]}
    assert set(said) == {"first", "later", "under seal"}
    assert said["first"]["versions"] == ["fisrt", "first"]
    assert said["later"]["pending"]
    (reaction,) = by_type["reaction"]
    assert (reaction["event"], reaction["channel"]) == (other, "general")
    thanks = {each["event"]: each for each in by_type["thanks"]}
    given, got = thanks[other], thanks[event]
    assert (given["given"], given["handle"], given["reason"]) == (True, "bob", "")
    assert (got["given"], got["handle"], got["reason"]) == (False, "bob", "for a beginning")
    assert got["at"]
    assert [said[text]["channel"] for text in ("first", "under seal")] == ["general", "@bob"]


def test_the_file_is_new_and_nobody_elses(hub: HubThread, alice: Shell, tmp_path: Path) -> None:
    """What is there stays as it is."""
    path = tmp_path / "mine.jsonl"
    assert "records are in" in alice.done("me", "export", str(path)).out
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    again = alice.hobnob("me", "export", str(path))
    assert (again.code, "is there already" in again.talk) == (2, True)
    assert path.read_bytes() == before
    lost = alice.hobnob("me", "export", str(tmp_path / "nowhere" / "mine.jsonl"))
    assert (lost.code, "cannot be written" in lost.talk) == (1, True)
