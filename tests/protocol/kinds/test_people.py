"""Profiles and devices."""

from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kind import Rule, Write
from hobnob_protocol.kinds.people import DeviceLink, ProfileField
from tests.protocol.kinds.scene import ALICE, THIS, refused, stub_writes, travels_as, writes


def test_a_profile_field_keeps_its_bounds() -> None:
    """A short name, a long value with lines, or none to clear it."""
    travels_as(ProfileField("x" * 32, "y\n" * 1_000), "x" * 32, "y\n" * 1_000)
    travels_as(ProfileField("bio"), "bio")
    refused(ProfileField, "text.length", "name", "x" * 33)
    refused(ProfileField, "text.empty", "name", "")
    refused(ProfileField, "text.control", "name", "a\tb")
    refused(ProfileField, "text.length", "value", "bio", "y" * 2_001)
    refused(ProfileField, "text.empty", "value", "bio", "")


def test_a_profile_field_is_its_authors_own() -> None:
    """One cell per account and field."""
    assert writes(ProfileField("bio", "I dig"), PEOPLE) == (
        Write("profile", ALICE + b"bio", "I dig"),
    )
    assert writes(ProfileField("bio"), PEOPLE) == (Write("profile", ALICE + b"bio", None),)
    assert stub_writes("profile_field") == ()


def test_a_device_is_a_link_of_its_accounts_chain() -> None:
    """Links are kept as signed, each for ever, under the account."""
    travels_as(DeviceLink(b"l" * 2_048, b"s" * 64), b"l" * 2_048, b"s" * 64)
    travels_as(DeviceLink(b"l", b"s" * 64), b"l", b"s" * 64)
    refused(DeviceLink, "blob", "link", b"", b"s" * 64)
    refused(DeviceLink, "blob", "link", b"l" * 2_049, b"s" * 64)
    refused(DeviceLink, "blob", "link_signature", b"l", b"s" * 63)
    refused(DeviceLink, "blob", "link_signature", b"l", b"s" * 65)
    assert writes(DeviceLink(b"l", b"s" * 64), PEOPLE) == (
        Write("link", ALICE + THIS, (b"l", b"s" * 64), Rule.FIRST),
    )
    assert stub_writes("device") == ()
