"""What a code of the hub says to a person."""

import pytest

from hobnob_client.not_let_in import NotLetIn, why
from hobnob_protocol.errors import ByeCode

UNSAID = {ByeCode.PROTOCOL, ByeCode.TIMEOUT, ByeCode.FORK, ByeCode.DONE}
"""Words as they are, or of no concern to a person."""


@pytest.mark.parametrize("code", [code for code in ByeCode if code not in UNSAID])
def test_a_code_is_told_in_words(code: ByeCode) -> None:
    """Few enough for the line at the top, beside what else it says."""
    assert why(code) != code
    assert len(why(code)) <= 30


def test_what_is_words_already_stays() -> None:
    """Whoever dials says what has failed."""
    assert why("hub.example.org:4626 does not answer") == "hub.example.org:4626 does not answer"
    assert why("") == ""


def test_who_is_not_let_in_hears_why_and_a_program_the_code() -> None:
    """And when to come back."""
    refused = NotLetIn(ByeCode.WAITING, 60.0)
    assert str(refused) == "The hub does not let this device in: device waits for a day."
    assert (refused.code, refused.retry_seconds) == ("waiting", 60.0)
