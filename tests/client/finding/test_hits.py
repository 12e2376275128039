"""Finding texts, newest first, by words and by all that is no word; any text is a safe query."""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.finding import hits
from hobnob_client.finding.hits import Moment, find, find_after
from hobnob_client.finding.marks import Trait
from hobnob_client.finding.meaning import understand
from hobnob_client.finding.query import Operator, parse
from hobnob_client.texts import PLACES
from tests.client.finding.shelf import Shelf
from tests.client.finding.world import ANDY, HELP, SmallWorld

MARCH_MS = 1_772_323_200_000


@pytest.fixture(scope="module")
def shelf() -> Iterator[Shelf]:
    """Five texts."""
    filled = Shelf.empty()
    filled.put(1, "the wheel of the compiler")
    filled.put(2, 'a "quoted" wheel, AND NOT OR', traits=(Trait.LINK,))
    filled.put(3, "Größe der Räder")
    filled.put(4, "compilers compile", HELP)
    filled.put(MARCH_MS, "wheels within wheels", HELP, ANDY)
    yield filled
    filled.database.close()


def found(
    shelf: Shelf,
    query: str,
    limit: int = 50,
    below: int | None = None,
    moment: Moment = hits.NO_MOMENT,
) -> list[int]:
    """The moments of what is found."""
    wanted = understand(parse(query), SmallWorld(), typing=True).wanted
    got = find(shelf.database, wanted, limit, below=below, moment=moment)
    assert all(hit.place // PLACES == hit.at_ms == hit.seq for hit in got)
    return [hit.at_ms for hit in got]


def test_all_words_must_be_there_newest_first(shelf: Shelf) -> None:
    """Order and case of the words do not matter."""
    assert found(shelf, "wheel ") == [2, 1]
    assert found(shelf, "COMPILER the ") == [1]
    assert found(shelf, "wheel compilers ") == []


def test_the_last_word_may_be_unfinished(shelf: Shelf) -> None:
    """As it is typed, from its first letter on; a space finishes it."""
    assert found(shelf, "comp") == [4, 1]
    assert found(shelf, "comp ") == []
    assert found(shelf, "compilers") == [4]
    assert found(shelf, "the compi") == [1]
    assert found(shelf, "comparison") == []
    assert found(shelf, "c") == [4, 1]
    assert found(shelf, "wheel c") == [1]
    assert found(shelf, "r") == [3]
    assert found(shelf, "R") == [3]
    assert found(shelf, "x") == []


def test_accents_may_be_left_out(shelf: Shelf) -> None:
    """Who has no such key finds it too."""
    assert found(shelf, "grosse rader ") == []
    assert found(shelf, "große rader ") == [3]


def test_words_of_the_query_language_are_words(shelf: Shelf) -> None:
    """Quotes, operators and columns of the index mean themselves."""
    assert found(shelf, 'quoted" AND NOT OR ') == [2]
    assert found(shelf, "NOT wheel ") == [2]
    assert found(shelf, "text:wheel ") == []
    assert found(shelf, "NEAR(wheel compiler) ") == []
    assert found(shelf, "marks:a title:b ") == []


def test_phrases_and_what_must_not_be_there(shelf: Shelf) -> None:
    """Words one behind the other; a minus turns round."""
    assert found(shelf, '"the wheel"') == [1]
    assert found(shelf, '"wheel the"') == []
    assert found(shelf, "wheel -quoted ") == [1]
    assert found(shelf, "-wheel -compilers ") == [MARCH_MS, 3]


def test_who_where_when_and_what_it_has(shelf: Shelf) -> None:
    """Any mixture, with words or without."""
    assert found(shelf, "in:#help ") == [MARCH_MS, 4]
    assert found(shelf, "in:#help from:ana ") == [4]
    assert found(shelf, "-in:#help wheel ") == [2, 1]
    assert found(shelf, "has:link ") == [2]
    assert found(shelf, "after:2026 ") == [MARCH_MS]
    assert found(shelf, "before:2026 from:ana -has:link wheel ") == [1]
    assert found(shelf, "-on:1970-01-01 ") == [MARCH_MS]
    assert found(shelf, "from:andy w") == [MARCH_MS]


def test_pages_of_hits_go_on_below_the_last(shelf: Shelf) -> None:
    """One by one, each once; also while one letter is typed."""
    assert found(shelf, "wheel ", limit=1) == [2]
    assert found(shelf, "wheel ", limit=1, below=2 * PLACES) == [1]
    assert found(shelf, "wheel ", limit=1, below=1 * PLACES) == []
    assert found(shelf, "c", limit=1, below=4 * PLACES) == [1]


def test_hits_are_read_in_the_other_direction_too(shelf: Shelf) -> None:
    """From a place on, the oldest first; also while one letter is typed."""

    def after(query: str, place: int, limit: int = 50) -> list[int]:
        wanted = understand(parse(query), SmallWorld(), typing=True).wanted
        return [hit.at_ms for hit in find_after(shelf.database, wanted, limit, place)]

    assert after("wheel ", 0) == [1, 2]
    assert after("wheel ", 1 * PLACES) == [2]
    assert after("from:ana ", 1 * PLACES, 2) == [2, 3]
    assert after("c", 0) == [1, 4]
    assert after("c", 1 * PLACES) == [4]
    assert after("", 0) == []


def test_what_is_unread_stands_behind_the_cursor(shelf: Shelf) -> None:
    """Of each stream; a stream that is read to its end is none of them."""
    moment = Moment(read=((HELP, 4),), unread_from=MARCH_MS * PLACES)
    assert found(shelf, "is:unread ", moment=moment) == [MARCH_MS]
    assert found(shelf, "-is:unread wheels ", moment=moment) == []
    assert found(shelf, "-is:unread in:#help ", moment=moment) == [4]
    mine = Moment(ANDY, ((HELP, 4),))
    assert found(shelf, "is:unread ") == found(shelf, "is:unread ", moment=mine) == []
    assert found(shelf, "-is:unread wheels ", moment=mine) == [MARCH_MS]


def test_what_is_saved_is_found_among_the_rest(shelf: Shelf) -> None:
    """And left out where it must not be."""
    moment = Moment(saved=(2 * PLACES, 4 * PLACES))
    assert found(shelf, "is:saved ", moment=moment) == [4, 2]
    assert found(shelf, "is:saved wheel ", moment=moment) == [2]
    assert found(shelf, "-is:saved wheel ", moment=moment) == [1]
    assert found(shelf, "is:saved ") == []


def test_a_letter_that_few_words_begin_with_is_found_however_far_back() -> None:
    """Texts are looked at one by one only so far, then the index is asked."""
    shelf = Shelf.empty()
    shelf.put(1, "zebra")
    for nth in range(2, hits.LOOKED_AT_MAX + 9):
        shelf.put(nth, "wheel")
    assert found(shelf, "z") == [1]
    assert found(shelf, "w", limit=3) == [hits.LOOKED_AT_MAX + 8 - nth for nth in range(3)]
    shelf.database.close()


@given(
    st.text(st.one_of(st.characters(), st.sampled_from('"*^:()+-{}\\\0 aANDORNOT')), max_size=80)
)
def test_any_text_is_a_safe_query(shelf: Shelf, query: str) -> None:
    """No text raises, none is read as syntax."""
    assert len(found(shelf, query)) <= 5


def test_any_mixture_of_conditions_is_a_safe_query(shelf: Shelf) -> None:
    """Thousands, as people type them and as they do not."""
    random = Random(2)
    pieces = ["wheel", '"the wheel"', "-", '"', " ", "*", "(", "ana", "#rust", "7d", "code", "a"]
    pieces += [f"{operator}:" for operator in Operator]
    for _ in range(5_000):
        query = "".join(random.choice(pieces) for _ in range(random.randrange(9)))
        assert len(found(shelf, query)) <= 5, query
