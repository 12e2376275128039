"""Each reason why something is not read, or not sent, has its words."""

import pytest

from hobnob_client.sealing.sending import ASKING, BEGINNING, NOBODY
from hobnob_client.under_seal import held_back, unreadable
from hobnob_protocol.errors import Unopened


@pytest.mark.parametrize("why", Unopened)
def test_what_cannot_be_opened_says_what_it_waits_for(why: Unopened) -> None:
    """Nobody did wrong."""
    assert unreadable(why).startswith("sealed")


def test_what_is_not_what_it_says_sends_one_to_its_author() -> None:
    """A rule is broken: by its name nobody is helped."""
    assert "ask its author" in unreadable("sealed.commit")


@pytest.mark.parametrize(
    "why", [BEGINNING, ASKING, NOBODY, Unopened.CHAIN, Unopened.GROUP, "chain.fork"]
)
def test_what_waits_says_why(why: str) -> None:
    """In words, whatever it is."""
    assert held_back(why)
    assert why not in held_back(why).split()


def test_without_a_reason_nothing_is_said() -> None:
    """It goes as soon as the hub is there."""
    assert held_back("") == ""
