"""An event: one signed entry, valid in one place only."""

from dataclasses import replace
from hashlib import blake2b, sha256
from typing import Any

import pytest

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.event import (
    NOTHING_SEEN,
    RULES,
    Author,
    Event,
    Header,
    compose,
    decode_event,
    event_id,
    signed_bytes,
    stub,
    verify,
)
from hobnob_protocol.ids import (
    DIRECTORY,
    PEOPLE,
    AccountId,
    DeviceKey,
    EventId,
    Head8,
    HubId,
    StreamId,
    device_id,
)
from hobnob_protocol.limits import (
    BODY_BYTES_MAX,
    EVENT_BYTES_MAX,
    HEADER_BYTES_MAX,
    KIND_MAX,
    SEQ_MAX,
    TIME_SECONDS_MAX,
)


class Pen:
    """A signer whose key is its secret: enough to see what is signed."""

    def __init__(self, key: bytes) -> None:
        self.public_key = DeviceKey(key)

    def sign(self, message: bytes) -> bytes:
        """A keyed hash of an Ed25519 signature's length."""
        return blake2b(message, key=self.public_key, digest_size=64).digest()


class Reader:
    """Verifies what a `Pen` signed."""

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """Did the pen with this key sign this?"""
        return Pen(public_key).sign(message) == signature


HUB = HubId(b"h" * 32)
GARDEN = StreamId(b"c:" + b"g" * 16)
PEN = Pen(b"k" * 32)
ALICE = Author(AccountId(b"a" * 20), device_id(PEN.public_key), PEN.public_key)
HEAD = Head8(b"headhead")
SALT = bytes(range(16))
BODY = encode(("hello",))
HEADER = (1, ALICE.device, 5, 9, HEAD, 1_700_000_000, sha256(SALT + BODY).digest())


def composed(**changed: Any) -> tuple[bytes, EventId]:
    """Alice's post, with some arguments changed."""
    given: dict[str, Any] = {
        "hub": HUB,
        "stream": GARDEN,
        "author": ALICE,
        "signer": PEN,
        "kind": 1,
        "body": BODY,
        "author_seq": 5,
        "seen_seq": 9,
        "seen_head8": HEAD,
        "ts_seconds": 1_700_000_000,
        "salt16": SALT,
    }
    return compose(**{**given, **changed})


WIRE, ID = composed()
BINS: tuple[Any, ...] = (encode(HEADER), BODY, SALT, PEN.sign(b""))


def test_an_event_comes_back_as_it_was_composed() -> None:
    """Every part of it, and its id."""
    event = decode_event(WIRE)
    assert event == Event(
        Header(*HEADER),
        encode(HEADER),
        BODY,
        SALT,
        PEN.sign(signed_bytes(HUB, GARDEN, ALICE, encode(HEADER))),
    )
    assert not event.is_stub
    assert event_id(HUB, GARDEN, ALICE, event.header_bytes) == ID
    assert verify(event, HUB, GARDEN, ALICE, Reader())


def test_what_is_signed_is_exactly_this() -> None:
    """Tag, hub, stream, account, key and the header as it travels; the id is its hash."""
    signed = b"hobnob/1 event\0" + HUB + GARDEN + ALICE.account + ALICE.key + encode(HEADER)
    assert signed_bytes(HUB, GARDEN, ALICE, encode(HEADER)) == signed
    assert sha256(signed).digest() == ID


def test_an_event_is_valid_in_one_place_only() -> None:
    """Another hub, stream, account, key or device: not signed there, and another id."""
    event = decode_event(WIRE)
    other = Pen(b"o" * 32)
    for hub, stream, author in (
        (HubId(b"x" * 32), GARDEN, ALICE),
        (HUB, DIRECTORY, ALICE),
        (HUB, GARDEN, replace(ALICE, account=AccountId(b"b" * 20))),
        (HUB, GARDEN, replace(ALICE, key=other.public_key)),
    ):
        assert not verify(event, hub, stream, author, Reader())
        assert event_id(hub, stream, author, event.header_bytes) != ID
    assert not verify(
        event, HUB, GARDEN, replace(ALICE, device=device_id(other.public_key)), Reader()
    )


def test_no_two_streams_share_signed_bytes() -> None:
    """Ids of different lengths are told apart by how they begin."""
    assert signed_bytes(HUB, DIRECTORY, ALICE, b"x") != signed_bytes(HUB, PEOPLE, ALICE, b"x")


def test_a_changed_body_is_no_event() -> None:
    """The signed header holds its salted hash."""
    with pytest.raises(ProtocolError, match=r"^event\.body_hash$"):
        decode_event(WIRE.replace(b"hello", b"hallo"))
    with pytest.raises(ProtocolError, match=r"^event\.body_hash$"):
        decode_event(WIRE.replace(SALT, SALT[::-1]))


def test_a_stub_keeps_id_and_signature() -> None:
    """Erasing takes body and salt; chain and signature still hold. A stub's stub is itself."""
    erased = stub(WIRE)
    event = decode_event(erased)
    assert event.is_stub
    assert (event.body, event.salt) == (b"", b"")
    assert b"hello" not in erased
    assert SALT not in erased
    assert event.header_bytes == decode_event(WIRE).header_bytes
    assert event_id(HUB, GARDEN, ALICE, event.header_bytes) == ID
    assert verify(event, HUB, GARDEN, ALICE, Reader())
    assert stub(erased) == erased


def test_only_an_event_can_be_stubbed() -> None:
    """Erasing is no way to bring in what is no event."""
    with pytest.raises(ProtocolError):
        stub(encode(("not", "an", "event")))


@pytest.mark.parametrize(
    ("bins", "rule"),
    [
        (b"text", "event.four_bins"),
        (BINS[:3], "event.four_bins"),
        ((*BINS, b""), "event.four_bins"),
        (("header", *BINS[1:]), "event.four_bins"),
        ((BINS[0], "body", *BINS[2:]), "event.four_bins"),
        ((*BINS[:2], None, BINS[3]), "event.four_bins"),
        ((*BINS[:3], 7), "event.four_bins"),
        ((*BINS[:3], b"s" * 63), "event.signature_length"),
        ((*BINS[:3], b"s" * 65), "event.signature_length"),
        ((BINS[0], BODY, b"", BINS[3]), "event.salt_length"),
        ((BINS[0], BODY, SALT[:15], BINS[3]), "event.salt_length"),
        ((BINS[0], BODY, SALT + b"!", BINS[3]), "event.salt_length"),
        ((BINS[0], b"", SALT, BINS[3]), "event.body_length"),
        ((BINS[0], b"x" * (BODY_BYTES_MAX + 1), SALT, BINS[3]), "event.body_length"),
    ],
)
def test_an_event_is_four_bins_of_their_lengths(bins: Any, rule: str) -> None:
    """Each breach has its name."""
    with pytest.raises(ProtocolError) as broken:
        decode_event(encode(bins))
    assert broken.value.rule == rule
    assert rule in RULES


def test_the_longest_body_travels() -> None:
    """One byte more does not."""
    longest = b"x" * BODY_BYTES_MAX
    wire, _ = composed(body=longest)
    assert decode_event(wire).body == longest
    assert len(wire) <= EVENT_BYTES_MAX
    with pytest.raises(UsageError, match="1 to 16384 bytes"):
        composed(body=longest + b"x")


def test_more_bytes_than_any_event_has_are_not_even_read() -> None:
    """The size is checked before the content."""
    with pytest.raises(ProtocolError):
        decode_event(bytes(EVENT_BYTES_MAX + 1))


def _with(at: int, value: object) -> tuple[object, ...]:
    return (*HEADER[:at], value, *HEADER[at + 1 :])


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        (HEADER[:6], "header.seven_fields"),
        ((*HEADER, 1), "header.seven_fields"),
        (_with(0, 0), "header.kind"),
        (_with(0, KIND_MAX + 1), "header.kind"),
        (_with(0, True), "header.kind"),
        (_with(1, b"1234567"), "header.device"),
        (_with(1, b"123456789"), "header.device"),
        (_with(1, "12345678"), "header.device"),
        (_with(2, 0), "header.author_seq"),
        (_with(2, SEQ_MAX + 1), "header.author_seq"),
        (_with(2, None), "header.author_seq"),
        (_with(3, -1), "header.seen_seq"),
        (_with(3, SEQ_MAX + 1), "header.seen_seq"),
        (_with(3, False), "header.seen_seq"),
        (_with(4, b"1234567"), "header.seen_head8"),
        (_with(4, b"123456789"), "header.seen_head8"),
        (_with(4, "12345678"), "header.seen_head8"),
        (_with(3, 0), "header.seen_head8"),
        (_with(5, -1), "header.ts_seconds"),
        (_with(5, TIME_SECONDS_MAX + 1), "header.ts_seconds"),
        (_with(5, "now"), "header.ts_seconds"),
        (_with(6, b"h" * 31), "header.body_hash"),
        (_with(6, b"h" * 33), "header.body_hash"),
        (_with(6, "h" * 32), "header.body_hash"),
    ],
)
def test_a_header_is_exact(header: tuple[Any, ...], rule: str) -> None:
    """Seven fields in their ranges, nothing after them."""
    with pytest.raises(ProtocolError) as broken:
        decode_event(encode((encode(header), *BINS[1:])))
    assert broken.value.rule == rule
    assert rule in RULES
    if len(header) == 7 and header[6] == HEADER[6]:
        with pytest.raises(UsageError, match=f"no valid header: {rule}"):
            composed(
                kind=header[0],
                author=replace(ALICE, device=header[1]),
                author_seq=header[2],
                seen_seq=header[3],
                seen_head8=header[4],
                ts_seconds=header[5],
            )


def test_a_header_reaches_its_bounds() -> None:
    """The least and the greatest travel, and the greatest fits."""
    greatest, _ = composed(
        kind=KIND_MAX, author_seq=SEQ_MAX, seen_seq=SEQ_MAX, ts_seconds=TIME_SECONDS_MAX
    )
    event = decode_event(greatest)
    assert event.header.kind == KIND_MAX
    assert len(event.header_bytes) == 85 <= HEADER_BYTES_MAX
    least, _ = composed(
        kind=1, author_seq=1, seen_seq=0, seen_head8=NOTHING_SEEN, ts_seconds=0, body=b"\x90"
    )
    assert decode_event(least).header == Header(
        1, ALICE.device, 1, 0, NOTHING_SEEN, 0, sha256(SALT + b"\x90").digest()
    )


def test_a_header_is_an_array() -> None:
    """Any other value is none."""
    with pytest.raises(ProtocolError, match=r"^header\.seven_fields$"):
        decode_event(encode((encode(7), *BINS[1:])))


def test_a_header_longer_than_any_is_not_read() -> None:
    """Its size is checked before its content."""
    with pytest.raises(ProtocolError):
        decode_event(encode((encode((*HEADER, b"x" * HEADER_BYTES_MAX)), *BINS[1:])))


@pytest.mark.parametrize("salt", [b"", b"s" * 15, b"s" * 17])
def test_composing_needs_a_whole_salt(salt: bytes) -> None:
    """Sixteen bytes of fresh entropy."""
    with pytest.raises(UsageError, match="a salt has 16 bytes"):
        composed(salt16=salt)


def test_composing_needs_a_body() -> None:
    """An empty body is a stub's."""
    with pytest.raises(UsageError, match="a body has 1 to"):
        composed(body=b"")


def test_only_the_authors_own_device_signs() -> None:
    """Another key would make an event nobody accepts."""
    with pytest.raises(UsageError, match="not the author's device"):
        composed(signer=Pen(b"o" * 32))


def test_a_small_post_costs_few_bytes() -> None:
    """53 bytes of text travel with at most 161 around them (sync.md goal 13)."""
    wire, _ = composed(body=encode(("x" * 53,)))
    assert len(wire) - 53 <= 161
    event = decode_event(wire)
    bins = (event.header_bytes, event.body, event.salt, event.signature)
    assert decode(wire, EVENT_BYTES_MAX) == bins
