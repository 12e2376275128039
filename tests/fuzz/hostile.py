"""Bytes that want to do harm: valid frames bent a little, and things made to be refused."""

from collections.abc import Callable
from random import Random
from typing import Final

from hobnob_protocol import (
    frames,
    meeting_frames,
    presence_frames,
    question_frames,
    recovery_frames,
    seal_record_frames,
)
from hobnob_protocol.codec import encode
from hobnob_protocol.frames import Frame
from hobnob_protocol.ids import (
    DIRECTORY,
    NO_GRANT,
    AccountId,
    DeviceId,
    DeviceKey,
    Epoch,
    GrantId,
    Head,
    Head8,
    HubId,
    ReplicaId,
    StreamId,
    TargetId,
)
from hobnob_protocol.limits import FRAME_BYTES_MAX
from hobnob_protocol.wire import encode_frame

MARKS: Final = bytes([*range(0xC0, 0xE0), 0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xFF])
"""Bytes that open something."""
LENGTHS: Final = (0, 1, 15, 16, 31, 32, 64, 65, 255, 256, 1_024, 1_025, 65_535, 65_536, 2**32 - 1)
"""Lengths at which forms and bounds end."""
LONG_FORMS: Final = (
    *((0xC4, 1), (0xC5, 2), (0xC6, 4)),  # bins
    *((0xD9, 1), (0xDA, 2), (0xDB, 4)),  # strings
    *((0xDC, 2), (0xDD, 4), (0xDE, 2), (0xDF, 4)),  # arrays, maps
    *((0xC7, 1), (0xC8, 2), (0xC9, 4)),  # extensions
)
"""What opens a thing with a length, and the width of the length in bytes."""
TINY: Final = (b"\x00", b"\x90", b"\x80", b"\xc0", b"\xa0")
"""The smallest things there are."""
KEYS: Final = (
    *(b"\xa1a", b"\xa1b", b"\xa0", b"\xa2\xc3\xa4", b"\xa3\xef\xbf\xbf", b"\xa4\xf0\x90\x80\x80"),
    *(b"\xc4\x01a", b"\x01", b"\xc0", b"\x90", b"\xd9\x01a", b"\xa1\xff", b"\xa3\xed\xa0\x80"),
)
"""Keys in some order, and what is no key."""
STRANGE: Final = (
    b"\xca\x7f\xc0\x00\x00",  # not a number
    b"\xcb\x7f\xf8" + bytes(6),
    b"\xcb\x3f\xf0" + bytes(6),  # 1.0
    b"\xcb" + bytes(8),
    b"\xd6\xff" + bytes(4),  # a time
    b"\xd4\x05\x00",
    b"\xc7\x00\x05",  # an extension without a byte in it
    b"\xc7\x00\xff",
)
"""Floats and extensions."""
ALPHABET: Final = "ab\x00\x7f\u00e4\u07ff\u0800\ud7ff\uffff\U00010000\U0010ffff"

_STREAM: Final = StreamId(b"c:" + b"s" * 16)
_GRANT: Final = GrantId(b"g" * 8)
_EVENT: Final = encode((b"h" * 85, b"body" * 14, b"s" * 16, b"x" * 64))

FRAMES: Final[tuple[Frame, ...]] = (
    frames.Hello((1, 2), b"n" * 32, HubId(b"h" * 32), "fuzz"),
    frames.Hello((1,), b"n" * 32, None, ""),
    frames.Challenge(
        1, HubId(b"h" * 32), DeviceKey(b"k" * 32), b"n" * 32, 2**40, (b"c" * 32,) * 2, b"s" * 64
    ),
    frames.Auth(
        AccountId(b"a" * 20),
        DeviceId(b"d" * 8),
        b"c" * 32,
        ReplicaId(b"r" * 8),
        Epoch(b"e" * 8),
        b"d" * 16,
        b"s" * 64,
    ),
    frames.Join(b"invite", b"link", b"s" * 64, "ada", None, ReplicaId(b"r" * 8), b"s" * 64),
    frames.Welcome((Epoch(b"e" * 8),) * 2, 2**40, 7, False, 3),
    frames.Grants(
        (frames.Grant(_STREAM, 3, _GRANT, 0, 70_000, Head8(b"8" * 8), 5, 1, (9,)),) * 3, True
    ),
    frames.Open((frames.OpenStream(DIRECTORY, NO_GRANT, 1, Head8(b"8" * 8), 50),) * 2),
    frames.Opened(_STREAM, _GRANT, 3, 0, 9, Head(b"H" * 32), 300, (7,)),
    frames.CloseStream(_STREAM),
    recovery_frames.Recover("ada", DeviceId(b"r" * 8), b"c" * 32, b"s" * 64),
    recovery_frames.ChainHead(AccountId(b"a" * 20), 3, Head(b"H" * 32)),
    meeting_frames.Await(b"s" * 32, AccountId(b"a" * 20), DeviceId(b"d" * 8), b"c" * 32, b"s" * 64),
    meeting_frames.Meet(b"s" * 32, None),
    meeting_frames.Carry(b"x" * 300),
    frames.Page(3, 10, (frames.Stamped(2**40, _EVENT),)),
    frames.Page(
        3, 10, (frames.Stamped(2**40, _EVENT),) * 5, (frames.Placed(1, 2**40, _EVENT),) * 2
    ),
    frames.Back(_STREAM, _GRANT, 500, 100),
    frames.BackPage(3, 10, Head(b"H" * 32), (frames.Stamped(2**40, _EVENT),) * 3),
    frames.Credit(131_072),
    recovery_frames.SshRecover("ada", DeviceId(b"r" * 8), b"c" * 32, b"s" * 83),
    frames.Push((frames.Pushed(1, _STREAM, _EVENT), frames.Pushed(2, DIRECTORY, _EVENT))),
    frames.Ack((frames.Acked(1, 0, Head8(b"e" * 8), 9, Head8(b"8" * 8)),) * 2, 38),
    frames.Ack((frames.Acked(1, 1, Head8(b"e" * 8), code="not_member"),), 0),
    frames.Checkpoint(Epoch(b"e" * 8), _STREAM, 256, Head(b"H" * 32), 2**40, b"s" * 64),
    frames.Offer((frames.Offered(_STREAM, 4, 2**40, _EVENT),), True),
    frames.OfferAck((frames.OfferAnswer(TargetId(b"t" * 16), 2, "gone"),)),
    seal_record_frames.Record(b"r" * 1_300, b"s" * 64),
    seal_record_frames.Want((AccountId(b"a" * 20), AccountId(b"b" * 20))),
    seal_record_frames.Records(
        (AccountId(b"a" * 20),), (seal_record_frames.Recorded(b"r" * 1_300, b"s" * 64),) * 2
    ),
    question_frames.Ask(1, b"\x92\x01\xa4week"),
    question_frames.Told(1, 0, b"a" * 300),
    frames.Ping(1),
    frames.Pong(2**53 - 1),
    frames.Bye("auth", 0),
    presence_frames.Here(True, False),
    presence_frames.Typing(_STREAM),
    presence_frames.Typing(_STREAM, AccountId(b"a" * 20)),
    presence_frames.Who(_STREAM),
    presence_frames.WhoIs(_STREAM, (AccountId(b"a" * 20), AccountId(b"b" * 20)), True),
)
"""One or two of each frame."""


def value(rng: Random, depth: int = 0) -> object:
    """Any value that travels."""
    sort = rng.randrange(7 if depth < 5 else 5)
    if sort == 0:
        return rng.choice((None, True, False))
    if sort == 1:
        return rng.choice((1, -1)) * (rng.getrandbits(rng.randrange(1, 64)) >> 1)
    if sort == 2:
        return rng.getrandbits(64)
    if sort == 3:
        return rng.randbytes(rng.choice((0, 1, 8, 32, 255, 256)))
    if sort == 4:
        return "".join(rng.choices(ALPHABET, k=rng.choice((0, 1, 5, 31, 32))))
    count = rng.choice((0, 1, 2, 3, 15, 16)) if depth < 2 else rng.randrange(4)
    if sort == 5:
        return tuple(value(rng, depth + 1) for _ in range(count))
    keys = sorted({"".join(rng.choices(ALPHABET, k=3)) for _ in range(count)})
    return {key: value(rng, depth + 1) for key in keys}


def corpus(rng: Random) -> list[bytes]:
    """Valid bytes to begin with."""
    # Half of all attacks begin with a frame.
    encoded = [encode_frame(frame) for frame in FRAMES]
    return encoded * 8 + [encode(value(rng)) for _ in range(8 * len(encoded))]


# Bending: each takes valid bytes and any other valid bytes.


def flip_bits(rng: Random, data: bytearray, other: bytes) -> None:
    """One to three bits."""
    for _ in range(rng.randrange(1, 4)):
        if data:
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def set_byte(rng: Random, data: bytearray, other: bytes) -> None:
    """One byte that opens something else."""
    if data:
        data[rng.randrange(len(data))] = rng.choice(MARKS)


def cut(rng: Random, data: bytearray, other: bytes) -> None:
    """The end is lost."""
    del data[rng.randrange(len(data) + 1) :]


def drop(rng: Random, data: bytearray, other: bytes) -> None:
    """A slice is lost."""
    start = rng.randrange(len(data) + 1)
    del data[start : start + rng.randrange(1, 9)]


def double(rng: Random, data: bytearray, other: bytes) -> None:
    """A slice comes again."""
    start = rng.randrange(len(data) + 1)
    data[start:start] = data[start : start + rng.randrange(1, 33)]


def splice(rng: Random, data: bytearray, other: bytes) -> None:
    """The end of another."""
    data[rng.randrange(len(data) + 1) :] = other[rng.randrange(len(other) + 1) :]


def lie(rng: Random, data: bytearray, other: bytes) -> None:
    """A length that is not so."""
    mark, width = rng.choice(LONG_FORMS)
    start = rng.randrange(len(data) + 1)
    claimed = (rng.choice(LENGTHS) & ((1 << (8 * width)) - 1)).to_bytes(width, "big")
    data[start : start + 1 + width * rng.randrange(2)] = bytes((mark,)) + claimed


def insert(rng: Random, data: bytearray, other: bytes) -> None:
    """A whole value where none belongs."""
    start = rng.randrange(len(data) + 1)
    data[start:start] = other


BENDS: Final[tuple[Callable[[Random, bytearray, bytes], None], ...]] = (
    flip_bits,
    set_byte,
    cut,
    drop,
    double,
    splice,
    lie,
    insert,
)


# Making: things nobody sends by mistake.


def nested(rng: Random) -> bytes:
    """Deeper than any stack."""
    shell = rng.choice((b"\x91", b"\x81\xa1a", b"\xdc\x00\x01", b"\xdc\x04\x00", b"\x92\xc0"))
    return shell * rng.choice((1, 15, 16, 17, 100, 1_023, 1_024, 5_000)) + b"\xc0"


def crowd(rng: Random) -> bytes:
    """Very many very small things."""
    count = rng.choice((100, 1_022, 1_023, 1_024, 1_025, 4_095, 4_096))
    row = b"\xdc" + count.to_bytes(2, "big") + rng.choice(TINY) * count
    rows = rng.choice((1, 3, 4, 5))
    return bytes((0x90 | rows,)) + row * rows


def keys(rng: Random) -> bytes:
    """Maps whose keys repeat, stray or are none."""
    count = rng.randrange(1, 5)
    pairs = (rng.choice(KEYS) + rng.choice(TINY) for _ in range(count))
    return bytes((0x80 | count,)) + b"".join(pairs)


def fraction(rng: Random) -> bytes:
    """Floats, not a number among them, and extensions, somewhere inside."""
    return rng.choice((b"", b"\x91", b"\x81\xa1a", b"\x92\xc0", b"\x91\x91\x91")) + rng.choice(
        STRANGE
    )


def noise(rng: Random) -> bytes:
    """No structure at all."""
    return rng.randbytes(rng.randrange(40))


def large(rng: Random) -> bytes:
    """At the bound of a frame, and one byte on either side."""
    size_bytes = FRAME_BYTES_MAX + rng.randrange(-1, 2)
    return b"\x92\xc5\xff\xf0" + b"x" * 0xFFF0 + b"\xab" + b"y" * (size_bytes - 5 - 0xFFF0)


MAKES: Final[tuple[Callable[[Random], bytes], ...]] = (nested, crowd, keys, fraction, noise, large)


def attack(rng: Random, valid: list[bytes]) -> bytes:
    """The next bytes to try."""
    if rng.random() < 0.03:
        return rng.choice(MAKES)(rng)
    data = bytearray(rng.choice(valid))
    for _ in range(rng.choice((0, 1, 1, 1, 2, 4))):
        rng.choice(BENDS)(rng, data, rng.choice(valid))
    return bytes(data)
