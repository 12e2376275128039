"""Opened conversations: beside the sealed log, in its places, read like any channel."""

from hobnob_protocol.event import NOTHING_SEEN, Author, compose, decode_event
from hobnob_protocol.ids import (
    EMPTY_HEAD,
    AccountId,
    ConversationId,
    Head,
    HubId,
    conversation_stream,
    device_id,
    target_of,
)
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.nouns import DEAD, MESSAGE
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.body import KIND as SEALED
from hobnob_protocol.sealing.said import Said, said_id
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_sync import fold
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.opened import (
    is_conversation,
    opened_row,
    opened_stream,
    read_written,
    sealed_stream,
    shown_closed,
    shown_said,
    shown_withdrawn,
    written,
)
from hobnob_sync.ports import Entry, ReplicaStream
from hobnob_sync.testing.scene import GARDEN
from hobnob_sync.views import message

CONVERSATION = ConversationId(b"c" * 16)
STREAM = conversation_stream(CONVERSATION)
SIGNER = KeyedSigner(b"s" * 32)
BOB = Author(AccountId(b"b" * 20), device_id(SIGNER.public_key), SIGNER.public_key)
DATA, EVENT_ID = compose(
    HubId(b"h" * 32), STREAM, BOB, SIGNER, SEALED, b"sealed", 1, 0, NOTHING_SEEN, 9, b"s" * 16
)
ENTRY = Entry(7, 9_500, EVENT_ID, Head(b"e" * 32), DATA)
KIND, BODY = STANDARD.encode(Post("hello"))
SAID = Said(KIND, b"n" * 16, 8, BODY)


def test_only_conversations_have_an_opened_stream() -> None:
    """Any other stream is its own; the way back leads home."""
    assert opened_stream(GARDEN) == sealed_stream(GARDEN) == GARDEN
    assert opened_stream(STREAM) != STREAM
    assert sealed_stream(opened_stream(STREAM)) == STREAM
    assert is_conversation(STREAM)
    assert not is_conversation(opened_stream(STREAM))


def test_what_is_said_is_written_as_an_event_nobody_signed() -> None:
    """It is read like one, and nothing of it is lost."""
    event = decode_event(written(SAID, BOB.device))
    assert read_written(event) == SAID
    assert event.header.device == BOB.device
    assert not any(event.signature)


def test_what_was_opened_stands_in_its_place_under_its_own_name() -> None:
    """By the fold of channels it is a message of its author, at the hub's time."""
    shown = shown_said(STREAM, ENTRY, BOB, SAID, Post("hello"), STANDARD)
    name = said_id(CONVERSATION, BOB.account, SAID.name)
    assert (shown.entry.seq, shown.entry.event_id) == (7, name)
    cells = Overlay.fresh(opened_stream(STREAM))
    fold.take(cells, shown.writes, 7)
    found = message.view(cells, target_of(name))
    assert found is not None
    assert (found.text, found.author, found.at_ms, found.seq) == ("hello", BOB.account, 9_500, 7)


def test_what_cannot_be_opened_stands_there_with_the_reason() -> None:
    """A message of the sealed kind, without text."""
    (write,) = shown_closed(ENTRY, BOB, decode_event(DATA), STREAM, "no_key").writes
    assert (write.noun, write.key) == (MESSAGE, target_of(EVENT_ID))
    cells = Overlay.fresh(opened_stream(STREAM))
    fold.take(cells, (write,), 7)
    found = message.view(cells, target_of(EVENT_ID))
    assert found is not None
    assert (found.kind, found.text, found.closed) == (SEALED, "", "no_key")


def test_what_was_withdrawn_is_a_dead_message() -> None:
    """Its author is known, what it said is not."""
    shown = shown_withdrawn(ENTRY, BOB, decode_event(DATA), STREAM)
    assert [write.noun for write in shown.writes] == [MESSAGE, DEAD]
    cells = Overlay.fresh(opened_stream(STREAM))
    fold.take(cells, shown.writes, 7)
    found = message.view(cells, target_of(EVENT_ID))
    assert found is not None
    assert found.dead is not None
    assert found.closed == ""


def test_an_opened_log_reaches_as_far_as_it_is_laid_out() -> None:
    """All else is the sealed log's."""
    held = ReplicaStream(STREAM, 4, b"g" * 8, 0, 1, 90, EMPTY_HEAD, EMPTY_HEAD, 90, 3, 3)  # type: ignore[arg-type]
    row = opened_row(held, 20, 80)
    assert (row.stream, row.lo, row.hi) == (opened_stream(STREAM), 20, 80)
    assert (row.head_seq, row.unread) == (90, 3)
