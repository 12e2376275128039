"""Two members talk under seal: what each of them reads, and what the hub never learns."""

from hobnob_client.sealing.laying import BATCH_EVENTS
from hobnob_protocol.codec import encode
from hobnob_protocol.event import decode_event, event_id
from hobnob_protocol.ids import EventId, StreamId
from hobnob_protocol.kinds.conversations import SEALED
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD
from hobnob_sync.opened import read_written
from hobnob_sync.ports import ReplicaTransaction, TrayRow
from tests.client.sealing.pair import CANARY, Pair


def test_what_one_says_the_other_reads(pair: Pair) -> None:
    """Both ways, in the order of the hub."""
    pair.alice.say("hello bob", "@bob")
    pair.bob.say("hello alice", "@alice")
    assert pair.both == ["alice: hello bob", "bob: hello alice"]
    assert not any(shown.pending for shown in pair.messages(pair.alice))


def test_two_who_begin_offline_meet_in_one_conversation(pair: Pair) -> None:
    """Nothing lies in a tray: that the other was first is no fault."""
    pair.alice.cut()
    pair.bob.cut()
    pair.alice.say("are you there?", "@bob")
    pair.bob.say("anybody there?", "@alice")
    assert pair.texts(pair.alice) == ["alice: are you there?"]
    pair.alice.reconnect()
    pair.bob.reconnect()
    pair.wait(30)
    assert pair.both == ["alice: are you there?", "bob: anybody there?"]
    for who in (pair.alice, pair.bob):
        assert who.seat.reader.tray() == ()
        assert who.seat.reader.outbox() == ()


def test_an_edit_a_reaction_and_an_answer_are_folded_as_in_channels(pair: Pair) -> None:
    """Named by what was said, whoever named it."""
    first = pair.alice.say("helo bob", "@bob")
    pair.bob.say("what?", "@alice")
    pair.bob.react(first, "👍", "@alice")
    pair.alice.edit(first, "hello bob", "@bob")
    assert pair.both == ["alice: hello bob", "bob: what?"]
    for who, other in ((pair.alice, "@bob"), (pair.bob, "@alice")):
        assert who.reactions(first, other) == ["👍"]
        assert pair.messages(who)[0].edited


def test_what_waits_can_be_edited_and_withdrawn_before_it_is_sent(pair: Pair) -> None:
    """Its name is its own from the beginning, and stays when it is sealed."""
    pair.alice.cut()
    first = pair.alice.say("helo", "@bob")
    second = pair.alice.say("never mind", "@bob")
    pair.alice.edit(first, "hello", "@bob")
    pair.alice.delete(second, "@bob")
    pair.alice.reconnect()
    pair.wait(30)
    shown = pair.messages(pair.bob)
    assert [(each.target, each.text) for each in shown if each.dead is None] == [(first, "hello")]
    assert [each.target for each in shown if each.dead is not None] == [second]


def test_a_withdrawn_message_is_gone_everywhere_with_its_edits(pair: Pair) -> None:
    """The hub forgets the ciphertexts, replicas what they said, and no search finds it."""
    first = pair.alice.say(CANARY, "@bob")
    pair.alice.edit(first, CANARY + "!", "@bob")
    pair.alice.say("another", "@bob")
    for who in (pair.alice, pair.bob):
        assert pair.found(who, "canary") == 1
    pair.alice.delete(first, "@bob")
    pair.wait(5)
    for who in (pair.alice, pair.bob):
        gone, kept = pair.messages(who)
        assert gone.dead is not None
        assert (gone.text, kept.text) == ("", "another")
        assert pair.found(who, "canary") == 0
        assert CANARY.encode() not in who.dump()
    assert sum(event.is_stub for event in pair.at_the_hub()) == 2


def test_a_conversation_is_found_by_who_where_and_what_is_unread(pair: Pair) -> None:
    """As in channels; what is sealed can be told from the rest."""
    pair.alice.say("the canary sings `la`", "@bob")
    pair.bob.say("does it?", "@alice")
    pair.wait(1)
    for who in pair.members:
        assert pair.found(who, f"in:{pair.other(who)} canary") == 1
        assert pair.found(who, "is:sealed ") == 2
        assert pair.found(who, "is:sealed -from:me ") == 1
        assert pair.found(who, "from:alice has:code -is:reply ") == 1
        assert pair.found(who, "is:unread is:sealed ") == 1
        assert pair.found(who, "-is:sealed canary ") == 0


def test_the_hub_learns_sizes_and_times_only(pair: Pair) -> None:
    """No text, no kind of what is said, and not what is named by it."""
    target = pair.alice.say(CANARY, "@bob")
    pair.bob.react(target, "👍", "@alice")
    sealed = [event for event in pair.at_the_hub() if event.header.kind == SEALED]
    assert len(sealed) == 4  # A start each, a message each.
    held = pair.dump()
    for secret in (CANARY.encode(), bytes(target), "👍".encode()):
        assert secret not in held


def test_a_text_waits_until_somebody_can_read_it(pair: Pair) -> None:
    """A member who never came on line with a seal key is asked for again and again."""
    pair.bob.cut()
    pair.forget_records()
    pair.alice.say("hello bob", "@bob")
    pair.wait(120)
    (row,) = pair.alice.seat.reader.outbox()
    assert row.state == "unsealed"
    pair.bob.reconnect()
    pair.wait(30)
    assert pair.both == ["alice: hello bob"]


def test_what_can_be_opened_now_does_not_stand_behind_what_cannot(pair: Pair) -> None:
    """However much waits for chains that do not come."""
    pair.alice.say("hello", "@bob")
    pair.wait(20)
    seq = pair.messages(pair.bob)[0].seq
    assert seq is not None
    for n in range(2 * BATCH_EVENTS):
        pair.bob.await_chain(StreamId(b"d:" + n.to_bytes(16)), 1, b"nobody" + bytes(14))
    pair.bob.await_chain(pair.stream, seq, pair.alice.account)
    pair.join("carol")
    pair.wait(20)
    assert seq not in pair.bob.awaiting(pair.stream)
    assert len(pair.bob.awaiting(StreamId(b"d:" + bytes(16)))) == 1


def test_who_was_away_for_long_reads_what_came_meanwhile(pair: Pair) -> None:
    """Thirty days of messages, of which only the newest come with the tail; then the answer."""
    pair.alice.say("day 0", "@bob")
    pair.bob.cut()
    for day in range(1, 31):
        pair.wait(86_400)
        pair.alice.seat.cut()
        pair.alice.reconnect()
        for hour in range(4):
            pair.alice.say(f"day {day}, {hour}", "@bob")
        pair.wait(5)
    pair.bob.reconnect()
    pair.wait(60)
    assert len(pair.both) == 121
    pair.bob.say("I am back", "@alice")
    pair.wait(5)
    assert pair.both[-1] == "bob: I am back"


def test_a_program_that_starts_again_reads_on_in_sessions_it_had_forgotten(pair: Pair) -> None:
    """Sessions live in memory; their starts are in the log."""
    pair.alice.say("one", "@bob")
    pair.bob.seat.crash()
    pair.bob.seat.restart()
    pair.alice.say("two", "@bob")
    pair.wait(5)
    assert pair.both == ["alice: one", "alice: two"]


def test_a_replica_and_keys_out_of_a_backup_read_everything(pair: Pair) -> None:
    """Both are put back together, days later: what came in between opens too."""
    pair.alice.say("one", "@bob")
    backup = pair.bob.seat.back_up()
    for day in range(3):
        pair.wait(86_400)
        pair.alice.say(f"day {day}", "@bob")
        pair.bob.say(f"yes, {day}", "@alice")
    pair.bob.seat.put_back(backup)
    pair.wait(30)
    pair.alice.say("welcome back", "@bob")
    pair.bob.say("thanks", "@alice")
    pair.wait(5)
    assert len(pair.both) == 9
    assert pair.both[-1] == "bob: thanks"


def test_a_hub_put_back_from_a_backup_gets_what_it_lost(backed_up: Pair) -> None:
    """All stays readable: what was opened is kept by the names of events, wherever these stand."""
    pair = backed_up
    pair.alice.say("before", "@bob")
    backup = pair.hub.back_up()
    pair.alice.say("after", "@bob")
    pair.bob.say("yes", "@alice")
    pair.restore(backup)
    pair.wait(60)
    assert sorted(pair.both) == ["alice: after", "alice: before", "bob: yes"]


def test_what_a_restored_hub_never_takes_back_lies_in_the_tray_with_its_text(pair: Pair) -> None:
    """Though only its sealed bytes were offered; it can be said again."""
    pair.alice.say("words to keep", "@bob")
    seat = pair.alice.seat
    replica = seat._replica  # pyright: ignore[reportPrivateUsage]  # A hub that refuses so would have to be made for it.
    (sealed,) = pair.at_the_hub()[-1:]
    author = seat.identity.author
    name = event_id(seat.identity.hub, pair.stream, author, sealed.header_bytes)
    data = encode((sealed.header_bytes, sealed.body, sealed.salt, sealed.signature))
    transaction = ReplicaTransaction()
    transaction.tray[900] = TrayRow(900, pair.stream, name, data, "gone")
    transaction.tray[901] = TrayRow(901, pair.stream, EventId(bytes(32)), data, "gone")
    assert replica.seals is not None
    replica.seals.follow(transaction)
    told, unknown = transaction.tray[900], transaction.tray[901]
    assert told is not None
    assert unknown is not None
    said = read_written(decode_event(told.said))
    assert STANDARD.decode(said.kind, said.body) == Post("words to keep")
    assert unknown.said == b""


def test_unread_and_mentions_count_what_others_say(pair: Pair) -> None:
    """Neither starts of sessions nor reactions are messages; each message is as a mention."""
    target = pair.alice.say("one", "@bob")
    pair.alice.say("two", "@bob")
    pair.alice.react(target, "👍", "@bob")
    line = pair.bob.seat.reader.conversations()[0]
    assert line.reading is not None
    assert (line.label, line.reading.unread, line.reading.mentions) == ("@alice", 2, 2)
    mine = pair.alice.seat.reader.conversations()[0].reading
    assert mine is not None
    assert mine.unread == 0
