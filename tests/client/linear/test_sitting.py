"""A sitting in linear mode, with lines handed in where somebody would type them."""

import re

from tests.client.verbs.shell import HubThread, Said, Shell


def sit(shell: Shell, *typed: str, place: tuple[str, ...] = ("#general",)) -> Said:
    """`hobnob read --plain --follow` with these lines."""
    given = "".join(f"{line}\n" for line in typed)
    return shell.hobnob("read", *place, "--plain", "--follow", given=given, terminal=True)


def test_what_is_typed_is_said_where_one_is(alice: Shell, bob: Shell) -> None:
    """Answered, changed and taken back by its number."""
    said = sit(alice, "helo", "/edit 1 hello", "/react 1 :wave:", "/reply 1 and you?", "/quit")
    assert said.code == 0
    assert re.findall(r"^(\S+) sent$", said.out, re.M) == ["1", "edit", "👋", "2"]
    bob.done("sync")
    texts = [record["text"] for record in bob.done("tail", "--json").records]
    assert texts == ["hello", "and you?"]


def test_unread_is_told_once_and_read(alice: Shell, bob: Shell) -> None:
    """One line a message: number, who, where, when, what it answers, and what; marked read."""
    alice.done("post", "#general", "one\ntwo")
    bob.done("sync")
    name = bob.done("tail").out.split()[3]
    alice.done("reply", name, "three", "--thread")
    bob.done("sync")
    said = sit(
        bob,
        "/unread",
        "/thread 1 Counting",
        "/thread 1",
        "/thank 1 for counting",
        "/show 1",
        "/quit",
    )
    told = [re.sub(r"\d\d:\d\d", "TIME", line) for line in said.lines]
    assert "1 alice, #general, TIME: one / two" in told
    assert "2 alice, #general, TIME, answers 1, thread 1: three" in told
    assert "2 alice, #general, TIME, answers 1, thread 1 (Counting): three" in told
    assert told[-4:] == ["1 alice, #general, TIME:", "one", "two", "bob thanks: for counting"]
    assert "Nothing is unread." in told
    assert "unread" not in bob.done("channels").out


def test_news_of_several_places_is_gone_through(alice: Shell, bob: Shell) -> None:
    """Counted at first; `/next` goes there and reads."""
    bob.done("sync")
    alice.done("sync")
    alice.done("post", "#general", "hello all")
    alice.done("dm", "bob", "and you")
    bob.done("sync")
    said = sit(bob, "/next", "/next", "thank you", "/next", "/quit", place=())
    assert "Unread: #general 1, @alice 1." in said.out
    assert "alice, #general" in said.out
    assert "alice, @alice" in said.out
    assert said.lines[-1] == "Nothing is unread."
    alice.done("sync")
    assert alice.done("tail", "@bob").out.endswith("bob: thank you\n")


def test_without_the_hub_all_waits(hub: HubThread, alice: Shell) -> None:
    """And is said to."""
    alice.done("post", "#general", "the old cache")
    hub.stop()
    said = sit(alice, "/tail 1", "/search cache", "/reply 1 which?", "/outbox", "/quit")
    assert said.code == 0
    assert "1 found" in said.out
    assert "2 queued: it goes out when the hub is reached" in said.out
    assert "1 waiting, 0 refused" in said.out


def test_what_cannot_be_done_is_said_and_the_next_line_comes(alice: Shell) -> None:
    """Wrong numbers, places, words."""
    said = sit(
        alice, "lost", "/to #nowhere", "/reply 77 x", "/edit x", "/frob", "/delete 1e9", "/who",
        place=(),
    )  # fmt: skip
    assert said.code == 0
    refused = [line for line in said.lines if line.startswith("not done: ")]
    assert len(refused) == 7
    assert "/to #channel" in refused[0]


def test_programs_get_records(alice: Shell) -> None:
    """With --json each line is one."""
    alice.done("post", "#general", "hello")
    given = "/tail\n/quit\n"
    said = alice.hobnob(
        "read", "#general", "--plain", "--follow", "--json", given=given, terminal=True
    )
    found = [record for record in said.records if record["what"] == "message"]
    assert [record["text"] for record in found] == ["hello"]


def test_following_needs_plain_lines(alice: Shell) -> None:
    """There is `tail -f` for the others."""
    assert alice.hobnob("read", "--follow").code == 2


def test_plain_lines_name_messages_as_verbs_take_them(alice: Shell, bob: Shell) -> None:
    """Where nobody types numbers."""
    alice.done("post", "#general", "hello")
    bob.done("sync")
    name = bob.done("tail").out.split()[3]
    assert re.fullmatch(f"{name} alice, #general, ..:..: hello\n", bob.done("read", "--plain").out)


def test_whom_and_what_one_does_not_want_is_not_told(alice: Shell, bob: Shell) -> None:
    """Muted places are passed over and stay unread; who is blocked is not heard; what is said to
    one is marked; a channel is left, and moderators are told."""
    alice.done("sync")
    alice.done("post", "#general", "@bob hello")
    bob.done("sync")
    said = sit(bob, "/report 1 spam", "/mute", "/quit")
    assert ", for you: @bob hello" in said.out
    assert "report sent" in said.out
    alice.done("post", "#general", "are you there?")
    bob.done("sync")
    assert sit(bob, "/next", "/quit", place=()).lines[-1] == "Nothing is unread."
    assert "1 unread" in bob.done("channels").out
    said = sit(bob, "/mute", "/block @alice", "/block @alice", "/leave", "/quit")
    assert "#general is heard again" in said.out
    assert "alice is blocked" in said.out
    assert "alice is heard again" in said.out
    assert "leaving #general: sent" in said.out


def test_nobody_blocks_themselves(bob: Shell) -> None:
    """It is said why not."""
    bob.done("sync")
    said = sit(bob, "/block @bob", "/block Bob", "/quit")
    assert said.out.count("That is you, and nobody blocks themselves.") == 2
    assert "blocked" not in said.out


def test_it_speaks_german_to_whom_that_is_set(alice: Shell, bob: Shell) -> None:
    """All that is said by us, help and refusals too; verbs of the shell say what scripts know."""
    path = bob.home / ".config" / "hobnob" / "client.toml"
    path.parent.mkdir(parents=True)
    path.write_text('language = "de"\n')
    bob.done("sync")
    alice.done("sync")
    alice.done("post", "#general", "@bob one")
    bob.done("sync")
    name = bob.done("tail").out.split()[3]
    alice.done("reply", name, "two", "--thread")
    bob.done("sync")
    first, second = bob.done("read", "--plain", "--keep").lines
    assert ", für dich: @bob one" in first
    assert f", antwortet auf {name}, Thread {name}: two" in second
    lines = ("/help", "hallo", "/edit 9 x", "/frob", "/unread", "/react 3 :frob:", "/dm @frob")
    said = sit(bob, *lines, "/mute", "/quit")
    for text in (
        "Was du tippst, wird dort gesagt, wo du bist.",
        "/reply Nummer Text. Auf eine Nachricht antworten, wo sie steht.",
        "3 gesendet",
        "nicht getan: Keine Nachricht hat die Nummer 9",
        "nicht getan: /frob gibt es nicht.",
        "Nichts ist ungelesen.",
        "nicht getan: Kein Emoji heißt 'frob': Gib es, wie es ist",
        "nicht getan: Niemand heißt hier 'frob'. hobnob members",
        "#general ist stumm",
    ):
        assert text in said.out
    alice.done("edit", name, "@bob won")
    bob.done("sync")
    assert "(edited)" in bob.done("tail").out
