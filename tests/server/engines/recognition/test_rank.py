"""The kudos rank: thanks weigh by who gives them."""

import pytest

from hobnob_server.engines.recognition.deeds import DAY_MS, Person
from hobnob_server.engines.recognition.gifts import WEEKLY_MAX, Edge, graph
from hobnob_server.engines.recognition.marks import Mark, Measure
from hobnob_server.engines.recognition.rank import Ranks, ranked
from tests.server.engines.recognition import village
from tests.server.engines.recognition.story import ADA, BO, CY, DI, EVE

MONDAY = 4 * DAY_MS
WEEK_MS = 7 * DAY_MS


def thanks(
    giver: Person, receiver: Person, ref: int = 1, at_ms: int = MONDAY, weight: float = 1.0
) -> Mark:
    """A thank-you."""
    return Mark(Measure.THANKED, receiver, ref, at_ms, 1, giver, weight)


def test_the_fourth_thanks_of_a_pair_in_a_week_count_nothing() -> None:
    """The next week they count again; and other pairs are other pairs."""
    marks = [thanks(ADA, BO, ref, MONDAY + ref) for ref in range(5)]
    later = thanks(ADA, BO, 9, MONDAY + WEEK_MS)
    found = graph([*marks, thanks(CY, BO, 7, MONDAY + 7), later])
    assert found[ADA][BO].refs == (0, 1, 2, 9)
    assert found[ADA][BO].last_ms == later.at_ms
    assert found[CY][BO].refs == (7,)


def test_many_thanks_of_one_weigh_less_than_one_of_many() -> None:
    """The root of their sum, and a doubted one is a quarter of it."""
    found = graph([thanks(ADA, BO, ref, MONDAY + ref * WEEK_MS) for ref in range(9)])
    assert found[ADA][BO].weight == 3
    assert graph([thanks(ADA, BO, weight=0.25)])[ADA][BO].weight == 0.5


def test_nothing_but_thanks_is_a_gift() -> None:
    """Whatever else happened."""
    assert graph([Mark(Measure.ACCEPTED, BO, 1, 0, 1, ADA)]) == {}
    assert WEEKLY_MAX == 3


def edges(**given: str) -> dict[Person, dict[Person, Edge]]:
    """A graph of single thanks: `ada="bo cy"`."""
    names = {"ada": ADA, "bo": BO, "cy": CY, "di": DI, "eve": EVE}
    return {
        names[giver]: {names[to]: Edge(1.0, (1,), 0) for to in receivers.split()}
        for giver, receivers in given.items()
    }


def test_a_rank_is_its_equation() -> None:
    """Solved by hand for one who is trusted and thanks one other: 1/4 of the voice is given."""
    found = ranked(edges(ada="bo"), [ADA])
    # b = d a / 4 and a + b = 1, for all that is not given comes back to whoever is trusted.
    assert found.rank[ADA] == pytest.approx(8 / 9, abs=1e-11)
    assert found.rank[BO] == pytest.approx(1 / 9, abs=1e-11)
    assert found.received == {BO: pytest.approx(1 / 9, abs=1e-11)}


def test_ranks_come_to_one() -> None:
    """Nothing is lost, and it settles soon."""
    found = ranked(graph(village.marks(1)), village.trusted())
    assert sum(found.rank.values()) == pytest.approx(1)
    assert found.rounds < 45


def test_whom_nobody_trusted_thanks_has_no_rank() -> None:
    """At however many removes; a closed ring keeps nothing."""
    found = ranked(edges(ada="bo", bo="cy", di="eve", eve="di"), [ADA])
    assert found.rank.keys() == {ADA, BO, CY}


def test_without_anybody_trusted_there_are_no_ranks() -> None:
    """A community that has just begun."""
    found = ranked(edges(ada="bo"), [])
    assert (found.rank, found.received, found.explain(BO)) == ({}, {}, ())


@pytest.mark.parametrize("person", [1, 40, 150, 299])
def test_a_rank_unfolds_to_who_gave_it(person: Person) -> None:
    """Term by term, each with its events; only the trusted have one without."""
    found: Ranks = ranked(graph(village.marks(2)), village.trusted())
    terms = found.explain(person)
    # As far as the last round still moved anything.
    assert sum(term.value for term in terms) == pytest.approx(found.rank.get(person, 0), abs=1e-11)
    assert [bool(term.refs) for term in terms] == [term.giver is not None for term in terms]
    assert any(term.giver is None for term in terms) == (person in village.trusted())
    assert all(term.value >= 0 for term in terms)


def test_ranks_do_not_depend_on_the_order_of_people() -> None:
    """But for the last digits."""
    marks = village.thanks(village.marks(3))
    one = ranked(graph(marks), village.trusted())
    other = ranked(graph(marks), [*reversed(village.trusted())])
    assert one.rank == pytest.approx(other.rank)
