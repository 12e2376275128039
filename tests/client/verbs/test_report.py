"""`hobnob report` and `hobnob reports`: from who is insulted to who moderates."""

from hobnob_protocol.ids import AccountId
from tests.client.verbs.shell import HubThread, Shell, block


def last(shell: Shell, place: str) -> str:
    """What the last message there is called."""
    return str(shell.done("tail", place, "--json").records[-1]["event"])


def test_a_sealed_message_is_shown_to_the_moderators(
    hub: HubThread, alice: Shell, bob: Shell
) -> None:
    """With its author and its reason; Alice owns the hub, and is in no conversation with Bob."""
    carol = Shell(alice.home.parent / "carol")
    carol.done("join", hub.link(), "--handle", "carol")
    bob.done("sync")
    bob.done("dm", "carol", "a\x1b[2J threat")
    bob.done("sync")
    carol.done("sync")
    said = carol.done("report", "@bob", last(carol, "@bob")[:8], "--reason", "he means it")
    assert "this one message" in said.talk
    alice.done("sync")
    head, about = alice.done("reports").lines
    assert head.endswith("carol: he means it")
    assert about.startswith("    sealed ")
    assert "bob: a" in about
    assert "threat" in about
    assert "\x1b" not in about
    (record,) = alice.done("reports", "--json").records
    assert (record["author"], record["by"], record["holds"]) == ("bob", "carol", True)
    own = carol.hobnob("dm", "bob", "oh")
    assert own.code == 0
    refused = carol.hobnob("report", "@bob", last(carol, "@bob"), "--reason", "x")
    assert refused.code == 2
    assert "your own message" in refused.talk


def test_a_channels_message_is_reported_with_a_reason(alice: Shell, bob: Shell) -> None:
    """By a name that tail shows."""
    alice.done("post", "#general", "buy my coin")
    bob.done("sync")
    name = last(bob, "#general")
    assert bob.hobnob("report", "#general", name).code == 2
    assert bob.hobnob("report", "#general", name, "--reason", "x" * 501).code == 2
    assert bob.hobnob("report", "#general", "ffff", "--reason", "spam").code == 2
    (record,) = bob.done("report", "#general", name, "--reason", "spam", "--json").records
    assert record["state"] == "sent"
    alice.done("sync")
    (found,) = alice.done("reports", "--json").records
    assert (found["event"], found["place"], found["text"]) == (name, "general", "buy my coin")
    assert alice.done("reports").lines[1] == f"    #general {name[:8]} alice: buy my coin"
    (_, other) = alice.done("members", "--json").records
    block(alice, AccountId(bytes.fromhex(other["account"])))
    assert alice.done("reports").lines[2] == "    (you have blocked who reports it)"
    assert alice.done("care", "--json").records[0]["blocked"] == ["bob"]


def test_reports_are_for_moderators(bob: Shell) -> None:
    """Others are told so."""
    said = bob.hobnob("reports")
    assert said.code == 1
    assert "Moderators" in said.talk
