"""`hobnob feed`: ranked out of the replica, with the hub down, and nobody is told of it."""

import sys
from collections.abc import Iterator

import pytest

from hobnob_client.feed.features import Feature
from tests.client.verbs.shell import HubThread, Shell


@pytest.fixture
def offline(hub: HubThread, alice: Shell, bob: Shell) -> Shell:
    """Alice, who asked something and was answered beside other talk; then the hub went down."""
    alice.done("post", "#general", "why is it locked?")
    bob.done("sync")
    asked = bob.done("tail", "--json").records[0]["event"]
    bob.done("post", "#general", "two\nwriters", "--reply", str(asked), "--thread")
    bob.done("post", "#general", "good morning")
    alice.done("sync")
    hub.stop()
    return alice


class Watched:
    """What this process asks of sockets, as Python itself reports it."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, _arguments: tuple[object, ...]) -> None:
        if self.on and event.startswith("socket."):
            self.seen.append(event)


WATCHED = Watched()
"""A hook stays for the life of the process, so there is one."""


@pytest.fixture
def sockets() -> Iterator[list[str]]:
    """Each thing that is asked of a socket from now on."""
    WATCHED.seen.clear()
    WATCHED.on = True
    yield WATCHED.seen
    WATCHED.on = False


def test_each_thread_has_two_reasons(offline: Shell) -> None:
    """The own question before the talk beside it; times and names as elsewhere."""
    first, why, second, _ = offline.done("feed").lines
    assert first.endswith("why is it locked? (1 unread)")
    assert "#general" in first
    assert why.startswith("    ")
    assert "you began it" in why or "you are mentioned or answered" in why
    assert why.count(";") == 1
    assert "good morning" in second


def test_programs_get_every_term(offline: Shell) -> None:
    """With the bias they come to the probability."""
    records = offline.done("feed", "--json").records
    assert [record["title"] for record in records] == ["why is it locked?", "good morning"]
    first = records[0]
    assert (first["messages"], first["people"], first["unread"]) == (2, 2, 1)
    assert set(first["terms"]) == {feature.value for feature in Feature}
    assert len(first["reasons"]) == 2
    assert 1 > first["probability"] >= records[1]["probability"] > 0


def test_a_place_is_explained_whole(offline: Shell) -> None:
    """Each term on its line, then what they come to."""
    lines = offline.done("feed", "--why", "-n", "1").lines
    assert len(lines) == 2 + 1 + len(Feature) + 1
    assert lines[2].endswith("to begin with")
    assert lines[-1].endswith("that you write in it within a day")


def test_turned_off_it_is_the_order_of_time(offline: Shell) -> None:
    """No reason, no number."""
    assert "good morning" in offline.done("feed", "--newest").lines[0]
    records = offline.done("feed", "--newest", "--json").records
    assert [record["title"] for record in records] == ["good morning", "why is it locked?"]
    assert "probability" not in records[0]


def test_nothing_about_reading_it_is_sent_or_kept_to_be_sent(
    hub: HubThread, offline: Shell, sockets: list[str]
) -> None:
    """With the hub up again no socket is touched, and nothing waits for the next sync."""
    hub.start()
    ask = ("sql", "--json", "SELECT (SELECT count(*) FROM outbox), (SELECT max(seq) FROM log)")
    before = offline.done(*ask).out
    sockets.clear()
    offline.done("feed")
    offline.done("feed", "--why", "--json")
    offline.done("feed", "--newest")
    assert [event for event in sockets if event != "socket.__new__"] == []
    assert offline.done(*ask).out == before
    assert "1 unread" in offline.done("feed").out
    offline.done("sync")
    assert "socket.connect" in sockets


def test_an_empty_replica_says_so(hub: HubThread, bob: Shell) -> None:
    """And ends as a search without hits does."""
    said = bob.hobnob("feed")
    assert (said.code, said.out) == (1, "")
    assert "nothing was said" in said.talk
