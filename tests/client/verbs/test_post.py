"""`hobnob post`, and how what was said is shown."""

from tests.client.verbs.shell import HubThread, Shell


def test_what_is_said_is_read_by_others(alice: Shell, bob: Shell) -> None:
    """Sent before the verb returns."""
    said = alice.done("post", "#general", "hello", "bob")
    assert said == type(said)(0, "", "")
    bob.done("sync")
    assert bob.done("tail").out.endswith("alice: hello bob\n")


def test_without_the_hub_it_waits_and_goes_out_later(
    hub: HubThread, alice: Shell, bob: Shell
) -> None:
    """The verb says so, the outbox shows it, the next contact sends it."""
    hub.stop()
    assert "queued" in alice.done("post", "general", "offline").talk
    assert alice.done("outbox").lines == ["1  queued  #general  post  offline"]
    assert "(waits)" in alice.done("tail", "#general").out
    hub.start()
    alice.done("sync")
    assert alice.done("outbox").out == ""
    bob.done("sync")
    assert "offline" in bob.done("tail").out


def test_a_pipe_becomes_code(alice: Shell) -> None:
    """Colours and controls are gone, the rest stands as it was."""
    alice.done("post", "#general", "--code", given="\x1b[31mred\x1b[0m\r\n\tok\x07\n\n")
    (record,) = alice.done("tail", "--json").records
    assert record["text"] == "```\nred\n\tok\ufffd\n```"


def test_a_long_build_keeps_its_end(alice: Shell) -> None:
    """What was left out is said."""
    given = "".join(f"line {nth}\n" for nth in range(5_000))
    said = alice.done("post", "#general", "-", "--code", given=given)
    assert "first" in said.talk
    assert "left out" in said.talk
    (record,) = alice.done("tail", "--json").records
    assert record["text"].endswith("line 4999\n```")


def test_too_much_and_nothing_are_refused(alice: Shell) -> None:
    """With the way out; nothing is composed."""
    assert alice.hobnob("post", "#general", given="x" * 13_000).code == 2
    assert "--code" in alice.hobnob("post", "#general", given="x" * 13_000).talk
    for words in ([], ["--code"], [" "]):
        assert alice.hobnob("post", "#general", *words, given=" \n").code == 2
    assert alice.done("outbox").out == ""


def test_an_answer_names_what_it_answers(alice: Shell, bob: Shell) -> None:
    """By the name tail shows; with --thread in its thread, and further answers stay there."""
    alice.done("post", "#general", "which cache?")
    bob.done("sync")
    name = bob.done("tail").out.split()[3]
    bob.done("post", "#general", "the old one", "--reply", name, "--thread")
    answer = bob.done("tail", "--json").records[-1]
    assert answer["reply"].startswith(name)
    assert answer["thread"].startswith(name)
    bob.done("post", "#general", "no, the new one", "--reply", answer["event"][:8])
    assert bob.done("tail", "--json").records[-1]["thread"] == answer["thread"]


def test_an_answer_to_nothing_is_refused(alice: Shell) -> None:
    """No such name, no name at all."""
    assert alice.hobnob("post", "#general", "x", "--reply", "ffff").code == 2
    assert alice.hobnob("post", "#general", "x", "--reply", "no hex").code == 2
    assert alice.hobnob("post", "#general", "x", "--thread").code == 2


def test_who_is_addressed_is_told(alice: Shell, bob: Shell) -> None:
    """@handle counts outside of code and addresses, for members only."""
    bob.done("sync")
    text = "@alice look: `@bob` and mail bob@bob, @nobody\n```\n@bob\n```"
    bob.done("post", "#general", given=text)
    assert bob.done("tail", "--json").records[-1]["mentions"] == ["alice"]
    alice.done("sync")
    assert "1 for you" in alice.done("channels").out


def test_an_unknown_channel_names_the_nearest(alice: Shell) -> None:
    """And nothing is composed."""
    said = alice.hobnob("post", "#genral", "x")
    assert said.code == 2
    assert "#general" in said.talk


def test_programs_are_told_what_became_of_it(hub: HubThread, alice: Shell) -> None:
    """`--json` names the event and its state."""
    (record,) = alice.done("post", "#general", "x", "--json").records
    assert record["state"] == "sent"
    hub.stop()
    (record,) = alice.done("post", "#general", "x", "--json").records
    assert record["state"] == "queued"
