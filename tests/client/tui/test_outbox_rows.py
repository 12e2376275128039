"""The outbox shows what was said, also where nobody else can read it yet."""

from hobnob_client.tui.listing import waits
from hobnob_client.tui.outbox_rows import OutboxRows
from hobnob_client.tui.rows import ChannelRows
from hobnob_protocol.ids import StreamId, user_stream
from hobnob_protocol.kinds.messages import Edit
from hobnob_protocol.kinds.personal import Block, ReadCursor
from hobnob_protocol.kinds.private import AROUND_BYTES, BlindName, OwnKeyId, Private
from hobnob_protocol.limits import SEALED_PADDING_MIN
from tests.client.sealing.conftest import pair
from tests.client.sealing.pair import Pair

__all__ = ["pair"]


def why(_stream: StreamId) -> str:
    """Why all of it waits."""
    return "the moon is not full"


def test_what_waits_unsealed_stands_there_with_its_text_and_its_reason(pair: Pair) -> None:
    """And leads to where it belongs; what goes along by itself is no matter of hers."""
    alice = pair.alice
    alice.cut()
    target = alice.say("hello bob", "@bob")
    shown = OutboxRows(alice.seat.reader, (), why)
    (said,) = shown.older(None, 10)
    assert (said.author, said.text, said.why) == ("@bob", "hello bob", "the moon is not full")
    waiting = shown.waiting[said.target]
    assert (waiting.target, waiting.stream, waiting.is_of_a_talk) == (target, pair.stream, True)
    assert [waits(row) for row in alice.seat.reader.outbox()] == [False, False, True]


def test_a_change_of_a_sealed_message_says_which(pair: Pair) -> None:
    """By its text as it reads here."""
    alice = pair.alice
    target = alice.say("helo bob", "@bob")
    alice.cut()
    alice.seat.say(pair.stream, Edit(target, "hello bob"))
    (change,) = OutboxRows(alice.seat.reader, (), why).older(None, 10)
    assert (change.text, change.quote) == ("hello bob", "a change of: hello bob")


def test_what_waits_in_its_conversation_says_why(pair: Pair) -> None:
    """Beside the text; what has gone out says nothing."""
    alice = pair.alice
    alice.say("gone", "@bob")
    alice.cut()
    alice.say("waits", "@bob")
    gone, waiting = ChannelRows(alice.seat.reader, pair.stream, why).older(None, 10)
    assert (gone.why, waiting.why) == ("", "the moon is not full")


def test_a_message_that_cannot_be_opened_says_why_instead(pair: Pair) -> None:
    """On a quiet line: there is no text of it."""
    pair.alice.say("hello bob", "@bob")
    pair.bob.cut()
    pair.alice.say("are you there?", "@bob")
    pair.bob.lose_seal_keys()
    pair.bob.reconnect()
    pair.wait(30)
    *_, last = ChannelRows(pair.bob.seat.reader, pair.stream).older(None, 10)
    assert (last.text, last.note.startswith("(sealed")) == ("", True)


def test_what_ones_own_devices_keep_waits_for_nobody(pair: Pair) -> None:
    """How far one has read, and what is begun; whom one blocks is one's own doing."""
    alice = pair.alice
    alice.cut()
    own, before = user_stream(alice.seat.reader.me), len(alice.seat.reader.outbox())
    sealed = bytes(SEALED_PADDING_MIN + AROUND_BYTES)
    alice.seat.say(own, Private(OwnKeyId(bytes(16)), BlindName(bytes(16)), 1, sealed))
    alice.seat.say(own, ReadCursor(pair.stream, 0, 1))
    alice.seat.say(own, Block(alice.seat.reader.me, True))
    assert [waits(row) for row in alice.seat.reader.outbox()[before:]] == [False, False, True]
