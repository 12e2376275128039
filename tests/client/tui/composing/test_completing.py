"""What is offered, and what first."""

from collections.abc import Sequence

import pytest

from hobnob_client.tui.composing.commands import COMMANDS
from hobnob_client.tui.composing.completing import OFFERS_MAX, Known, completion
from hobnob_client.tui.composing.scoring import Fit, fit


class Here:
    """A place with some people and channels."""

    def people(self) -> Sequence[Known]:
        """As a `World`."""
        return (
            Known("ada"),
            Known("alan", "speaks here", 1),
            Known("ana", "speaks here", 0),
            Known("mara-ann"),
        )

    def channels(self) -> Sequence[Known]:
        """As a `World`."""
        return (Known("general"), Known("rust"), Known("rust-async", "you are not in it"))


def labels(before: str) -> list[str]:
    """What is offered there."""
    found = completion(before, Here())
    return [] if found is None else [offer.label for offer in found.offers]


def test_who_speaks_here_comes_first() -> None:
    """The last one of them before the others, then the rest by name."""
    assert labels("hi @a") == ["@ana", "@alan", "@ada", "@mara-ann"]


def test_a_name_begun_comes_before_one_that_only_has_the_letters() -> None:
    """And letters with others between them are the last resort."""
    assert labels("#ru") == ["#rust", "#rust-async"]
    assert labels("#async") == ["#rust-async"]
    assert labels("#rsy") == ["#rust-async"]


def test_each_offer_says_what_is_typed_and_how_it_is_known() -> None:
    """With a blank behind a name, so that one goes on writing."""
    found = completion("hi @an", Here())
    assert found is not None
    assert (found.begun.start, found.offers[0].text) == (3, "@ana ")
    assert found.offers[0].about == "speaks here"


def test_commands_come_with_their_help_and_languages_by_name() -> None:
    """All commands behind one slash."""
    assert len(labels("/")) == len(COMMANDS)
    assert labels("/jo") == ["/join #channel"]
    assert labels("/ms") == ["/dm @handle [text]"]
    assert labels("/msg @al") == ["@alan"]
    assert "rust" in labels("```ru")


def test_emoji_are_found_by_name_each_once_the_commonest_first() -> None:
    """Bounded, like all offers."""
    assert labels(":tad")[0] == "🎉 :tada:"
    assert labels(":heart")[0] == "❤ :heart:"
    assert len(labels(":fa")) <= OFFERS_MAX


@pytest.mark.parametrize("before", ["hi @zzz", "@ana and", "nothing", "#general"])
def test_nothing_is_offered_where_nothing_fits_or_is_missing(before: str) -> None:
    """What stands there whole already needs no list."""
    assert labels(before) == []


@pytest.mark.parametrize(
    ("name", "letters", "found"),
    [
        ("Rust", "ru", Fit.BEGINS),
        ("rust-async", "as", Fit.WORD),
        ("rust", "us", Fit.WITHIN),
        ("rust", "rt", Fit.SCATTERED),
        ("rust", "tr", Fit.NOT),
    ],
)
def test_letters_fit_better_or_worse(name: str, letters: str, found: Fit) -> None:
    """In whatever case."""
    assert fit(name, letters) is found
