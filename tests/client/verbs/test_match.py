"""`hobnob match`: three people for a need, with the hub down, and nobody is told of it."""

import io
from pathlib import Path

import pytest

from hobnob_client.cli import serve
from hobnob_client.match.features import NAMES
from hobnob_protocol.ids import DIRECTORY, ChannelId
from hobnob_protocol.kinds.channels import ChannelCreate
from tests.client.verbs.shell import NOWHERE, HubThread, Shell, Typed

NEED = "our SQLite locks up on a network share"
KNOWS = ("SQLite locks on NFS do not hold", "never share a SQLite file over the network")


@pytest.fixture
def carol(hub: HubThread, tmp_path: Path) -> Shell:
    """Carol, who knows more of it, and agrees."""
    shell = Shell(tmp_path / "carol")
    shell.done("join", hub.link(), "--handle", "carol")
    knows(shell, "SQLite locks: WAL does not work over a network share", "a share for SQLite, no")
    return shell


def knows(shell: Shell, *texts: str, channel: str = "#general") -> None:
    """They agree to being proposed, and have written of it."""
    shell.done("me", "allow", "matching")
    for text in texts:
        shell.done("post", channel, text)


@pytest.fixture
def offline(hub: HubThread, alice: Shell, bob: Shell, carol: Shell) -> Shell:
    """Alice, who needs somebody; bob and carol know, and agree; then the hub went down."""
    knows(bob, *KNOWS)
    bob.done("me", "set", "helps_with", "sqlite, first talks")
    bob.done("me", "set", "languages", "german, en")
    alice.done("sync")
    hub.stop()
    return alice


def test_people_come_with_two_dated_lines_that_can_be_read(offline: Shell) -> None:
    """By links that `hobnob read` opens, offline as well."""
    said = offline.done("match", NEED)
    heads = [line for line in said.lines if line.startswith("@")]
    assert heads == ["@bob  helps with sqlite, first talks · speaks de, en", "@carol"]
    links = [line.split()[-1] for line in said.lines if "hobnob read" in line]
    assert len(links) == 4
    texts = [offline.done("read", link).out for link in links]
    assert [KNOWS[0] in "".join(texts), KNOWS[1] in "".join(texts)] == [True, True]
    assert "2 of 2 members agree to be proposed." in said.talk
    assert "Nobody was told what you need." in said.talk


def test_programs_get_every_term_and_all_evidence(offline: Shell) -> None:
    """And are asked nothing, whatever stands at the other end."""
    said = offline.hobnob("match", "--json", NEED, terminal=True)
    assert said.code == 0
    first, second = said.records
    assert [first["handle"], second["handle"]] == ["bob", "carol"]
    assert first["value"] >= second["value"] > 0
    assert len(first["terms"]) == len(NAMES)
    assert [len(each["evidence"]) for each in said.records] == [2, 2]
    assert first["evidence"][0]["link"].startswith("hobnob://")
    assert (first["evidence"][0]["channel"], first["known"]["area"]) == ("general", ["general"])


def test_a_rank_is_explained_whole(offline: Shell) -> None:
    """What it comes to, then each term."""
    lines = offline.done("match", "--why", NEED).lines
    assert any(line.endswith("rank: the score, less the price") for line in map(_bare, lines))
    assert sum("they were shown" in line or "lately" in line for line in lines) >= 2


def test_whom_a_device_has_shown_it_remembers(offline: Shell) -> None:
    """Looking again soon is the same need; nothing of it waits to be sent."""
    ask = ("sql", "--json", "SELECT (SELECT count(*) FROM outbox), (SELECT max(seq) FROM log)")
    before = offline.done(*ask).out
    assert [each["price"] for each in offline.done("match", "--json", NEED).records] == [0, 0]
    dearer = [each["price"] for each in offline.done("match", "--json", NEED).records]
    assert all(price > 0.1 for price in dearer)
    again = [each["price"] for each in offline.done("match", "--json", NEED).records]
    assert again == pytest.approx(dearer, rel=0.01)
    assert offline.done(*ask).out == before


class Torn(io.StringIO):
    """Where whoever reads has seen enough at the first word."""

    def write(self, _: str) -> int:
        """Nobody reads on."""
        raise BrokenPipeError


def test_who_ends_it_in_the_middle_has_seen_them(offline: Shell) -> None:
    """They are remembered before they are shown."""
    said = ("match", "--json", NEED)
    serve(said, {}, offline.home, Typed("", terminal=False), Torn(), io.StringIO(), NOWHERE)
    assert all(each["price"] > 0.1 for each in offline.done(*said).records)


def test_too_few_are_explained(hub: HubThread, alice: Shell, bob: Shell) -> None:
    """What is missing, and what to do: never an empty list alone."""
    for text in KNOWS:
        bob.done("post", "#general", text)
    alice.done("sync")
    nobody = alice.hobnob("match", NEED)
    assert (nobody.code, nobody.out) == (1, "")
    assert "0 of 1 member agrees to be proposed." in nobody.talk
    assert "hobnob me allow matching" in nobody.talk
    bob.done("me", "allow", "matching")
    alice.done("sync")
    other = alice.hobnob("match", "how do I repair a bicycle?")
    assert other.code == 1
    assert "None of them has written of it twice" in other.talk
    vague = alice.hobnob("match", "can somebody help me")
    assert "Say what it is about" in vague.talk


def test_what_is_no_need_is_told(alice: Shell) -> None:
    """Where nobody is there to ask."""
    said = alice.hobnob("match")
    assert said.code == 2
    assert "Say what you need" in said.talk


@pytest.fixture
def busy(hub: HubThread, alice: Shell, bob: Shell, carol: Shell, tmp_path: Path) -> Shell:
    """Alice, for whom there are four, two of them in #general, two in #ops; others talk of other
    things."""

    async def opened() -> None:
        ops = ChannelCreate(ChannelId(b"ops".ljust(16)), "ops", auto_join=True)
        hub.hub.operate(DIRECTORY, ops)

    hub.do(opened)
    for name in ("dan", "eve"):
        shell = Shell(tmp_path / name)
        shell.done("join", hub.link(), "--handle", name)
        knows(shell, *KNOWS, channel="#ops")
    knows(bob, *KNOWS)
    alice.done("sync")
    alice.done("join", "#ops")
    for nth in range(8):
        alice.done("post", "#general", f"good morning {nth}")
    alice.done("sync")
    return alice


def test_at_a_terminal_it_asks_what_would_change_the_three(busy: Shell) -> None:
    """By numbers, each with how many have it; 0 or nothing is no matter."""
    said = busy.hobnob("match", given=f"{NEED}\n9\n00\n{'9' * 5_000}\n0\n", terminal=True)
    assert said.code == 0, said
    assert "What do you need?" in said.talk
    assert "1. Where does it belong?" in said.talk
    assert "#ops (2)" in said.talk
    assert "no matter (4)" in said.talk
    assert said.talk.count("That is none of 0 to 2, b and s.") == 3
    assert len([line for line in said.lines if line.startswith("@")]) == 3


def test_one_goes_back_and_shows_now(busy: Shell) -> None:
    """`b` asks again, the first question too; `s` asks no more."""
    said = busy.hobnob("match", NEED, given="b\ns\n", terminal=True)
    assert said.talk.count("1. ") == 2
    assert busy.hobnob("match", NEED, "--no-questions", terminal=True).talk.count("1. ") == 0


def _bare(line: str) -> str:
    return line.strip()
