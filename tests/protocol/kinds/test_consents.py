"""What members agree to, each for themselves."""

from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kind import Write
from hobnob_protocol.kinds.consents import PURPOSES, Consent
from tests.protocol.kinds.scene import ALICE, refused, stub_writes, travels_as, writes


def test_each_purpose_is_agreed_to_and_withdrawn_apart() -> None:
    """By its author, for themselves; the later word holds."""
    for purpose in PURPOSES:
        travels_as(Consent(purpose), purpose)
        travels_as(Consent(purpose, on=False), purpose, False)
        assert writes(Consent(purpose), PEOPLE) == (
            Write("consent", ALICE + purpose.encode(), True),
        )
    assert stub_writes("consent") == ()


def test_nobody_agrees_to_what_is_no_purpose() -> None:
    """The feed is none: it is made on one's own device."""
    refused(Consent, "choice", "purpose", "feed")
    refused(Consent, "choice", "purpose", "")
    refused(Consent, "boolean", "on", "matching", 1)
