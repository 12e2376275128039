"""Sealed bodies are written in one way, and read in no other."""

from dataclasses import replace
from typing import Any

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId, DeviceId
from hobnob_protocol.limits import BODY_BYTES_MAX, SEALED_BYTES_MAX, SLICES_MAX, START_PARTS_MAX
from hobnob_protocol.sealing.body import (
    KIND,
    WRAPPED_BYTES,
    Message,
    Slice,
    Start,
    decode_body,
    encode_message,
    encode_start,
    message_header,
)
from hobnob_protocol.sealing.group import NO_GROUP, GroupHead
from hobnob_protocol.sealing.roster import Claim
from hobnob_protocol.sealing.seal_key import Kid

ADA, BOB = AccountId(b"a" * 20), AccountId(b"b" * 20)
SLICE = Slice(DeviceId(b"device-1"), Kid(b"kid----1"), b"w" * WRAPPED_BYTES)
START = Start(
    b"s" * 16,
    b"r" * 32,
    Claim(NO_GROUP, ((ADA, 1, b"x" * 32), (BOB, 2, b"y" * 32))),
    0,
    1,
    (SLICE,),
)
HEADER = message_header(b"s" * 16, b"r" * 32, 7, b"t" * 16, b"c" * 32)


def refused(data: bytes) -> str:
    """The rule that a body breaks."""
    with pytest.raises(ProtocolError) as caught:
        decode_body(data)
    return caught.value.rule


def test_its_kind_is_the_one_of_sealed_events() -> None:
    """Number 31, whose body the hub does not read."""
    assert KIND == 31


def test_a_start_comes_back() -> None:
    """Between two, and of a group."""
    assert decode_body(encode_start(START)) == START
    of_group = replace(START, claim=Claim(GroupHead(3, b"g" * 32), START.claim.heads))
    assert decode_body(encode_start(of_group)) == of_group


def test_a_message_comes_back() -> None:
    """With its header as it travelled."""
    found = decode_body(encode_message(HEADER, b"x" * 80))
    assert found == Message(b"s" * 16, b"r" * 32, 7, b"t" * 16, b"c" * 32, HEADER, b"x" * 80)


def test_the_largest_of_both_fit_a_body() -> None:
    """32 members, 12 slices; the longest text."""
    heads = tuple((AccountId(bytes((number,)) * 20), 256, b"x" * 32) for number in range(32))
    slices = tuple(
        SLICE._replace(device=DeviceId(bytes((number,)) * 8)) for number in range(SLICES_MAX)
    )
    group = GroupHead(1_024, b"g" * 32)
    parts = START_PARTS_MAX
    largest = Start(b"s" * 16, b"r" * 32, Claim(group, heads), parts - 1, parts, slices)
    assert decode_body(encode_start(largest)) == largest
    longest = encode_message(
        message_header(b"s" * 16, b"r" * 32, 2**53 - 1, b"t" * 16, b"c" * 32),
        b"x" * (SEALED_BYTES_MAX + 16),
    )
    assert len(longest) <= BODY_BYTES_MAX
    assert isinstance(decode_body(longest), Message)


START_FIELDS: dict[str, Any] = {
    "suite": 1,
    "form": 1,
    "sid": b"s" * 16,
    "roster": b"r" * 32,
    "group_links": 0,
    "group_head": bytes(32),
    "heads": ((ADA, 1, b"x" * 32), (BOB, 2, b"y" * 32)),
    "part": 0,
    "parts": 1,
}
MESSAGE_FIELDS: dict[str, Any] = {
    "suite": 1,
    "form": 2,
    "sid": b"s" * 16,
    "roster": b"r" * 32,
    "index": 0,
    "salt": b"t" * 16,
    "commitment": b"c" * 32,
}


def start(**changed: Any) -> bytes:
    """A start with other fields in its header."""
    slices = changed.pop("slices", (SLICE,))
    return encode((encode(tuple({**START_FIELDS, **changed}.values())), slices))


def message(**changed: Any) -> bytes:
    """A message with other fields in its header."""
    sealed = changed.pop("sealed", b"x" * 80)
    return encode((encode(tuple({**MESSAGE_FIELDS, **changed}.values())), sealed))


@pytest.mark.parametrize(
    "data",
    [
        encode(None),
        encode(()),
        encode((HEADER,)),
        encode((HEADER, b"x" * 80, 1)),
        encode((tuple(MESSAGE_FIELDS.values()), b"x" * 80)),
        encode((encode(7), b"x" * 80)),
        encode((encode((1,)), b"x" * 80)),
    ],
)
def test_a_body_is_a_header_and_what_it_heads(data: bytes) -> None:
    """In an array of two."""
    assert refused(data) == "sealed.body"


@pytest.mark.parametrize("suite", [0, 2, -1, True, "1", None])
def test_the_suite_is_looked_at_first(suite: Any) -> None:
    """Whatever follows."""
    assert refused(message(suite=suite)) == "sealed.suite"
    assert refused(start(suite=suite, sid=b"")) == "sealed.suite"


@pytest.mark.parametrize("form", [0, 3, True, None, b"1"])
def test_there_are_two_forms(form: Any) -> None:
    """Each with its own payload."""
    assert refused(message(form=form)) == "sealed.form"
    assert refused(start(form=form)) == "sealed.form"


def test_each_form_has_its_own_payload() -> None:
    """Slices under a message's header, and the reverse, are neither."""
    assert refused(message(sealed=(SLICE,))) == "sealed.form"
    assert refused(start(slices=b"x" * 80)) == "sealed.form"
    assert refused(start(slices=None)) == "sealed.form"


@pytest.mark.parametrize(
    "changed",
    [
        {"later": 1},
        {"sid": b"s" * 15},
        {"sid": "s" * 16},
        {"roster": b"r" * 33},
        {"group_links": -1},
        {"group_links": 1_025},
        {"group_links": True},
        {"group_head": b"g" * 32},
        {"group_head": b""},
        {"heads": ()},
        {"heads": None},
        {"heads": tuple((bytes((n,)) * 20, 1, b"x" * 32) for n in range(33))},
        {"heads": ((BOB, 1, b"x" * 32), (ADA, 1, b"x" * 32))},
        {"heads": ((ADA, 1, b"x" * 32), (ADA, 2, b"x" * 32))},
        {"heads": ((ADA, 1),)},
        {"heads": (ADA,)},
        {"heads": ((ADA[:19], 1, b"x" * 32),)},
        {"heads": ((ADA, 0, b"x" * 32),)},
        {"heads": ((ADA, 257, b"x" * 32),)},
        {"heads": ((ADA, 1, b"x" * 8),)},
        {"parts": 0},
        {"parts": 23},
        {"part": 1},
        {"part": -1},
    ],
)
def test_a_starts_header_is_exact(changed: dict[str, Any]) -> None:
    """Nine fields, each in its range."""
    assert refused(start(**changed)) == "sealed.start"


@pytest.mark.parametrize(
    "slices",
    [
        (),
        (None,),
        ((SLICE.device, SLICE.kid),),
        ((SLICE.device, SLICE.kid, SLICE.wrapped, 1),),
        ((b"device", SLICE.kid, SLICE.wrapped),),
        ((SLICE.device, b"kid", SLICE.wrapped),),
        ((SLICE.device, SLICE.kid, SLICE.wrapped[1:]),),
        (SLICE, SLICE),
        (SLICE, SLICE._replace(device=DeviceId(b"device-0"))),
    ],
)
def test_slices_are_exact(slices: Any) -> None:
    """One a device, ascending."""
    assert refused(start(slices=slices)) == "sealed.slices"


def test_a_start_has_twelve_slices_at_most() -> None:
    """Small ones would fit, and are none."""
    many = tuple(SLICE._replace(device=DeviceId(bytes((n,)) * 8)) for n in range(13))
    assert refused(start(slices=many)) == "sealed.slices"


@pytest.mark.parametrize(
    "changed",
    [
        {"later": 1},
        {"sid": b"s" * 17},
        {"roster": b"r" * 31},
        {"index": -1},
        {"index": 2**53},
        {"index": False},
        {"salt": b"t" * 15},
        {"commitment": None},
    ],
)
def test_a_messages_header_is_exact(changed: dict[str, Any]) -> None:
    """Seven fields, each in its range."""
    assert refused(message(**changed)) == "sealed.message"


@pytest.mark.parametrize("length", [0, 16, 79, SEALED_BYTES_MAX + 17])
def test_what_is_encrypted_has_a_length(length: int) -> None:
    """At least that of the shortest padding."""
    assert refused(message(sealed=b"x" * length)) == "sealed.length"


def test_broken_bytes_are_the_codecs() -> None:
    """Of the body or of its header."""
    assert refused(b"\xc1") == "reserved"
    assert refused(encode((b"\xc1", b"x" * 80))) == "reserved"
