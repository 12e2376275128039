"""The verbs that read: tail, read, search, channels, members, sql. All work with the hub down."""

import pytest

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


def test_search_finds_words_newest_first(offline: Shell) -> None:
    """Nothing found is told by the exit code alone."""
    found = offline.done("search", "wheel", "--json").records
    assert [record["text"] for record in found] == ["@alice the last wheel", "the wheel"]
    assert len(offline.done("search", "wheel", "-n", "1").lines) == 1
    assert offline.done("search", "the", "wheel", "--channel", "#general").lines
    nothing = offline.hobnob("search", "mill")
    assert (nothing.code, nothing.out) == (1, "")


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
