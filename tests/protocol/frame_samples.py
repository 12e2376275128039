"""Frames to try things on: several of each type, one with every field given, and a way to change
one field of it on the wire."""

from dataclasses import fields, replace
from typing import Final

from hobnob_protocol import (
    frames,
    meeting_frames,
    presence_frames,
    question_frames,
    recovery_frames,
    seal_record_frames,
)
from hobnob_protocol.codec import decode, encode
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
)
from hobnob_protocol.layout import layout_of
from hobnob_protocol.wire import encode_frame

GARDEN: Final = channel_stream(ChannelId(b"g" * 16))
EPOCH: Final = Epoch(b"epoch--1")
GRANT_ID: Final = GrantId(b"grant--1")
HEAD: Final = Head(b"h" * 32)
HEAD8: Final = Head8(b"12345678")
HUB: Final = HubId(b"h" * 32)
REPLICA: Final = ReplicaId(b"replica!")
SIGNATURE: Final = bytes(range(64))
TARGET: Final = TargetId(b"t" * 16)
STAMPED: Final = (Stamped(1_700_000_000_000, b"one"), Stamped(1_700_000_000_001, b"two"))

GRANT: Final = frames.Grant(GARDEN, 3, GRANT_ID, 2, 9, HEAD8, 4, 1, (5, 6))
OPEN_STREAM: Final = frames.OpenStream(GARDEN, GRANT_ID, 4, HEAD8, 50)
PLACED: Final = frames.Placed(3, 1_700_000_000_000, b"root")
PUSHED: Final = frames.Pushed(1, GARDEN, b"event")
ACKED: Final = frames.Acked(1, 0, HEAD8, 5, HEAD8, "code")
OFFERED: Final = frames.Offered(GARDEN, 5, 7, b"event")
RECORDED: Final = seal_record_frames.Recorded(b"record", SIGNATURE)
OFFER_ANSWER: Final = frames.OfferAnswer(TARGET, 2, "gone")

WHOLE: Final[tuple[Frame, ...]] = (
    frames.Hello((1,), b"n" * 32, HUB, "test"),
    frames.Challenge(1, HUB, DeviceKey(b"k" * 32), b"n" * 32, 7, (b"c" * 32,), SIGNATURE),
    frames.Auth(
        AccountId(b"a" * 20), DeviceId(b"device!!"), b"c" * 32, REPLICA, EPOCH, b"d" * 16, SIGNATURE
    ),
    frames.Join(b"secret", b"link", SIGNATURE, "ada", b"c" * 32, REPLICA, SIGNATURE),
    frames.Welcome((EPOCH,), 7, 3, True, 0, 2, True),
    frames.Grants((GRANT,), True),
    frames.Open((OPEN_STREAM,)),
    frames.Opened(GARDEN, GRANT_ID, 3, 0, 4, HEAD, 9, (2, 0)),
    frames.CloseStream(GARDEN),
    recovery_frames.Recover("ada", DeviceId(b"recovery"), b"c" * 32, SIGNATURE),
    recovery_frames.ChainHead(AccountId(b"a" * 20), 3, HEAD),
    meeting_frames.Await(
        b"s" * 32, AccountId(b"a" * 20), DeviceId(b"device!!"), b"c" * 32, SIGNATURE
    ),
    meeting_frames.Meet(b"s" * 32, b"c" * 32),
    meeting_frames.Carry(b"sealed"),
    frames.Page(3, 5, STAMPED, (PLACED,)),
    frames.Back(GARDEN, GRANT_ID, 9, 50),
    frames.BackPage(3, 5, HEAD, STAMPED, (PLACED,)),
    frames.Credit(1_000),
    recovery_frames.SshRecover("ada", DeviceId(b"recovery"), b"c" * 32, b"proof"),
    frames.Push((PUSHED,)),
    frames.Ack((ACKED,), 40),
    frames.Offer((OFFERED,), True),
    frames.OfferAck((OFFER_ANSWER,)),
    frames.Checkpoint(EPOCH, GARDEN, 5, HEAD, 7, SIGNATURE),
    seal_record_frames.Record(b"record", SIGNATURE),
    seal_record_frames.Want((AccountId(b"a" * 20), AccountId(b"b" * 20))),
    seal_record_frames.Records((AccountId(b"a" * 20), AccountId(b"b" * 20)), (RECORDED,)),
    question_frames.Ask(1, b"question"),
    question_frames.Told(1, 2, b"answer"),
    frames.Ping(1),
    frames.Pong(1),
    frames.Bye("done", 500),
    presence_frames.Here(True, True),
    presence_frames.Typing(GARDEN, AccountId(b"a" * 20)),
    presence_frames.Who(GARDEN),
    presence_frames.WhoIs(GARDEN, (AccountId(b"a" * 20), AccountId(b"b" * 20)), True),
)
"""One of each frame, every field given, in the order of ops."""

SAMPLES: Final[tuple[Frame, ...]] = (
    frames.Hello((1,), bytes(32), None, "test"),
    frames.Hello((1, 2), bytes(32), HUB, ""),
    frames.Challenge(
        1, HUB, DeviceKey(b"k" * 32), bytes(32), 7, (bytes(32),), SIGNATURE
    ),
    frames.Auth(
        AccountId(b"a" * 20), DeviceId(b"device!!"), None, REPLICA, None, None,
        SIGNATURE,
    ),
    frames.Auth(
        AccountId(b"a" * 20), DeviceId(b"device!!"), bytes(32), REPLICA,
        EPOCH, bytes(16), SIGNATURE,
    ),
    frames.Join(b"secret", b"link", SIGNATURE, "alice", None, REPLICA, SIGNATURE),
    frames.Welcome((EPOCH,), 7, 3, True, 0),
    frames.Welcome((EPOCH,), 7, 3, True, 0, presence=True),
    frames.Grants((GRANT, replace(GRANT, stream=DIRECTORY, forks=())), True),
    frames.Open((frames.OpenStream(GARDEN, GRANT_ID, 4, HEAD8, 50),)),
    frames.Opened(GARDEN, GRANT_ID, 3, 0, 4, HEAD, 9, (2, 0)),
    frames.CloseStream(GARDEN),
    frames.Page(3, 5, STAMPED),
    frames.Page(3, 5, STAMPED, (PLACED,)),
    frames.Page(3, 5, ()),
    frames.Back(GARDEN, GRANT_ID, 9, 50),
    frames.BackPage(3, 5, HEAD, STAMPED, (PLACED,)),
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
    frames.Checkpoint(EPOCH, GARDEN, 5, HEAD, 7, SIGNATURE),
    seal_record_frames.Record(b"record", SIGNATURE),
    seal_record_frames.Want((AccountId(b"a" * 20),)),
    seal_record_frames.Records((AccountId(b"a" * 20), AccountId(b"b" * 20)), (RECORDED, RECORDED)),
    seal_record_frames.Records((), ()),
    question_frames.Ask(1, b"question"),
    question_frames.Told(1, 0, b"answer"),
    question_frames.Told(2, 1, b""),
    frames.Ping(1),
    frames.Pong(1),
    frames.Bye("done", 500),
    presence_frames.Here(True, False),
    presence_frames.Typing(GARDEN),
    presence_frames.Typing(GARDEN, AccountId(b"a" * 20)),
    presence_frames.Who(GARDEN),
    presence_frames.WhoIs(GARDEN, (), False),
    presence_frames.WhoIs(GARDEN, (AccountId(b"a" * 20), AccountId(b"b" * 20)), True),
)  # fmt: skip
"""Several of each frame, with and without what may be absent; `protocol/vectors/` holds them."""

BY_NAME: Final = {type(frame).__name__: frame for frame in WHOLE}

CARRIERS: Final[dict[str, tuple[object, str]]] = {
    "Grant": (GRANT, "Grants.entries"),
    "OpenStream": (OPEN_STREAM, "Open.streams"),
    "Placed": (PLACED, "Page.context"),
    "Pushed": (PUSHED, "Push.events"),
    "Acked": (ACKED, "Ack.answers"),
    "Offered": (OFFERED, "Offer.events"),
    "Recorded": (RECORDED, "Records.records"),
    "OfferAnswer": (OFFER_ANSWER, "OfferAck.answers"),
}
"""One of each value inside frames, and a field that carries it."""


def name_of(frame: Frame) -> str:
    """A frame as test ids show it."""
    return type(frame).__name__


def parts_of(frame: Frame) -> tuple[object, ...]:
    """A frame's array: its op and its fields."""
    parts = decode(encode_frame(frame))
    assert isinstance(parts, tuple)
    return parts


def with_field(place: str, value: object) -> bytes:
    """The bytes of a sample whose field at `place`, ``Class.field``, holds `value` instead."""
    owner, name = place.split(".")
    if owner in BY_NAME:
        frame = BY_NAME[owner]
        parts = list(parts_of(frame))
        parts[1 + _at(frame, name)] = value
        return encode(parts)
    carried, carrier = CARRIERS[owner]
    inner = list(layout_of(type(carried)).write(carried))
    inner[_at(carried, name)] = value
    return with_field(carrier, [inner])


def _at(owner: object, name: str) -> int:
    declared = fields(owner)  # type: ignore[arg-type]  # samples are dataclasses
    return [field.name for field in declared].index(name)
