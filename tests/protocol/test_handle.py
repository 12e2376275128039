"""Handles: readable as they stand, and nobody poses as an office."""

import pytest

from hobnob_protocol.handle import FORM, OFFICES, PATTERN, RESERVED, fold_case, why_not
from hobnob_protocol.limits import HANDLE_TEXT_MAX


@pytest.mark.parametrize(
    "handle", ["ab", "ada", "a1", "a-", "a_", "z-9_", "x" * HANDLE_TEXT_MAX, "administer", "hubert"]
)
def test_a_plain_name_may_be_taken(handle: str) -> None:
    """A letter, then 1 to 31 letters, digits, hyphens or underscores."""
    assert why_not(handle) is None


@pytest.mark.parametrize(
    "handle",
    [
        "",
        "a",
        "x" * (HANDLE_TEXT_MAX + 1),
        "1a",
        "-ab",
        "_ab",
        "Ada",
        "aDa",
        "a b",
        "ab\n",
        "\nab",
        "a.b",
        "a@b",
        "ada\x1b[31m",
        "аda",  # noqa: RUF001  # a Cyrillic a is what is refused
        "ad\u00e4",
        "ada\u200b",
        "a\u0663",
    ],
)
def test_what_could_be_misread_is_refused(handle: str) -> None:
    """Capitals, look-alikes, invisible characters, and anything of another form."""
    assert why_not(handle) == FORM


@pytest.mark.parametrize(
    "handle",
    ["admin", "system", "hub", "everyone", "here", "mod", "owner", "me", "ad-min", "h_u_b", "mod-"],
)
def test_offices_are_reserved(handle: str) -> None:
    """Nobody poses as a moderator, also not with hyphens between the letters."""
    assert why_not(handle) == RESERVED


def test_every_office_is_reserved() -> None:
    """Each of them would be a handle were it not reserved, so none is listed in vain."""
    for office in sorted(OFFICES):
        assert PATTERN.fullmatch(office)
        assert why_not(office) == RESERVED


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ada", "ada"),
        ("AZ-az_09", "az-az_09"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"),
        ("\u212aim", "\u212aim"),
        ("\u0130", "\u0130"),
    ],
)
def test_case_folds_in_ascii_only(typed: str, meant: str) -> None:
    """The Kelvin sign stays what it is: it is no k."""
    assert fold_case(typed) == meant
