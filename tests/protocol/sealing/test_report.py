"""A moderator checks one message alone: what was said, by whom, and nothing else."""

from dataclasses import replace

import pytest

from hobnob_protocol.errors import SealError
from hobnob_protocol.event import decode_event, stub
from hobnob_protocol.ids import ConversationId, HubId
from hobnob_protocol.sealing.body import Message, decode_body, encode_message, message_header
from hobnob_protocol.sealing.message import Opening
from hobnob_protocol.sealing.padding import pad
from hobnob_protocol.sealing.report import check_report
from tests.protocol.sealing.people import HUB, VERIFIER, Device, direct

ADA, BOB = Device("ada"), Device("bob")
PLACE = direct([ADA], [BOB])
(BEGAN,) = ADA.begin(PLACE)
SAID = ADA.say(PLACE, "an insult")
BOB.take(PLACE, BEGAN, ADA)


def opening() -> Opening:
    """What the one who was insulted shows."""
    bob = Device("bob")
    bob.belongs_to(BOB.me.account)
    bob.take(PLACE, BEGAN, ADA)
    opened = bob.take(PLACE, SAID, ADA)
    assert opened is not None
    return opened.opening


def refused(event: bytes, shown: Opening, **changed: object) -> str:
    """The rule for which a report proves nothing."""
    given = {"author": ADA.me, "hub": HUB, "conversation": PLACE.conversation, **changed}
    with pytest.raises(SealError) as caught:
        check_report(event, shown, verifier=VERIFIER, **given)  # type: ignore[arg-type]  # arguments by name
    return caught.value.rule


def test_a_moderator_reads_what_was_said() -> None:
    """With nothing but the event and its opening."""
    found = check_report(SAID, opening(), ADA.me, HUB, PLACE.conversation, VERIFIER)
    assert found == b"an insult"


def test_nobody_is_reported_for_what_they_did_not_say() -> None:
    """Another text, another author, another place."""
    shown = opening()
    other = shown._replace(padded=pad(b"a threat"))
    assert refused(SAID, other) == "sealed.commitment"
    assert refused(SAID, shown._replace(salt=bytes(32))) == "sealed.commitment"
    assert refused(SAID, shown, author=BOB.me) == "sealed.signature"
    assert refused(SAID, shown, hub=HubId(b"i" * 32)) == "sealed.signature"
    assert refused(SAID, shown, conversation=ConversationId(b"c" * 16)) == "sealed.signature"


def test_only_a_message_is_reported() -> None:
    """No start, no other kind, no stub."""
    shown = opening()
    body = decode_event(SAID).body
    assert refused(BEGAN, shown) == "sealed.form"
    assert refused(ADA.event(PLACE, body, 1), shown) == "sealed.event"
    assert refused(stub(SAID), shown) == "sealed.event"


def test_what_was_never_readable_cannot_be_reported() -> None:
    """A commitment to what is no padded text proves nothing."""
    body = decode_body(decode_event(SAID).body)
    assert isinstance(body, Message)
    odd = Opening(b"s" * 32, b"no padding")
    header = message_header(body.sid, body.roster, 1, body.salt, odd.commitment)
    event = ADA.event(PLACE, encode_message(header, body.sealed))
    assert refused(event, odd) == "sealed.padding"
    assert replace(body, header=header) != body


def test_a_report_opens_nothing_else() -> None:
    """What it shows tells no key: another message of the session stays closed."""
    shown = opening()
    again = ADA.say(PLACE, "something private")
    assert refused(again, shown) == "sealed.commitment"
