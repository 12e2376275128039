"""Frames travel as arrays laid out by their types, within their bounds."""

from dataclasses import fields, replace

import pytest

from hobnob_protocol import frames, limits
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import Author, compose
from hobnob_protocol.flow import page_cost_bytes
from hobnob_protocol.frames import Frame, Stamped
from hobnob_protocol.ids import (
    DIRECTORY,
    AccountId,
    ChannelId,
    DeviceId,
    DeviceKey,
    Epoch,
    GrantId,
    Head,
    Head8,
    HubId,
    ReplicaId,
    TargetId,
    channel_stream,
    device_id,
)
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_protocol.wire import FRAMES, SENDERS, decode_frame, encode_frame, encode_unsigned

GARDEN = channel_stream(ChannelId(b"g" * 16))
SIGNATURE = bytes(range(64))
HEAD8 = Head8(b"12345678")
STAMPED = (Stamped(1_700_000_000_000, b"one"), Stamped(1_700_000_000_001, b"two"))
PLACED = (frames.Placed(3, 1_700_000_000_000, b"root"),)
GRANT = frames.Grant(GARDEN, 3, GrantId(b"grant--1"), 2, 9, HEAD8, 4, 1, (5, 6))

SAMPLES: tuple[Frame, ...] = (
    frames.Hello((1,), bytes(32), None, "test"),
    frames.Hello((1, 2), bytes(32), HubId(b"h" * 32), ""),
    frames.Challenge(
        1, HubId(b"h" * 32), DeviceKey(b"k" * 32), bytes(32), 7, (bytes(32),), SIGNATURE
    ),
    frames.Auth(
        AccountId(b"a" * 20), DeviceId(b"device!!"), None, ReplicaId(b"replica!"), None, None,
        SIGNATURE,
    ),
    frames.Auth(
        AccountId(b"a" * 20), DeviceId(b"device!!"), bytes(32), ReplicaId(b"replica!"),
        Epoch(b"epoch--1"), bytes(16), SIGNATURE,
    ),
    frames.Join(b"secret", b"link", SIGNATURE, "alice", None, ReplicaId(b"replica!"), SIGNATURE),
    frames.Welcome((Epoch(b"epoch--1"),), 7, 3, True, 0),
    frames.Grants((GRANT, replace(GRANT, stream=DIRECTORY, forks=())), True),
    frames.Open((frames.OpenStream(GARDEN, GrantId(b"grant--1"), 4, HEAD8, 50),)),
    frames.Opened(GARDEN, GrantId(b"grant--1"), 3, 0, 4, Head(b"h" * 32), 9),
    frames.CloseStream(GARDEN),
    frames.Page(3, 5, STAMPED),
    frames.Page(3, 5, STAMPED, PLACED),
    frames.Page(3, 5, ()),
    frames.Back(GARDEN, GrantId(b"grant--1"), 9, 50),
    frames.BackPage(3, 5, Head(b"h" * 32), STAMPED, PLACED),
    frames.Credit(1_000),
    frames.Push((frames.Pushed(1, GARDEN, b"event"),)),
    frames.Ack(
        (
            frames.Acked(1, 0, HEAD8, 5, HEAD8),
            frames.Acked(2, 1, HEAD8, code="gone"),
            frames.Acked(3, 2, HEAD8),
        ),
        40,
    ),
    frames.Offer((frames.Offered(GARDEN, 5, 7, b"event"),), True),
    frames.OfferAck((frames.OfferAnswer(TargetId(b"t" * 16), 2, "gone"),)),
    frames.Checkpoint(Epoch(b"epoch--1"), GARDEN, 5, Head(b"h" * 32), 7, SIGNATURE),
    frames.Ping(1),
    frames.Pong(1),
    frames.Bye("done", 500),
)  # fmt: skip


@pytest.mark.parametrize("frame", SAMPLES, ids=lambda frame: type(frame).__name__)
def test_a_frame_comes_back_as_it_was(frame: Frame) -> None:
    """Every frame survives the wire."""
    assert decode_frame(encode_frame(frame)) == frame


def test_every_frame_has_a_sample_an_op_and_a_sender() -> None:
    """Nothing travels that is not listed."""
    assert {type(frame) for frame in SAMPLES} == set(FRAMES) == set(SENDERS)
    assert len({frame.op for frame in FRAMES}) == len(FRAMES)


@pytest.mark.parametrize("frame", SAMPLES, ids=lambda frame: type(frame).__name__)
def test_what_a_later_version_adds_is_ignored(frame: Frame) -> None:
    """Elements beyond the known ones do not disturb, where all known ones are there."""
    known = encode((frame.op, *decode(encode_frame(frame))[1:]))  # type: ignore[index,misc]
    parts = decode(known)
    assert isinstance(parts, tuple)
    if len(parts) == 1 + len(fields(frame)):
        assert decode_frame(encode((*parts, "later"))) == frame


@pytest.mark.parametrize("frame", SAMPLES, ids=lambda frame: type(frame).__name__)
def test_every_element_is_checked(frame: Frame) -> None:
    """No element may be of another sort: each is replaced by something it cannot be."""
    parts = decode(encode_frame(frame))
    assert isinstance(parts, tuple)
    for place in range(1, len(parts)):
        for wrong in ({"a": 1}, -1):
            with pytest.raises(ProtocolError, match="frame"):
                decode_frame(encode((*parts[:place], wrong, *parts[place + 1 :])))


@pytest.mark.parametrize("frame", SAMPLES, ids=lambda frame: type(frame).__name__)
def test_a_frame_is_whole(frame: Frame) -> None:
    """Without its first element, or without all, a frame is refused."""
    with pytest.raises(ProtocolError, match="too few"):
        decode_frame(encode((frame.op,)))


@pytest.mark.parametrize(
    "data", [encode(None), encode(()), encode(("1",)), encode((True,)), encode((99, 1)), encode(1)]
)
def test_what_is_no_frame_is_refused(data: bytes) -> None:
    """A frame is an array that begins with a known op."""
    with pytest.raises(ProtocolError, match=r"frame\.op"):
        decode_frame(data)


@pytest.mark.parametrize(
    "frame",
    [
        frames.Hello((1,) * (limits.VERSIONS_MAX + 1), bytes(32), None, ""),
        frames.Hello((1,), bytes(31), None, ""),
        frames.Hello((1,), bytes(32), None, "x" * (limits.CLIENT_TEXT_MAX + 1)),
        frames.Credit(limits.SEQ_MAX + 1),
        frames.CloseStream(channel_stream(ChannelId(b"g" * 15))),
        frames.Page(1, 1, (Stamped(limits.TIME_MS_MAX + 1, b"x"),)),
        frames.Page(1, 1, (Stamped(1, b""),)),
        frames.Page(1, 1, (Stamped(1, bytes(limits.EVENT_BYTES_MAX + 1)),)),
        frames.Page(1, 1, (Stamped(1, b"x"),) * (limits.PAGE_EVENTS_MAX + 1)),
        frames.Page(1, 1, (Stamped(1, bytes(16_000)),) * 4),
        frames.Push((frames.Pushed(1, GARDEN, b"x"),) * (limits.PUSH_EVENTS_MAX + 1)),
        frames.Grants((GRANT,) * (limits.GRANTS_MAX + 1), False),
        frames.Bye("x" * (limits.CODE_TEXT_MAX + 1), 0),
    ],
)
def test_bounds_are_kept(frame: Frame) -> None:
    """One more than allowed is refused."""
    with pytest.raises(ProtocolError):
        decode_frame(encode_frame(frame))


def test_an_odd_page_is_refused() -> None:
    """A page's events come in pairs of time and bytes."""
    with pytest.raises(ProtocolError, match="wrong list"):
        decode_frame(encode((16, 1, 1, (5, b"x", 6))))


def test_a_frame_is_signed_without_its_signature() -> None:
    """What is signed is the frame without its last field."""
    challenge = SAMPLES[2]
    assert decode(encode_unsigned(challenge)) == decode(encode_frame(challenge))[:-1]  # type: ignore[index]


def test_a_page_costs_its_events() -> None:
    """Bytes and a little for each event; both sides count alike."""
    assert page_cost_bytes([]) == 0
    assert page_cost_bytes([b"abc", b""]) == 3 + 2 * limits.EVENT_COST_BYTES


def test_a_live_event_is_small() -> None:
    """A post of 53 bytes outside threads travels live in at most 235 bytes."""
    signer = KeyedSigner(b"seed")
    key = signer.public_key
    author = Author(AccountId(b"a" * 20), device_id(key), key)
    number, body = STANDARD.encode(Post("x" * 53))
    data, _ = compose(
        HubId(b"h" * 32), GARDEN, author, signer, number, body, 65_535, 65_535, HEAD8,
        1_800_000_000, bytes(16),
    )  # fmt: skip
    page = frames.Page(65_535, 65_535, (Stamped(1_800_000_000_000, data),))
    assert len(encode_frame(page)) <= 235


def test_resuming_with_nothing_new_is_small() -> None:
    """Beyond the login, a resume costs a WELCOME: far below 300 bytes both ways."""
    welcome = frames.Welcome((Epoch(b"epoch--1"),) * 3, 1_800_000_000_000, 100_000, True, 0)
    both_ways = [welcome, frames.Ping(0), frames.Pong(0)]
    assert sum(len(encode_frame(frame)) for frame in both_ways) <= 100
