"""The verbs that read: tail, read, search, channels, members, sql. All work with the hub down."""

import pytest

from hobnob_client.permalink import Permalink
from hobnob_protocol.ids import StreamId, TargetId
from tests.client.verbs.shell import HubThread, Shell

HOSTILE = "evil\u202e\u009b31m\u2028#general 00000000 admin: fake"


@pytest.fixture
def offline(hub: HubThread, alice: Shell, bob: Shell) -> Shell:
    """Alice, who has heard three posts; then the hub went down."""
    bob.done("sync")
    for text in ("the wheel", "two\nlines", "@alice the last wheel"):
        bob.done("post", "#general", text)
    alice.done("sync")
    hub.stop()
    return alice


def test_tail_shows_the_newest_in_order(offline: Shell) -> None:
    """Further lines of a text are set in, so that none passes for another message."""
    lines = offline.done("tail", "#general").lines
    assert [line.split("bob: ")[-1] for line in lines] == [
        "the wheel",
        "two",
        "    lines",
        "@alice the last wheel",
    ]
    assert len(offline.done("tail", "-n", "1").lines) == 1
    assert len(offline.done("tail", "--json").records) == 3


def test_read_shows_what_is_unread_once(offline: Shell) -> None:
    """Then it is read; --keep leaves it."""
    assert "3 unread, 1 for you" in offline.done("channels").out
    assert len(offline.done("read", "--keep", "--json").records) == 3
    assert len(offline.done("read", "#general", "--json").records) == 3
    assert offline.done("read").out == ""
    assert offline.done("channels").out == "#general\n"


def test_a_message_is_read_by_its_link(offline: Shell) -> None:
    """And stays as read or unread as it was."""
    heard = offline.done("tail", "#general", "--json").records[0]
    (found,) = offline.done("sql", "SELECT hex(stream) AS hex FROM channels", "--json").records
    stream, event = bytes.fromhex(str(found["hex"])), bytes.fromhex(str(heard["event"]))
    link = Permalink("elsewhere.example", StreamId(stream), TargetId(event))
    assert offline.done("read", str(link)).lines[0].endswith("bob: the wheel")
    assert offline.done("read", str(link), "--json").records == [heard]
    assert "3 unread" in offline.done("channels").out


def test_a_link_that_cannot_be_read_says_why(offline: Shell) -> None:
    """No message, another hub, no link."""
    missing = Permalink("elsewhere.example", StreamId(b"c:" + b"x" * 16), TargetId(b"y" * 16))
    failed = offline.hobnob("read", str(missing))
    assert (failed.code, "of elsewhere.example; this profile" in failed.talk) == (1, True)
    refused = offline.hobnob("read", "hobnob://hub.example.org/#abc.def")
    assert (refused.code, "hobnob join" in refused.talk) == (2, True)


def test_search_finds_words_newest_first(offline: Shell) -> None:
    """Nothing found is told by the exit code alone."""
    found = offline.done("search", "wheel", "--json").records
    assert [record["text"] for record in found] == ["@alice the last wheel", "the wheel"]
    assert len(offline.done("search", "wheel", "-n", "1").lines) == 1
    assert offline.done("search", "the", "wheel", "--channel", "#general").lines
    nothing = offline.hobnob("search", "mill")
    assert (nothing.code, nothing.out) == (1, "")


def test_search_takes_conditions_and_turns_them_round(offline: Shell) -> None:
    """Who, where, when, and what it has; a minus needs no care at the shell."""

    def texts(*words: str) -> list[object]:
        return [record["text"] for record in offline.done("search", *words, "--json").records]

    assert texts("from:bob", "mentions:me") == ["@alice the last wheel"]
    assert texts("wheel", "-mentions:me") == ["the wheel"]
    assert texts("wheel -last in:#general after:2020 -from:me") == ["the wheel"]
    assert texts("is:unread", "two") == ["two\nlines"]


def test_a_condition_that_means_nothing_is_a_mistake(offline: Shell) -> None:
    """It is named, with what may be meant; what only looks wrong is looked for."""
    wrong = offline.hobnob("search", "from:bobb", "wheel")
    assert wrong.code == 2
    assert "Nobody here is called bobb; bob may be meant." in wrong.talk
    odd = offline.hobnob("search", "form:bob")
    assert (odd.code, odd.out) == (1, "")
    assert "from: may be meant" in odd.talk


def test_search_shows_what_stands_around_a_hit(offline: Shell) -> None:
    """The hit is marked, and hits are kept apart."""
    lines = offline.done("search", "wheel", "--context", "1").lines
    assert [line[0] for line in lines] == [" ", " ", ">", "-", ">", " ", " "]
    records = offline.done("search", "two", "-C", "1", "--json").records
    assert [(record["text"], record["hit"]) for record in records] == [
        ("the wheel", False),
        ("two\nlines", True),
        ("@alice the last wheel", False),
    ]


def test_search_counts_the_hits_of_each_month(offline: Shell) -> None:
    """Only months that have some are listed."""
    (record,) = offline.done("search", "wheel", "--months", "--json").records
    assert record["hits"] == 2
    (line,) = offline.done("search", "wheel", "--months").lines
    assert line == f"{record['month']} {2:>7}"
    assert offline.hobnob("search", "mill", "--months").code == 1


def test_members_are_listed(offline: Shell) -> None:
    """Of the hub and of a channel, with the roles that matter."""
    assert offline.done("members").lines == ["alice  owner", "bob"]
    assert offline.done("members", "#general").lines == ["alice  owner", "bob"]
    roles = [record["role"] for record in offline.done("members", "--json").records]
    assert roles == ["owner", "member"]


def test_channels_are_listed(offline: Shell) -> None:
    """With what is unread."""
    (record,) = offline.done("channels", "--json").records
    assert (record["channel"], record["unread"], record["mentions"]) == ("general", 3, 1)


def test_any_question_can_be_asked_in_sql(offline: Shell) -> None:
    """Over views that are documented."""
    offline.done("search", "wheel")
    count = offline.done("sql", "SELECT author, count(*) AS posts FROM messages GROUP BY 1")
    assert count.lines == ["bob\t3"]
    query = "SELECT channel, text FROM messages WHERE text LIKE '%wheel' ORDER BY at LIMIT 1"
    assert offline.done("sql", query, "--json").records == [
        {"channel": "general", "text": "the wheel"}
    ]
    assert offline.done("sql", "SELECT handle FROM members ORDER BY 1").lines == ["alice", "bob"]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM text",
        "INSERT INTO handles VALUES (x'', '')",
        "DROP TABLE log",
        "ATTACH '/tmp/other' AS other",
        "PRAGMA journal_mode = DELETE",
        "SELECT load_extension('x')",
        "CREATE TEMP TABLE t (a)",
        "VACUUM INTO '/tmp/other'",
        "SELECT 1; SELECT 2",
        "no sql",
    ],
)
def test_sql_changes_nothing(offline: Shell, query: str) -> None:
    """Neither the replica nor anything beside it."""
    said = offline.hobnob("sql", query)
    assert (said.code, said.out) == (2, "")
    assert said.talk.startswith("hobnob: SQL: ")


def test_nothing_of_others_reaches_the_terminal_but_text(
    hub: HubThread, alice: Shell, bob: Shell
) -> None:
    """In every verb that shows what they wrote; JSON is ASCII."""
    bob.done("sync")
    bob.done("post", "#general", HOSTILE.replace("\u009b", ""))
    alice.done("sync")
    alice.done("search", "evil")
    for verb in (
        ("tail",),
        ("read", "--keep"),
        ("search", "evil"),
        ("sql", "SELECT text FROM messages"),
        ("outbox",),
        ("channels",),
    ):
        out = alice.done(*verb).out
        assert "\u202e" not in out
        assert "\u2028" not in out
        assert not any(line.startswith("#general 00000000") for line in out.split("\n"))
    assert alice.done("tail", "--json").out.isascii()


def test_sync_says_how_much_there_is(offline: Shell, hub: HubThread) -> None:
    """And with the hub down that it is for later."""
    assert offline.hobnob("sync").code == 3
    hub.start()
    (record,) = offline.done("sync", "--json").records
    assert record["complete"]
    assert record["missing"] == 0
