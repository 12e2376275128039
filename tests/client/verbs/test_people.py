"""`hobnob people`: whom one may find by what they say of themselves."""

from tests.client.verbs.shell import HubThread, Shell


def listed(shell: Shell, handle: str) -> dict[str, str]:
    """The profile that a list of all members has of somebody."""
    (found,) = [
        each for each in shell.done("members", "--json").records if each["handle"] == handle
    ]
    profile: dict[str, str] = found["profile"]
    return profile


def test_who_agrees_is_found_by_what_they_say(hub: HubThread, alice: Shell, bob: Shell) -> None:
    """The others are counted, and found by their whole handle alone."""
    bob.done("me", "set", "helps_with", "SQLite", "ham radio")
    bob.done("me", "set", "languages", "de", "en")
    bob.done("me", "set", "zone", "UTC")
    bob.done("me", "set", "hours", "18-22")
    alice.done("sync")
    nobody = alice.hobnob("people", "helps:sqlite")
    assert (nobody.code, nobody.out) == (1, "")
    assert "1 member prefers not to be listed" in nobody.talk
    assert alice.done("people", "@bob").lines == ["@bob  prefers not to be listed"]
    assert listed(alice, "bob") == {}
    assert listed(bob, "bob")["hours"] == "18-22"
    bob.done("me", "allow", "matching")
    alice.done("sync")
    hub.stop()
    assert listed(alice, "bob")["helps_with"] == "SQLite, ham radio"
    assert alice.done("people", "helps:sqlite", "lang:de").lines == [
        "@bob  SQLite, ham radio  de, en  UTC+0 18-22"
    ]
    (record,) = alice.done("people", "--json").records
    assert record["handle"] == "bob"
    assert record["helps_with"] == ["SQLite", "ham radio"]
    assert (record["zone"], record["hours"], record["goals"]) == ("UTC+0", ["18-22"], None)
    said = alice.hobnob("people", "helps:rust")
    assert (said.code, "fewer words" in said.talk) == (1, True)
    said = alice.done("people", "here:sometime")
    assert "or hours as 18-22" in said.talk
