"""The verbs that act upon one message: reply, react, thank, edit, delete, thread."""

from hobnob_protocol.ids import AccountId
from tests.client.verbs.shell import HubThread, Shell, block


def test_an_answer_stands_where_the_question_does(alice: Shell, bob: Shell) -> None:
    """By the name tail shows; begun in a thread, further answers stay there."""
    alice.done("post", "#general", "which cache?")
    bob.done("sync")
    name = bob.done("tail").out.split()[3]
    bob.done("reply", name, "the", "old", "one", "--thread")
    answer = bob.done("tail", "--json").records[-1]
    assert answer["text"] == "the old one"
    assert answer["reply"][:8] == answer["thread"][:8] == name
    bob.done("reply", answer["event"][:10], "no, the new one")
    shown = bob.done("thread", name).lines
    assert [line.rpartition("bob: ")[2] for line in shown[1:]] == ["the old one", "no, the new one"]
    assert shown[0].endswith("alice: which cache?")


def test_a_thread_is_called_and_settled(alice: Shell) -> None:
    """Said on stderr, so that stdout is messages alone."""
    alice.done("post", "#general", "which cache?")
    name = alice.done("tail").out.split()[3]
    alice.done("thread", name, "--title", "Stale cache", "--resolve")
    assert alice.done("thread", name).talk == "Stale cache (resolved)\n"
    alice.done("thread", name, "--reopen")
    assert alice.done("thread", name).talk == "Stale cache\n"
    assert alice.hobnob("thread", name, "--title", " ").code == 2
    assert alice.hobnob("thread", name, "--resolve", "--reopen").code == 2


def test_an_emoji_is_given_and_taken_back(alice: Shell) -> None:
    """By itself or by its name; twice is said, not done."""
    alice.done("post", "#general", "done")
    name = alice.done("tail").out.split()[3]
    (record,) = alice.done("react", name, ":tada:", "--json").records
    assert record["state"] == "sent"
    again = alice.hobnob("react", name, "🎉")
    assert (again.code, "already" in again.talk) == (1, True)
    alice.done("react", name, "tada", "--undo")
    assert alice.hobnob("react", name, "🎉", "--undo").code == 1
    unknown = alice.hobnob("react", name, ":nonesuch:")
    assert (unknown.code, "nonesuch" in unknown.talk) == (2, True)


def test_the_author_of_a_message_is_thanked(hub: HubThread, alice: Shell, bob: Shell) -> None:
    """With a reason or without, once each; nobody thanks themselves; taken back it is gone."""
    alice.done("post", "#general", "VACUUM it")
    name = alice.done("tail").out.split()[3]
    bob.done("sync")
    hub.stop()
    assert "queued" in bob.done("thank", name, "it saved", "my weekend").talk
    assert bob.done("thank", name, "--list").out == "bob: it saved my weekend (waits)\n"
    hub.start()
    bob.done("sync")
    alice.done("sync")
    (record,) = alice.done("thank", name, "--list", "--json").records
    assert (record["handle"], record["reason"]) == ("bob", "it saved my weekend")
    block(alice, AccountId(bytes.fromhex(record["account"])))
    assert alice.done("thank", name, "--list").out == ""
    block(alice, AccountId(bytes.fromhex(record["account"])), on=False)
    own = alice.hobnob("thank", name)
    assert (own.code, "for others" in own.talk) == (1, True)
    assert bob.hobnob("thank", name, "x" * 201).code == 2
    bob.done("thank", name, "--undo")
    assert bob.hobnob("thank", name, "--undo").code == 1
    assert bob.done("thank", name, "--list").out == ""


def test_ones_own_words_are_changed_and_taken_back(alice: Shell, bob: Shell) -> None:
    """Nobody else's, and nothing that is gone."""
    alice.done("post", "#general", "teh cache")
    name = alice.done("tail").out.split()[3]
    alice.done("edit", name, "the cache")
    assert alice.done("tail").out.endswith("alice: the cache (edited)\n")
    assert alice.hobnob("edit", name, "the cache").code == 2
    bob.done("sync")
    for words in (("edit", name, "mine"), ("delete", name)):
        refused = bob.hobnob(*words)
        assert (refused.code, "not yours" in refused.talk) == (1, True)
    alice.done("delete", name)
    assert "the cache" not in alice.done("tail").out
    assert "gone" in alice.hobnob("reply", name, "what was it?").talk


def test_a_message_must_be_one_and_here(alice: Shell) -> None:
    """Else it is said how names are found."""
    alice.done("post", "#general", "hello")
    for name in ("4f1", "ffffffff", "no hex", "hobnob://h/c/x/y"):
        refused = alice.hobnob("reply", name, "x")
        assert (refused.code, refused.out) == (2, ""), name
    lost = f"hobnob://127.0.0.1/c/{'a' * 26}/{'a' * 26}"
    assert "not here" in alice.hobnob("reply", lost, "x").talk
    assert alice.done("outbox").out == ""


def test_without_the_hub_it_waits(hub: HubThread, alice: Shell) -> None:
    """Each of them, and says so; what is composed shows at once."""
    alice.done("post", "#general", "hello")
    name = alice.done("tail").out.split()[3]
    hub.stop()
    for words in (
        ("reply", name, "and you?"),
        ("react", name, "👍"),
        ("edit", name, "hello!"),
        ("thread", name, "--title", "Greetings"),
    ):
        assert "queued" in alice.done(*words).talk
    assert len(alice.done("outbox").lines) == 4
    assert "alice: hello! (edited" in alice.done("tail").out
    hub.start()
    alice.done("sync")
    assert alice.done("outbox").out == ""


def test_a_conversation_is_answered_under_seal(alice: Shell, bob: Shell) -> None:
    """The same verbs, on what only two can read."""
    bob.done("sync")
    alice.done("sync")
    alice.done("dm", "bob", "are you there?")
    bob.done("sync")
    name = bob.done("tail", "@alice").out.split()[3]
    bob.done("reply", name, "yes")
    bob.done("react", name, "👋")
    refused = bob.hobnob("thank", name)
    assert (refused.code, "stand in channels" in refused.talk) == (1, True)
    alice.done("sync")
    assert alice.done("tail", "@bob").out.endswith("bob: yes\n")
