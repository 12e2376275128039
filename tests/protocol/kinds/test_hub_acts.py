"""What the hub signs."""

import pytest

from hobnob_protocol.bodies import decode_body
from hobnob_protocol.codec import encode
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import DIRECTORY, PEOPLE, account_id, user_stream
from hobnob_protocol.kind import Rule, Write
from hobnob_protocol.kinds.hub_acts import Admit, Bootstrap, Enrol, Grant, Revoke
from hobnob_protocol.limits import SEQ_MAX
from hobnob_protocol.nouns import InviterValue
from hobnob_protocol.registry import STANDARD
from tests.protocol.kinds.scene import (
    ALICE,
    BOB,
    EVENT,
    IN_GARDEN,
    ROOT,
    THIS,
    refused,
    stub_writes,
    travels_as,
    writes,
)

HERS = user_stream(ALICE)
GENESIS = b"genesis"
SIGNATURE = b"s" * 64


def test_a_grant_is_named_after_its_event() -> None:
    """A later grant of the same stream has another name, so old cursors die with the old one."""
    travels_as(Grant(IN_GARDEN, SEQ_MAX, ROOT), IN_GARDEN, SEQ_MAX, ROOT)
    refused(Grant, "stream", "stream", b"", 0, ROOT)
    refused(Grant, "integer", "floor", IN_GARDEN, -1, ROOT)
    refused(Grant, "integer", "floor", IN_GARDEN, SEQ_MAX + 1, ROOT)
    refused(Grant, "blob", "cause", IN_GARDEN, 0, b"")
    assert writes(Grant(IN_GARDEN, 12, ROOT), HERS) == (Write("grant", IN_GARDEN, (EVENT[:8], 12)),)
    assert stub_writes("grant") == ()


def test_a_revoke_takes_the_grant_away() -> None:
    """The cell stays and says: none."""
    travels_as(Revoke(IN_GARDEN, ROOT), IN_GARDEN, ROOT)
    refused(Revoke, "stream", "stream", b"", ROOT)
    refused(Revoke, "blob", "cause", IN_GARDEN, b"")
    assert writes(Revoke(IN_GARDEN, ROOT), HERS) == (Write("grant", IN_GARDEN, None),)
    assert stub_writes("revoke") == ()


@pytest.mark.parametrize("handle", ["ab", "a" * 32, "a-b_9"])
def test_enrolling_founds_an_account_and_takes_its_handle(handle: str) -> None:
    """The account is its genesis link's hash; the first to take a handle has it."""
    travels_as(Enrol(GENESIS, SIGNATURE, handle), GENESIS, SIGNATURE, handle)
    founded = account_id(GENESIS)
    assert writes(Enrol(GENESIS, SIGNATURE, handle), PEOPLE) == (
        Write("link", founded + THIS, (GENESIS, SIGNATURE), Rule.FIRST),
        Write("handle", handle.encode(), founded, Rule.FIRST),
    )
    assert stub_writes("enrol") == ()


@pytest.mark.parametrize(
    "handle", ["", "a", "a" * 33, "Ab", "9a", "_a", "-a", "a b", "ab\n", "äb", "a.b", None]
)
def test_a_handle_is_plain(handle: object) -> None:
    """No two handles look alike."""
    refused(Enrol, "handle", "handle", GENESIS, SIGNATURE, handle)


def test_an_enrolment_keeps_its_bounds() -> None:
    """A link and a signature, of their lengths."""
    travels_as(Enrol(b"l" * 2_048, SIGNATURE, "ann"), b"l" * 2_048, SIGNATURE, "ann")
    refused(Enrol, "blob", "link", b"", SIGNATURE, "ann")
    refused(Enrol, "blob", "link", b"l" * 2_049, SIGNATURE, "ann")
    refused(Enrol, "blob", "link_signature", GENESIS, b"s" * 63, "ann")


def test_who_was_let_in_by_a_member_is_known_by_that() -> None:
    """The member and the invite, both or neither."""
    whole = (GENESIS, SIGNATURE, "ann", BOB, ROOT)
    travels_as(Enrol(*whole), *whole)
    founded = account_id(GENESIS)
    (*_, inviter) = writes(Enrol(*whole), PEOPLE)
    assert inviter == Write("inviter", founded, (BOB, ROOT), Rule.FIRST)
    assert InviterValue(*(BOB, ROOT)) == inviter.value
    for half in ((BOB, None), (None, ROOT)):
        with pytest.raises(ProtocolError, match=r"^body\.enrol\.inviter$"):
            decode_body(Enrol, encode((*whole[:3], *half)))
        with pytest.raises(UsageError, match=r"no valid Enrol: body\.enrol\.inviter"):
            STANDARD.encode(Enrol(*whole[:3], *half))
    refused(Enrol, "blob", "inviter", *whole[:3], b"short", ROOT)
    refused(Enrol, "blob", "invite", *whole[:4], b"short")


def test_a_hub_begins_with_its_key_and_its_name() -> None:
    """Both are cells of the directory."""
    travels_as(Bootstrap(b"k" * 32, "x" * 64), b"k" * 32, "x" * 64)  # type: ignore[arg-type]  # Any 32 bytes.
    refused(Bootstrap, "blob", "key", b"k" * 31, "x")
    refused(Bootstrap, "text.length", "name", b"k" * 32, "x" * 65)
    refused(Bootstrap, "text.empty", "name", b"k" * 32, "")
    assert writes(Bootstrap(b"k" * 32, "Plot 9"), DIRECTORY) == (  # type: ignore[arg-type]  # Any 32 bytes.
        Write("hub", b"key", b"k" * 32),
        Write("hub", b"name", "Plot 9"),
    )
    assert stub_writes("bootstrap") == ()


def test_a_device_that_came_by_itself_is_a_link_of_its_account() -> None:
    """As if a device of the account had carried it."""
    travels_as(Admit(BOB, GENESIS, SIGNATURE), BOB, GENESIS, SIGNATURE)
    refused(Admit, "blob", "account", b"short", GENESIS, SIGNATURE)
    refused(Admit, "blob", "link", BOB, b"", SIGNATURE)
    refused(Admit, "blob", "link_signature", BOB, GENESIS, b"s" * 63)
    assert writes(Admit(BOB, GENESIS, SIGNATURE), PEOPLE) == (
        Write("link", BOB + THIS, (GENESIS, SIGNATURE), Rule.FIRST),
    )
    assert stub_writes("admit") == ()
