"""Seal keys change, records are told and asked for, and what is sealed follows who is there."""

from hobnob_protocol.limits import SEAL_KEY_SECONDS, SESSION_MESSAGES_MAX, UNSEEN_SECONDS
from hobnob_protocol.sealing.body import Start, decode_body
from hobnob_protocol.sealing.record import decode_record
from tests.client.sealing.pair import Member, Pair


def starts(pair: Pair) -> int:
    """How many sessions have begun; between two devices each has one part."""
    bodies = [event.body for event in pair.at_the_hub() if event.header.kind == 31]
    return sum(isinstance(decode_body(body), Start) for body in bodies if body)


def since(pair: Pair, who: Member) -> int:
    """Since when the key is used that the hub tells of."""
    (record,) = pair.records(who)
    return decode_record(record).not_before_seconds


def test_a_device_tells_its_key_as_soon_as_it_is_in(pair: Pair) -> None:
    """Before anybody wants to talk to it."""
    for who in pair.members:
        assert len(pair.records(who)) == 1


def test_the_next_key_is_told_after_a_day_on_line(pair: Pair) -> None:
    """And what was sealed to the one before still opens."""
    pair.alice.say("one", "@bob")
    first = since(pair, pair.bob)
    pair.wait(SEAL_KEY_SECONDS + 60)
    pair.alice.say("two", "@bob")
    pair.wait(120)
    pair.bob.say("three", "@alice")
    pair.wait(120)
    assert since(pair, pair.bob) >= first + SEAL_KEY_SECONDS
    assert pair.both == ["alice: one", "alice: two", "bob: three"]


def test_one_session_carries_what_is_said_on_one_connection(pair: Pair) -> None:
    """A start costs kilobytes; a new connection begins anew."""
    for _ in range(5):
        pair.alice.say("again", "@bob")
    assert starts(pair) == 1
    pair.alice.cut()
    pair.alice.reconnect()
    pair.alice.say("and again", "@bob")
    assert starts(pair) == 2


def test_a_session_ends_with_its_hundredth_message(pair: Pair) -> None:
    """Then another begins; nobody notices."""
    for number in range(SESSION_MESSAGES_MAX + 1):
        pair.alice.say(str(number), "@bob")
        pair.wait(2)
    assert starts(pair) == 2
    assert len(pair.both) == SESSION_MESSAGES_MAX + 1


def test_nothing_is_sealed_to_a_device_that_was_not_seen_for_long(pair: Pair) -> None:
    """It waits with its reason, and goes out when the other comes back."""
    pair.bob.cut()
    pair.wait(UNSEEN_SECONDS + 60)
    pair.alice.cut()
    pair.alice.reconnect()
    pair.alice.say("are you still there?", "@bob")
    pair.wait(10)
    (row,) = pair.alice.seat.reader.outbox()
    assert row.state == "unsealed"
    pair.bob.reconnect()
    pair.wait(60)
    assert pair.both == ["alice: are you still there?"]


def test_a_device_whose_seal_keys_were_lost_takes_up_new_ones(pair: Pair) -> None:
    """Another seed is as if another had published: ours takes its place, and it is told."""
    pair.alice.say("one", "@bob")
    pair.bob.lose_seal_keys()
    pair.alice.cut()
    pair.alice.reconnect()
    pair.wait(3_700)
    pair.alice.say("two", "@bob")
    pair.wait(5)
    assert pair.both == ["alice: one", "alice: two"]
    assert pair.bob.alarms == ["record.own"]


def test_what_never_opens_keeps_no_key_for_ever(pair: Pair) -> None:
    """Neither by somebody's malice nor by a hub's: after a month the keys of before are gone."""
    pair.alice.say("one", "@bob")
    pair.bob.await_in_vain(pair.stream)
    for _ in range(40):
        pair.wait(SEAL_KEY_SECONDS + 60)
        pair.alice.say("again", "@bob")
        pair.wait(120)
    assert pair.bob.seal_keys <= 34
    assert "alice: one" in pair.both
