"""What another device hands over is believed where its event says so, and shown nowhere else."""

from hobnob_client.sealing.believing import is_believed
from hobnob_client.sealing.tables import Handed, OpenedText, Tables
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import AccountId, ConversationId, EventId, conversation_stream
from hobnob_protocol.limits import SEALED_BYTES_MAX
from hobnob_sync.ports import RangeKey
from tests.client.sealing.pair import CANARY, Member, Pair
from tests.protocol.sealing.people import HUB, VERIFIER, Device, direct

ADA, BOB = Device("ada of the history"), Device("bob of the history")
PLACE = direct([ADA], [BOB])
(BEGAN,) = ADA.begin(PLACE)
SAID = ADA.say(PLACE, "as it was said")


def opened() -> OpenedText:
    """What Bob's first device has kept of it."""
    BOB.restart()
    BOB.take(PLACE, BEGAN, ADA)
    found = BOB.take(PLACE, SAID, ADA)
    assert found is not None
    return OpenedText(found.text, found.opening.salt, False)


def believed(
    text: OpenedText,
    event: bytes = SAID,
    author: Device = ADA,
    me: AccountId | None = None,
    conversation: ConversationId = PLACE.conversation,
) -> bool:
    """Does Bob's second device believe it?"""
    stream = conversation_stream(conversation)
    account = BOB.me.account if me is None else me
    return is_believed(text, event, decode_event(event), author.me, account, HUB, stream, VERIFIER)


def test_what_an_event_commits_to_is_believed() -> None:
    """Whoever says so: the author's signature is what counts."""
    assert believed(opened())


def test_nobody_gets_words_into_their_mouth() -> None:
    """Another text, another author, another conversation, another event."""
    true = opened()
    assert not believed(true._replace(said=b"as it was not"))
    assert not believed(true._replace(salt=bytes(32)))
    assert not believed(true, author=BOB)
    assert not believed(true, conversation=ConversationId(b"o" * 16))
    assert not believed(true, event=ADA.say(PLACE, "another"))
    for length in (0, SEALED_BYTES_MAX):
        assert not believed(true._replace(said=b"x" * length))


def test_words_without_proof_are_believed_of_oneself_alone() -> None:
    """And only where the event is a message of one's own that one has signed."""
    bare = opened()._replace(salt=b"")
    assert not believed(bare)
    assert believed(bare, me=ADA.me.account)
    assert not believed(bare, event=BEGAN, me=ADA.me.account)
    assert not believed(bare, author=BOB)
    odd = ADA.event(PLACE, b"no sealed body")
    assert not believed(bare, event=odd, me=ADA.me.account)


def last_event(pair: Pair, who: Member) -> EventId:
    """The newest event of the conversation."""
    held = who.seat.reader.held(pair.stream)
    assert held is not None
    key = RangeKey(pair.stream, held.hi, 1, 1)
    (entry,) = who.store.load((key,)).get(key)
    return entry.event_id


def test_a_lie_about_what_is_still_to_come_is_forgotten(pair: Pair) -> None:
    """The device reads for itself, as if nothing had been handed over."""
    pair.alice.say("one", "@bob")
    pair.bob.cut()
    pair.alice.say("the truth", "@bob")
    lie = OpenedText(b"a lie", bytes(32), False)
    tables = Tables(pair.bob.store.sql)
    event = last_event(pair, pair.alice)
    tables.put_handed([Handed(event, pair.stream, lie)])
    pair.bob.reconnect()
    pair.wait(5)
    assert pair.both == ["alice: one", "alice: the truth"]
    assert tables.handed(event) is None


def test_what_was_withdrawn_since_is_not_kept(pair: Pair) -> None:
    """Of a text whose event comes as a stub nothing stays."""
    pair.alice.say("one", "@bob")
    pair.bob.cut()
    gone = pair.alice.say(CANARY, "@bob")
    event = last_event(pair, pair.alice)
    text = OpenedText(CANARY.encode(), bytes(32), False)
    Tables(pair.bob.store.sql).put_handed([Handed(event, pair.stream, text)])
    pair.alice.delete(gone, "@bob")
    pair.wait(5)
    pair.bob.reconnect()
    pair.wait(5)
    assert CANARY.encode() not in pair.bob.dump()


def test_what_was_opened_here_needs_nobodys_word(pair: Pair) -> None:
    """It stays as it is."""
    pair.alice.say("one", "@bob")
    tables = Tables(pair.bob.store.sql)
    event = last_event(pair, pair.bob)
    tables.put_handed([Handed(event, pair.stream, OpenedText(b"another", bytes(32), False))])
    assert tables.handed(event) is None


def test_who_leaves_a_conversation_keeps_nothing_of_it(pair: Pair) -> None:
    """What was handed over and has not been shown goes with the rest."""
    event = EventId(b"e" * 32)
    tables = Tables(pair.bob.store.sql)
    tables.put_handed([Handed(event, pair.stream, OpenedText(b"text", bytes(32), False))])
    assert tables.handed(event) is not None
    tables.forget(pair.stream)
    assert tables.handed(event) is None
