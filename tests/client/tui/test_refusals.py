"""Every reason can be read by a person."""

from hobnob_client.tui.refusals import WORDS, words
from hobnob_protocol.errors import Refusal


def test_each_refusal_has_words_of_its_own() -> None:
    """Not the code itself."""
    assert set(WORDS) == set(Refusal)
    assert len(set(WORDS.values())) == len(WORDS)
    assert words("not_author") == "only its author may do this"


def test_what_a_later_hub_says_is_shown_safely() -> None:
    """As it is, without escapes."""
    assert words("no_\x1b[2Jcode") == "no_␛[2Jcode"
