"""Reactions and pins."""

from hobnob_protocol.kind import Write
from hobnob_protocol.kinds.reactions import Pin, React
from tests.protocol.kinds.scene import ALICE, ROOT, refused, stub_writes, travels_as, writes


def test_a_reaction_keeps_its_bounds() -> None:
    """Giving is the default; an emoji is one line of at most 32 characters."""
    travels_as(React(ROOT, "🌱"), ROOT, "🌱")
    travels_as(React(ROOT, "x" * 32, on=False), ROOT, "x" * 32, False)
    refused(React, "blob", "target", b"", "x")
    refused(React, "text.length", "emoji", ROOT, "x" * 33)
    refused(React, "text.empty", "emoji", ROOT, "")
    refused(React, "text.control", "emoji", ROOT, "\n")
    refused(React, "boolean", "on", ROOT, "x", 1)


def test_a_reaction_is_one_switch_per_account_and_emoji() -> None:
    """Giving twice is giving once, and taking back leaves nobody else's alone."""
    key = ROOT + ALICE + "🌱".encode()
    assert writes(React(ROOT, "🌱")) == (Write("reaction", key, True),)
    assert writes(React(ROOT, "🌱", on=False)) == (Write("reaction", key, False),)
    assert stub_writes("react") == ()


def test_a_pin_is_one_switch_per_message() -> None:
    """Whoever pins, there is one pin."""
    travels_as(Pin(ROOT), ROOT)
    travels_as(Pin(ROOT, on=False), ROOT, False)
    refused(Pin, "blob", "target", b"r" * 15)
    refused(Pin, "boolean", "on", ROOT, None)
    assert writes(Pin(ROOT)) == (Write("pin", ROOT, True),)
    assert writes(Pin(ROOT, on=False)) == (Write("pin", ROOT, False),)
    assert stub_writes("pin") == ()
