"""Finding people by some words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.catalogue.language import Language
from hobnob_client.catalogue.speaking import speaking
from hobnob_client.profiles.described import Described, described
from hobnob_client.profiles.directory import Directory, Listed
from hobnob_client.profiles.filtering import SHOWN_MAX, Clock, find
from hobnob_client.profiles.people_words import few
from hobnob_protocol.ids import AccountId
from hobnob_sync.views.profile import Profile

BERLIN = Clock(60, 20)
"""A reader's clock, at eight in the evening."""


def somebody(handle: str, **fields: str) -> Listed:
    """Who agrees to being found, and says this."""
    account = AccountId(handle.encode().ljust(20)[:20])
    return Listed(account, handle, described(Profile(account, tuple(fields.items()), False)))


def hidden(handle: str) -> Listed:
    """Who does not agree."""
    account = AccountId(handle.encode().ljust(20)[:20])
    return Listed(account, handle, Described(account), open=False)


ALL = Directory(
    (
        somebody(
            "ana", helps_with="SQLite, backups", languages="de, en", zone="UTC+0", hours="18-22"
        ),
        somebody("bao", helps_with="rust", looks_for="sqlite", languages="vi", level="expert"),
        somebody("cem", goals="a podcast about SQLite", zone="UTC+8", hours="22-1"),
        somebody("dan"),
    ),
    (hidden("eve"), hidden("eva")),
)


def handles(query: str, clock: Clock = BERLIN) -> list[str]:
    """Who is found, in order."""
    return [each.handle for each in find(ALL, query, clock).people]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["ana", "bao", "cem", "dan"]),
        ("sqlite", ["ana", "bao", "cem"]),
        ("helps:SQL", ["ana"]),
        ("seeks:sqlite", ["bao"]),
        ("lang:deutsch", ["ana"]),
        ("level:expert", ["bao"]),
        ("zone:utc", ["ana"]),
        ("here:evening", ["ana"]),
        ("here:afternoon", ["cem"]),
        ("here:now", ["ana"]),
        ("here:22-24", ["ana"]),
        ("sqlite here:evening lang:de", ["ana"]),
        ('"podcast about"', ["cem"]),
        ("@b", ["bao"]),
        ("da", ["dan"]),
        ("helps:", ["ana", "bao", "cem", "dan"]),
        ("nothing of this", []),
    ],
)
def test_all_conditions_must_fit(query: str, found: list[str]) -> None:
    """Who says nothing comes last; hours are compared by the reader's own clock."""
    assert handles(query) == found


def test_who_does_not_agree_is_found_by_the_whole_handle_alone() -> None:
    """Neither by some letters, nor by anything they say."""
    assert handles("ev") == handles("@ev") == handles("eve") == []
    assert handles("@eve") == ["eve"]
    for name in ("zone", "level", "here", "helps", "lang", "seeks"):
        assert "eve" not in handles(f"{name}:@eve")


def test_what_means_nothing_is_told_and_leaves_nobody_out() -> None:
    """With what may be meant."""
    found = find(ALL, "here:whenever", BERLIN)
    assert (len(found.people), "evening" in found.problems[0]) == (4, True)
    found = find(ALL, "help:rust", BERLIN)
    assert (found.people, "helps: may be meant" in found.problems[0]) == ((), True)


def test_parts_of_the_day_have_the_names_of_the_language_that_is_spoken() -> None:
    """And the English ones, which are in the manual."""
    with speaking(Language.GERMAN):
        assert handles("here:abends") == handles("here:evening") == ["ana"]


def test_more_than_anybody_reads_are_counted_only() -> None:
    """And it is said who is not listed, and what to do."""
    many = Directory(tuple(somebody(f"m{nth:03}") for nth in range(SHOWN_MAX + 3)), ())
    found = find(many, "m", BERLIN)
    assert (len(found.people), found.more) == (SHOWN_MAX, 3)
    assert few(many, found, "m") == ("3 more fit: another word narrows it.",)
    assert few(ALL, find(ALL, "", BERLIN), "") == ("2 members prefer not to be listed.",)
    (nobody, _) = few(ALL, find(ALL, "xyz", BERLIN), "xyz")
    assert "fewer words" in nobody
    (alone,) = few(Directory((), ()), find(Directory((), ()), "", BERLIN), "")
    assert "hobnob me allow matching" in alone


@given(st.text(max_size=300))
def test_any_text_is_a_filter(query: str) -> None:
    """Nothing fails."""
    found = find(ALL, query, BERLIN)
    assert set(found.people) <= {*ALL.listed, *ALL.private}
