"""What one's own devices keep from everybody else, as the hub sees it."""

from hobnob_protocol.ids import user_stream
from hobnob_protocol.kind import Rule, Write
from hobnob_protocol.kinds.private import BlindName as Name
from hobnob_protocol.kinds.private import OwnKey, OwnKeyId, OwnKeyValue, Private, PrivateValue
from hobnob_protocol.limits import PRIVATE_AHEAD_MS
from tests.protocol.kinds.scene import ALICE, LAPTOP, refused, stub_writes, travels_as, writes

MINE = user_stream(ALICE)
KEY, NAME = OwnKeyId(b"k" * 16), Name(b"n" * 16)
AT_MS = 1_700_000_000_123
"""Where the events of the scene stand."""
SEALED = b"s" * 96


def test_of_what_a_device_sealed_the_greatest_number_holds() -> None:
    """Whatever the hub shows again later; each device has a cell of its own."""
    travels_as(Private(KEY, NAME, 5, SEALED), KEY, NAME, 5, SEALED)
    refused(Private, "blob", "key", b"k", NAME, 5, SEALED)
    refused(Private, "blob", "name", KEY, b"", 5, SEALED)
    refused(Private, "integer", "number", KEY, NAME, 0, SEALED)
    refused(Private, "blob", "sealed", KEY, NAME, 5, b"s" * 95)
    (write,) = writes(Private(KEY, NAME, 5, SEALED), MINE)
    assert write == Write("private", KEY + NAME + LAPTOP, (5, SEALED), Rule.MAX)
    assert isinstance(write.value, tuple)
    assert PrivateValue(*write.value).sealed == SEALED  # type: ignore[arg-type]  # As read.
    assert stub_writes("private") == ()


def test_a_number_of_next_year_is_none() -> None:
    """Nobody could write after it."""
    most = AT_MS + PRIVATE_AHEAD_MS
    assert writes(Private(KEY, NAME, most, SEALED), MINE) != ()
    assert writes(Private(KEY, NAME, most + 1, SEALED), MINE) == ()


def test_an_own_key_is_what_the_device_says_that_shares_it_first() -> None:
    """Nobody takes its name."""
    slices = ((LAPTOP, b"k" * 8, bytes(1_168)),)
    travels_as(OwnKey(KEY, 2, b"h" * 32, slices), KEY, 2, b"h" * 32, slices)
    refused(OwnKey, "integer", "links", KEY, 0, b"h" * 32, slices)
    refused(OwnKey, "many.count", "slices", KEY, 2, b"h" * 32, ())
    (write,) = writes(OwnKey(KEY, 2, b"h" * 32, slices), MINE)
    value = (2, b"h" * 32, slices)
    assert write == Write("own_key", KEY + LAPTOP, value, Rule.FIRST)
    assert OwnKeyValue(*value).slices == slices
    assert stub_writes("own_key") == ()
