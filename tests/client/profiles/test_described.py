"""A profile with its meaning, whoever's program has written it."""

import string

from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.catalogue.language import Language
from hobnob_client.catalogue.speaking import speaking
from hobnob_client.profiles import forms
from hobnob_client.profiles.described import Described, described, told
from hobnob_client.profiles.fields import BY_NAME
from hobnob_client.profiles.forms import Level, Span, Zone
from hobnob_protocol.ids import AccountId
from hobnob_sync.views.profile import Profile

ADA = AccountId(b"a" * 20)
FULL = {
    "about": "I dig",
    "goals": "learn",
    "helps_with": "SQLite, ham radio",
    "hours": "18-22",
    "languages": "de, en",
    "level": "practised",
    "looks_for": "rust",
    "weekly_buddies": "1",
    "weekly_requests": "3",
    "zone": "UTC+5:30",
}


def said(**fields: str) -> Profile:
    """A profile that says this."""
    return Profile(ADA, tuple(sorted(fields.items())), False)


def test_each_field_has_its_meaning() -> None:
    """And whoever says nothing has an empty profile."""
    assert described(said(**FULL)) == Described(
        ADA,
        ("SQLite", "ham radio"),
        ("rust",),
        "learn",
        Level.PRACTISED,
        ("de", "en"),
        Zone("UTC+5:30", 330),
        (Span(18, 22),),
        "I dig",
    )
    assert not described(said()).says_something
    assert told(said()) == ()


def test_it_is_told_in_the_order_of_the_table_in_the_language_that_is_spoken() -> None:
    """Then what other programs know."""
    lines = told(said(**FULL, pronouns="she"))
    assert [line.name for line in lines] == [*BY_NAME, "pronouns"]
    by_label = {line.label: line.text for line in lines}
    assert by_label["Usually here"] == "18-22"
    assert by_label["Level"] == "practised"
    assert by_label["pronouns"] == "she"
    with speaking(Language.GERMAN):
        assert "Hilft bei" in {line.label for line in told(said(**FULL))}


def test_what_does_not_fit_is_shown_as_it_stands_and_means_nothing() -> None:
    """It is somebody else's program that wrote it."""
    profile = said(level="over 9000", zone="the \x1b[31mmoon", hours="always")
    assert described(profile) == Described(ADA)
    assert {line.text for line in told(profile)} == {"over 9000", "the ␛[31mmoon", "always"}


def test_hours_are_turned_to_the_readers_clock() -> None:
    """Over midnight; as they stand where the zone is only a region."""
    assert described(said(hours="22-1", zone="UTC+8")).hours_at(60) == {15, 16, 17}
    assert described(said(hours="9-10", zone="UTC+5:30")).hours_at(0) == {3}
    assert described(said(hours="18-20", zone="Europe")).hours_at(-300) == {18, 19}


@given(st.dictionaries(st.sampled_from([*BY_NAME, "x\x1b"]), st.text(min_size=1, max_size=2_000)))
def test_any_text_is_read_within_the_bounds_and_safe(fields: dict[str, str]) -> None:
    """Whatever the fields hold."""
    profile = Profile(ADA, tuple(fields.items()), False)
    found = described(profile)
    assert len(found.helps_with) <= forms.WORDS_MAX
    assert all(len(word) <= forms.WORD_TEXT_MAX for word in found.helps_with)
    for line in told(profile):
        longest = max(forms.TEXT_MAX, forms.WORDS_MAX * (forms.WORD_TEXT_MAX + 2))
        assert 0 < len(line.text) <= longest
        assert not set(line.text + line.label) & (set(map(chr, range(32))) - set(string.printable))
        assert "\n" not in line.text
