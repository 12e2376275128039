"""Thanks for what somebody said."""

from hobnob_protocol.kind import Write
from hobnob_protocol.kinds.thanks import Thanks
from tests.protocol.kinds.scene import ALICE, ROOT, refused, stub_writes, travels_as, writes


def test_thanks_keep_their_bounds() -> None:
    """A reason may be left out; it is one line of at most 200 characters."""
    travels_as(Thanks(ROOT), ROOT)
    travels_as(Thanks(ROOT, "x" * 200), ROOT, "x" * 200)
    travels_as(Thanks(ROOT, on=False), ROOT, "", False)
    refused(Thanks, "blob", "target", b"")
    refused(Thanks, "text.length", "reason", ROOT, "x" * 201)
    refused(Thanks, "text.control", "reason", ROOT, "two\nlines")
    refused(Thanks, "boolean", "on", ROOT, "", 1)


def test_thanks_stand_once_for_a_message_and_member() -> None:
    """Whoever thanks again gives another reason; who takes it back leaves nobody else's alone."""
    key = ROOT + ALICE
    assert writes(Thanks(ROOT, "so much")) == (Write("thanks", key, "so much"),)
    assert writes(Thanks(ROOT)) == (Write("thanks", key, ""),)
    assert writes(Thanks(ROOT, on=False)) == (Write("thanks", key, None),)
    assert stub_writes("thanks") == ()
