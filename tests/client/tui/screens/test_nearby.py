"""Who writes, in words."""

import pytest

from hobnob_client.catalogue import Language, speaking
from hobnob_client.tui.screens.nearby import writing
from tests.client.sealing.conftest import pair
from tests.client.sealing.pair import Pair

__all__ = ["pair"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            Language.ENGLISH,
            ["", "bob is writing …", "bob and carol are writing …", "3 are writing …"],
        ),
        (Language.GERMAN, ["", "bob schreibt …", "bob und carol schreiben …", "3 schreiben …"]),
    ],
)
def test_it_is_said_in_a_few_words(pair: Pair, language: Language, said: list[str]) -> None:
    """Two by name, more by their number."""
    carol, dave = pair.join("carol"), pair.join("dave")
    several = (pair.bob.account, carol.account, dave.account)
    with speaking(language):
        reader = pair.alice.seat.reader
        assert [writing(reader, several[:count]) for count in range(4)] == said
