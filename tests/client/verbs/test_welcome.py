"""`hobnob welcome`: a newcomer's questions at the shell."""

from pathlib import Path

import pytest

from hobnob_protocol.ids import DIRECTORY, ChannelId
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.limits import REQUEST_OPEN_MS
from hobnob_server.load.settling import Settling
from tests.client.verbs.shell import HubThread, Shell


def test_answers_are_kept_and_done_once_one_says_yes(hub: HubThread, bob: Shell) -> None:
    """Nothing is joined and nothing is said before that."""

    async def opened() -> None:
        hub.hub.operate(DIRECTORY, ChannelCreate(ChannelId(b"rust".ljust(16)), "rust"))

    hub.do(opened)
    bob.done("sync")
    asked = {each["question"]: each for each in bob.done("welcome", "--json").records}
    assert list(asked) == ["goal", "topics", "found"]
    assert asked["topics"]["choices"] == ["rust"]
    said = bob.hobnob("welcome", "goal=learn", "topics=rust", "found=few")
    assert said.code == 0
    assert "would follow: Join #rust (you chose it)" in said.out
    assert "Nothing was done" in said.talk
    assert "not joined" in bob.done("channels").out
    done = bob.done("welcome", "--yes", "--json").records
    follows = [(each["follows"], each["name"]) for each in done if "follows" in each]
    assert ("field", "looks_for") in follows
    assert ("allow", "matching") in follows
    bob.done("sync")
    assert "not joined" not in bob.done("channels").out
    me = {
        each.get("field") or each.get("purpose"): each for each in bob.done("me", "--json").records
    }
    assert (me["looks_for"]["value"], me["weekly_requests"]["value"]) == ("rust", "3")
    assert me["matching"]["on"]
    assert not me["recognition"]["said"]


def test_a_buddy_is_asked_once_and_both_hear_of_it(
    hub: HubThread, alice: Shell, bob: Shell
) -> None:
    """Whoever offers it, within what they offer; until they say yes the profile says so, and those
    who care for the place see who is left alone."""
    hub.hub.settling = Settling()
    alice.done("me", "allow", "matching")
    alice.done("me", "set", "weekly_buddies", "1")
    bob.done("sync")
    told = bob.done("welcome", "goal=learn", "buddy=yes", "--yes", "--json").records
    (buddy,) = [each for each in told if "buddy" in each]
    assert (buddy["buddy"], buddy["state"]) == ("alice", "asked")
    (again,) = [each for each in bob.done("welcome", "--yes", "--json").records if "buddy" in each]
    assert again == buddy
    alice.done("sync")
    assert "would you?" in alice.done("tail", "@bob").out
    (asked,) = alice.done("requests", "--json").records
    bob.done("sync")
    mine = {each.get("field"): each.get("value") for each in bob.done("me", "--json").records}
    assert mine["buddy"] == "asked"
    alice.done("requests", "accept", str(asked["request"]))
    (now,) = [each for each in bob.done("welcome", "--yes", "--json").records if "buddy" in each]
    assert now["state"] == "accepted"
    bob.done("sync")
    mine = {each.get("field"): each.get("value") for each in bob.done("me", "--json").records}
    assert mine.get("buddy") is None


def test_where_a_buddy_is_silent_one_is_told_who_asks_the_next(
    hub: HubThread, alice: Shell, bob: Shell, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Nobody was ranked behind them for a verb to ask; the next one is asked as the first was."""
    hub.hub.settling = Settling()
    carol = Shell(tmp_path_factory.mktemp("carol"))
    carol.done("join", hub.link(), "--handle", "carol")
    for guide in (alice, carol):
        guide.done("me", "allow", "matching")
        guide.done("me", "set", "weekly_buddies", "1")
    bob.done("sync")
    bob.done("welcome", "goal=learn", "buddy=yes", "--yes")
    (first,) = bob.done("requests", "--json").records
    hub.hub.ahead_ms = REQUEST_OPEN_MS
    assert "or hobnob welcome --yes" in bob.done("requests").out
    no = bob.hobnob("requests", "next", str(first["request"]))
    assert (no.code, "somebody else to show you around" in no.talk) == (1, True)
    told = bob.done("welcome", "--yes", "--json").records
    (second,) = [each["buddy"] for each in told if "buddy" in each]
    assert {first["handle"], second} == {"alice", "carol"}


def test_what_answers_nothing_is_told(hub: HubThread, bob: Shell) -> None:
    """With what could have been said."""
    for word in ("age=9", "goal", "goal=dance", "goal=learn,ask"):
        said = bob.hobnob("welcome", word)
        assert (said.code, said.out) == (2, ""), word
        assert "goal" in said.talk


def test_a_file_of_questions_is_looked_through(bob: Shell, tmp_path: Path) -> None:
    """Before an operator hands it out."""
    file = tmp_path / "welcome.toml"
    file.write_text('[[question]]\nname = "goal"\nen = "Why?"\nde = "Warum?"\ntopics = true\n')
    assert bob.done("welcome", "--check", str(file)).lines == ["goal: the public channels"]
    file.write_text("[[question]]\n")
    said = bob.hobnob("welcome", "--check", str(file))
    assert said.code == 1
    assert "question 1: it has options, or topics = true" in said.talk
