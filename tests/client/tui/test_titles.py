"""Above each talk stands what it is called, and who can read it."""

from hobnob_client.tui import titles
from hobnob_client.tui.titles import Title
from hobnob_protocol.ids import user_stream
from hobnob_protocol.kinds.threads import ThreadResolve, ThreadTitle
from hobnob_protocol.kinds.trust import Verify
from tests.client.sealing.conftest import pair
from tests.client.sealing.pair import Pair

__all__ = ["pair"]


def test_a_conversation_is_marked_as_sealed(pair: Pair) -> None:
    """Before it has begun, too."""
    line = pair.alice.seat.reader.between(pair.bob.account)
    title = titles.of_conversation(line)
    assert (title.name, title.marks) == ("@bob", ("sealed",))
    assert "you two" in title.about


def test_a_strangers_words_say_so_and_a_compared_number_is_told(pair: Pair) -> None:
    """Until they are answered; behind the name."""
    pair.alice.say("hello bob", "@bob")
    reader = pair.bob.seat.reader
    assert "B blocks them" in titles.of_conversation(reader.conversation(pair.stream)).about
    pair.bob.say("hello alice", "@alice")
    pair.bob.seat.say(user_stream(pair.bob.account), Verify(pair.alice.account, "alice"))
    title = titles.of_conversation(reader.conversation(pair.stream))
    assert (title.about, title.marks) == ("only you two can read this", ("sealed", "✓ verified"))


def test_a_channel_has_its_sign_and_a_thread_its_state(pair: Pair) -> None:
    """Whatever lies in them."""
    reader, stream = pair.alice.seat.reader, pair.alice.stream("general")
    assert titles.of_channel(reader, stream).name == "#general"
    root = pair.alice.say("Two writers, db is locked.")
    assert titles.of_thread(reader, stream, root) == Title("“Two writers, db is locked.”", sign="▸")
    pair.alice.seat.say(stream, ThreadTitle(root, "WAL on NFS"))
    pair.alice.seat.say(stream, ThreadResolve(root))
    assert titles.of_thread(reader, stream, root) == Title("WAL on NFS", sign="✓")
