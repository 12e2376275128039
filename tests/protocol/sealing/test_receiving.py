"""What comes out is what the device that signed has sent; all else is an error that says whose."""

from dataclasses import replace

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.errors import SealAwaits, SealClosed, Unopened
from hobnob_protocol.event import decode_event, stub
from hobnob_protocol.limits import SESSIONS_MAX
from hobnob_protocol.sealing.body import Message, Start, decode_body, encode_message, encode_start
from hobnob_protocol.sealing.group import REMOVE, extend_group, founding
from hobnob_protocol.sealing.keeping import SealKeys, Stored
from hobnob_protocol.sealing.message import Opening
from tests.protocol.sealing.people import (
    HUB,
    NOW,
    Device,
    account_of,
    direct,
    group,
    start_of,
    two,
    without_device,
)


def test_a_message_comes_with_its_author_and_its_proof() -> None:
    """And its author is still there."""
    place, ada, bob = two()
    bob.hear(place, ada.begin(place), ada)
    opened = bob.take(place, ada.say(place, "hello"), ada)
    assert opened is not None
    assert (opened.author, opened.text, opened.departed) == (ada.me, b"hello", False)
    assert isinstance(opened.opening, Opening)


def test_each_message_is_opened_once() -> None:
    """In any order."""
    place, ada, bob = two()
    began = ada.begin(place)
    said = [ada.say(place, f"{number}") for number in range(10)]
    order = [9, 0, 5, 1]
    assert bob.hear(place, [*began, *(said[at] for at in order)], ada) == ["9", "0", "5", "1"]
    for at in order:
        assert bob.refuses(place, said[at], ada) == "sealed.replay"


def test_a_device_reads_its_own_after_a_start() -> None:
    """Each session has a slice for it too."""
    place, ada, _ = two()
    events = [*ada.begin(place), ada.say(place, "mine")]
    ada.restart()
    assert ada.hear(place, events, ada) == ["mine"]


def test_a_message_waits_for_its_start() -> None:
    """Until then it is nobody's fault."""
    place, ada, bob = two()
    began, said = ada.begin(place), ada.say(place, "hello")
    found = bob.fails(place, said, ada)
    assert isinstance(found, SealAwaits)
    assert found.code == Unopened.START
    assert bob.hear(place, [*began, said], ada) == ["hello"]


def test_an_event_of_another_kind_or_an_erased_one_is_not_sealed() -> None:
    """Whatever its body says."""
    place, ada, bob = two()
    (began,) = ada.begin(place)
    other = ada.event(place, decode_event(began).body, 1)
    assert bob.refuses(place, other, ada) == "sealed.event"
    assert bob.refuses(place, stub(began), ada) == "sealed.event"


def test_one_bit_of_a_signature_and_it_is_nobodys() -> None:
    """Before anything is read."""
    place, ada, bob = two()
    (began,) = ada.begin(place)
    forged = began[:-1] + bytes((began[-1] ^ 1,))
    assert bob.refuses(place, forged, ada) == "sealed.signature"


def test_a_roster_that_was_made_up_is_refused() -> None:
    """Its hash is not that of the heads."""
    place, ada, bob = two()
    start = replace(start_of(ada.begin(place)[0]), roster=b"r" * 32)
    assert bob.refuses(place, ada.event(place, encode_start(start)), ada) == "sealed.roster"


def test_a_slice_for_a_device_outside_the_roster_is_refused() -> None:
    """The others are not looked at then."""
    place, ada, bob = two()
    start = start_of(ada.begin(place)[0])
    ghost = start.slices[0]._replace(device=Device("ghost").me.device)
    forged = replace(start, slices=tuple(sorted((*start.slices, ghost))))
    event = ada.event(place, encode_start(forged))
    assert bob.refuses(place, event, ada) == "sealed.recipient"


def test_a_device_that_was_revoked_before_begins_nothing() -> None:
    """It is not in the roster that it must name."""
    ada, bob, phone = Device("ada"), Device("bob"), Device("phone")
    place = direct([ada, phone], [bob])
    start = start_of(phone.begin(place)[0])
    place.chains[ada.me.account] = without_device(place.chains[ada.me.account], ada, phone)
    forged = replace(start, claim=place.roster.claim, roster=place.roster.digest)
    event = phone.event(place, encode_start(forged))
    assert bob.refuses(place, event, phone) == "sealed.sender"


def test_what_a_revoked_device_said_before_is_marked() -> None:
    """An honest hub took it before; the reader sees that the device is gone."""
    ada, bob, phone = Device("ada"), Device("bob"), Device("phone")
    place = direct([ada, phone], [bob])
    events = [*phone.begin(place), phone.say(place, "before")]
    place.chains[ada.me.account] = without_device(place.chains[ada.me.account], ada, phone)
    bob.take(place, events[0], phone)
    opened = bob.take(place, events[1], phone)
    assert opened is not None
    assert opened.departed


def test_so_is_what_a_member_said_who_left() -> None:
    """Of a group."""
    ada, bob = Device("ada"), Device("bob")
    accounts = [account_of(device).account for device in (ada, bob)]
    place = group(founding(*accounts), ada, ada, bob)
    events = [*bob.begin(place), bob.say(place, "bye"), bob.say(place, "bye again")]
    ada.take(place, events[0], bob)
    opened = ada.take(place, events[1], bob)
    assert opened is not None
    assert not opened.departed
    assert place.group is not None
    link = place.group.change(REMOVE, bob.me.account)
    place.group = extend_group(place.group, link, ada.me, HUB, place.conversation)
    opened = ada.take(place, events[2], bob)
    assert opened is not None
    assert opened.departed


def test_a_second_start_of_a_session_must_agree_with_the_first() -> None:
    """In its roster, its heads and its number of parts."""
    place, ada, bob = two()
    (began,) = ada.begin(place)
    bob.take(place, began, ada)
    start = replace(start_of(began), parts=2)
    assert bob.refuses(place, ada.event(place, encode_start(start)), ada) == "sealed.session"
    assert bob.take(place, began, ada) is None


def test_a_message_must_agree_with_its_start() -> None:
    """It names the same roster."""
    place, ada, bob = two()
    bob.hear(place, ada.begin(place), ada)
    message = decode_body(decode_event(ada.say(place, "hello")).body)
    assert isinstance(message, Message)
    header = encode((1, 2, message.sid, b"r" * 32, 0, message.salt, message.commitment))
    event = ada.event(place, encode_message(header, message.sealed))
    assert bob.refuses(place, event, ada) == "sealed.session"


def test_a_session_that_is_not_for_this_device_says_so() -> None:
    """Once all its parts have come; before, the slice may be in another one."""
    place, ada, bob = two()
    only = [each for each in ada.addressed(place) if each.device == ada.me.device]
    (body,) = ada.sending.begin(place.view, place.roster, only, NOW, b"s" * 16, b"k" * 32)
    start = decode_body(body)
    assert isinstance(start, Start)
    message = ada.sending.seal(place.view, place.roster, only, NOW, b"t" * 16, b"to myself")
    said = ada.event(place, message)
    first = ada.event(place, encode_start(replace(start, parts=2)))
    assert bob.take(place, first, ada) is None
    found = bob.fails(place, said, ada)
    assert isinstance(found, SealAwaits)
    assert found.code == Unopened.START
    bob.restart()
    assert bob.take(place, ada.event(place, body), ada) is None
    found = bob.fails(place, said, ada)
    assert isinstance(found, SealClosed)
    assert found.code == Unopened.NOT_ADDRESSED


def test_a_session_for_a_key_that_is_gone_says_so_and_opens_when_it_is_back() -> None:
    """A restored device has not caught up yet."""
    place, ada, bob = two()
    events = [*ada.begin(place), ada.say(place, "hello")]
    keys = bob.keys
    bob.keys = SealKeys(Stored(b"another seed, of thirty-two byte", (NOW,)))
    bob.restart()
    for event in events:
        found = bob.fails(place, event, ada)
        assert isinstance(found, SealClosed)
        assert found.code == Unopened.NO_KEY
    bob.keys = keys
    bob.restart()
    assert bob.hear(place, events, ada) == ["hello"]


def test_a_slice_that_does_not_open_closes_its_session() -> None:
    """Its sender is to blame, and what follows does not wait for ever."""
    place, ada, bob = two()
    (began,) = ada.begin(place)
    start = start_of(began)
    broken = tuple(each._replace(wrapped=b"w" * 1168) for each in start.slices)
    event = ada.event(place, encode_start(replace(start, slices=broken)))
    assert bob.refuses(place, event, ada) == "sealed.slice"
    assert isinstance(bob.fails(place, ada.say(place, "hello"), ada), SealClosed)


def test_memory_has_a_bound_and_what_fell_out_opens_again() -> None:
    """By its start, which stands in the log."""
    place, ada, bob = two()
    first = ada.begin(place)
    said = ada.say(place, "of the first")
    bob.hear(place, first, ada)
    start = start_of(first[0])
    # Slices for nobody here cost the reader no decryption.
    others = tuple(each for each in start.slices if each.device == ada.me.device)
    for number in range(SESSIONS_MAX):
        sid = number.to_bytes(16, "big")
        body = encode_start(replace(start, sid=sid, slices=others))
        bob.take(place, ada.event(place, body), ada)
    assert isinstance(bob.fails(place, said, ada), SealAwaits)
    assert bob.hear(place, [*first, said], ada) == ["of the first"]


@pytest.mark.parametrize("text", ["x", "x" * 63, "x" * 64, "x" * 12_000])
def test_texts_of_any_length_come_out_as_they_went_in(text: str) -> None:
    """Up to the longest post."""
    place, ada, bob = two()
    assert bob.hear(place, [*ada.begin(place), ada.say(place, text)], ada) == [text]
