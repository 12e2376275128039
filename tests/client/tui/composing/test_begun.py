"""What is begun before the caret, and what only looks so."""

import pytest

from hobnob_client.tui.composing.begun import Begun, Sort, begun, whole_emoji
from hobnob_client.tui.composing.commands import TAKES


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("hello @an", Begun(Sort.PERSON, 6, "an")),
        ("@", Begun(Sort.PERSON, 0, "")),
        ("see (#ru", Begun(Sort.CHANNEL, 5, "ru")),
        ("well :ta", Begun(Sort.EMOJI, 5, "ta")),
        ("/jo", Begun(Sort.COMMAND, 0, "jo")),
        ("/join #ru", Begun(Sort.CHANNEL, 6, "ru")),
        ("/join ru", Begun(Sort.CHANNEL, 6, "ru")),
        ("/dm @b", Begun(Sort.PERSON, 4, "b")),
        ("so:\n```py", Begun(Sort.LANGUAGE, 7, "py")),
    ],
)
def test_what_is_begun_is_known_by_its_sign(before: str, found: Begun) -> None:
    """And by where it stands."""
    assert begun(before, TAKES) == found


@pytest.mark.parametrize(
    "before",
    [
        "mail me at ana@ex",
        "10:30",
        "a :",
        ":)",
        "`@an",
        "```\n@an",
        "```py\ncode\n```",
        "# Heading",
        "C#",
        "and/or",
        "@an and",
        "@" + "a" * 80,
    ],
)
def test_what_only_looks_so_is_let_alone(before: str) -> None:
    """Addresses, times, code, headings, ends of words."""
    assert begun(before, TAKES) is None


def test_an_emoji_is_whole_between_two_colons() -> None:
    """Outside of code alone."""
    assert whole_emoji("so :tada:") == (3, "tada")
    assert whole_emoji("12:30:") is None
    assert whole_emoji("`:tada:") is None
    assert whole_emoji("x " * 200 + ":tada:") == (400, "tada")
