"""Importing again: only what is new comes, from whatever moment the first try ended."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hobnob_protocol.ids import DIRECTORY
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_server.errors import MISUSED
from tests.server.interchange.scene import (
    Hub,
    Record,
    channel,
    counts,
    member,
    message,
    read,
    spelled,
    written,
)

PATIENCE_SECONDS = 120.0


def many(count: int) -> list[Record]:
    """Messages of some topics, each answering the one before."""
    return [
        message(
            f"m{nth:06}",
            nth,
            f"line {nth}",
            topic_id=f"t{nth % 40}",
            topic=f"Topic {nth % 40}",
            **({"reply_to": f"m{nth - 1:06}"} if nth else {}),
        )
        for nth in range(count)
    ]


def test_a_second_run_adds_nothing(hub: Hub, tmp_path: Path) -> None:
    """Not one event."""
    path = written(tmp_path / "a", many(200))
    first = hub.told("import", str(path))
    assert counts(first, "messages") == (200, 0, 0)
    before = hub.events()
    again = hub.told("import", str(path))
    assert [counts(again, sort) for sort in ("members", "channels", "messages")] == [
        (0, 2, 0),
        (0, 1, 0),
        (0, 200, 0),
    ]
    assert again["events_added"] == 0
    assert hub.events() == before


def test_an_archive_that_has_grown_brings_what_is_new(hub: Hub, tmp_path: Path) -> None:
    """Messages in their old threads, members and channels with what changed of them."""
    path = written(tmp_path / "a", many(50))
    hub.told("import", str(path))
    people = [member("ada", tz="Europe/Paris"), member("bob"), member("eve")]
    rooms = [channel("garden", topics=40), channel("tea")]
    told = hub.told("import", str(written(path, many(60), people, rooms)))
    assert [counts(told, sort) for sort in ("members", "channels", "messages")] == [
        (2, 1, 0),
        (2, 0, 0),
        (10, 50, 0),
    ]
    found = hub.imported("garden")
    assert found["m000051"][1].thread == found["m000011"][0]
    exported = hub.export(tmp_path / "b")
    assert spelled(read(exported, "members")) == spelled(people)
    assert spelled(read(exported, "channels")) == spelled(rooms)


def test_the_importer_may_import_only_while_it_does(hub: Hub, tmp_path: Path) -> None:
    """Afterwards it is a bot that can neither import nor moderate."""
    hub.told("import", str(written(tmp_path / "a", many(3))))
    assert hub.directory.importer_key.stat().st_mode & 0o777 == 0o600
    with hub.opened() as (state, _):
        importer = state.accounts.account_of("importer")
        assert importer is not None
        assert state.role(importer) == "bot"
        assert b"mod" not in state.held(importer)


def test_an_importer_that_was_left_with_its_role_loses_it(hub: Hub, tmp_path: Path) -> None:
    """A kill may come after the last message; the next import has nothing else to do."""
    path = written(tmp_path / "a", many(3))
    hub.told("import", str(path))
    with hub.opened() as (state, _):
        importer = state.accounts.account_of("importer")
    assert importer is not None
    with hub.people("olga") as (olga,):
        olga.say(DIRECTORY, RoleGrant(importer, "admin"))
    assert hub.told("import", str(path))["events_added"] == 0
    with hub.opened() as (state, _):
        assert state.role(importer) == "bot"


def test_a_hub_that_runs_is_left_alone(hub: Hub, tmp_path: Path) -> None:
    """Its directory is another process's."""
    path = written(tmp_path / "a", many(3))
    hub.told("init")
    with hub.directory.held():
        assert hub.call("import", str(path)) == MISUSED
        assert "a hub runs in" in hub.talk
        assert hub.call("export", str(tmp_path / "b")) == MISUSED


def test_a_killed_import_goes_on_where_it_was(tmp_path: Path) -> None:
    """kill -9 at some commit, then again: the same as if nothing had happened."""
    path = written(tmp_path / "old", many(5_000))
    whole, killed = Hub(tmp_path / "whole"), Hub(tmp_path / "killed")
    whole.told("import", str(path))
    command = [sys.executable, "-m", "hobnob_server", "import", str(path), "--data"]
    for size_bytes in (1_000_000, 2_000_000):
        with subprocess.Popen([*command, str(killed.path)], stderr=subprocess.DEVNULL) as running:
            _wait_for(killed, size_bytes, running)
            os.kill(running.pid, signal.SIGKILL)
    there = len(killed.imported("garden"))
    assert 0 < there < 5_000
    told = killed.told("import", str(path))
    assert counts(told, "messages") == (5_000 - there, there, 0)
    assert _texts(killed) == _texts(whole)
    again = killed.told("import", str(path))
    assert again["events_added"] == 0


def _wait_for(hub: Hub, size_bytes: int, running: "subprocess.Popen[bytes]") -> None:
    """Until the log has grown so far, or the import has ended by itself."""
    end = time.monotonic() + PATIENCE_SECONDS
    wal = hub.path / "hub.db-wal"
    while time.monotonic() < end and running.poll() is None:
        sizes = [file.stat().st_size for file in (hub.directory.database, wal) if file.exists()]
        if sum(sizes) >= size_bytes:
            return
        time.sleep(0.01)


def _texts(hub: Hub) -> list[tuple[str, str, str]]:
    """What was said in order, with the text of the root above it and of what it answers."""
    said = [(target, body) for target, body in hub.bodies("garden") if isinstance(body, Imported)]
    texts = {target: body.text for target, body in said}
    return [
        (
            body.text,
            texts[body.thread] if body.thread else "",
            texts[body.reply] if body.reply else "",
        )
        for _, body in said
    ]


def test_a_dry_run_writes_nothing(hub: Hub, tmp_path: Path) -> None:
    """It counts as if, and needs the hub to be there."""
    path = written(tmp_path / "a", [*many(5), "nonsense"])
    assert hub.call("import", str(path), "--dry-run") == MISUSED
    hub.told("init")
    before = hub.events()
    told = hub.told("import", str(path), "--dry-run")
    assert (told["dry_run"], counts(told, "messages")) == (True, (5, 0, 1))
    assert hub.events() == before
    assert not hub.directory.importer_key.exists()


def test_two_archives_live_in_one_hub(hub: Hub, tmp_path: Path) -> None:
    """The same ids in each are not the same; a channel belongs to one of them."""
    one = written(tmp_path / "one", [message("1", 1, "from one")])
    other = written(
        tmp_path / "two",
        [message("1", 1, "from two", channel="c-shed")],
        channels=[channel("shed")],
    )
    hub.told("import", str(one))
    told = hub.told("import", str(other))
    assert counts(told, "messages") == (1, 0, 0)
    assert counts(told, "members") == (2, 0, 0)
    accounts = {hub.imported(name)["1"][1].account for name in ("garden", "shed")}
    assert len(accounts) == 2


def test_a_channel_with_other_messages_is_refused(hub: Hub, tmp_path: Path) -> None:
    """Before anything is written, and it says what to do; an empty one is taken."""
    hub.told("import", str(written(tmp_path / "one", [message("1", 1)])))
    before = hub.events()
    assert hub.call("import", str(written(tmp_path / "two", [message("1", 1)]))) == MISUSED
    assert "#garden holds messages that are not from two" in hub.talk
    assert hub.events() == before
    general = [channel("general")]
    path = written(tmp_path / "three", [message("1", 1, channel="c-general")], (), general)
    stream = hub.stream("general")
    hub.told("import", str(path))
    assert hub.stream("general") == stream
    assert list(hub.imported("general")) == ["1"]


@pytest.mark.parametrize("joins", [True, False])
def test_newcomers_are_put_into_imported_channels_if_that_is_wished(
    hub: Hub, tmp_path: Path, joins: bool
) -> None:
    """`--auto-join` says so for all, a record for its channel."""
    path = written(tmp_path / "a", [message("1", 1)])
    hub.told("import", str(path), *(["--auto-join"] if joins else []))
    with hub.opened() as (state, _):
        assert state.channel(state.names["garden"], "auto_join") is joins
    with hub.people("olga") as (olga,):
        account = olga.author.account
    with hub.opened() as (state, _):
        assert (state.names["garden"] in state.held(account)) is joins


def test_progress_and_summary_go_their_own_ways(hub: Hub, tmp_path: Path) -> None:
    """stdout is one line of JSON; what is bad is told on stderr with its place."""
    path = written(tmp_path / "a", ["{", message("1", 1)])
    told = hub.told("import", str(path))
    assert json.dumps(told)
    assert "messages.jsonl:1: this is no JSON" in hub.talk
