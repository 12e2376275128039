"""Three people with evidence, within what each takes."""

from math import e, isclose

import pytest

from hobnob_client.match.choosing import Candidate, Load, best, proposal
from hobnob_client.match.evidence import EVIDENCE_MAX, evidence
from hobnob_client.match.library import Hit, Library, Link, knowledge
from hobnob_client.match.price import Price, worth
from hobnob_client.match.scoring import Level, Openness, two_sided, welcome
from hobnob_client.match.words import words
from hobnob_protocol.limits import LOAD_WEEK_MS

NOW = 1_700_000_000_000
DAY = 86_400_000
LINES = (Hit("x", "e1", NOW, 5.0, Link.WROTE), Hit("x", "e2", NOW, 4.0, Link.ANSWERED))


def _three(*candidates: Candidate[str, str]) -> list[str]:
    found = (proposal(each, NOW) for each in candidates)
    return [each.person for each in best(each for each in found if each is not None)]


def _one(name: str, p: float, load: Load = Load()) -> Candidate[str, str]:  # noqa: B008
    return Candidate(name, p, 1.0, LINES, load)


def test_the_best_three_come_best_first() -> None:
    """And of equals the one named first."""
    many = (_one("a", 0.1), _one("b", 0.3), _one("c", 0.2), _one("d", 0.3))
    assert _three(*many) == ["b", "d", "c"]


def test_a_match_needs_both_sides() -> None:
    """Whoever would help and does not want to is behind one who is fair to middling in both."""
    assert two_sided(0.9, 0.1) < two_sided(0.4, 0.4)
    assert two_sided(0.0, 1.0) == 0.0


def test_whoever_takes_no_more_is_not_shown() -> None:
    """Neither without a free request nor without a free show, however good."""
    full, seen = Load(asks_free=0), Load(shows_free=0)
    assert _three(_one("full", 0.9, full), _one("seen", 0.9, seen), _one("c", 0.1)) == ["c"]


def test_whoever_was_shown_often_costs_more() -> None:
    """Until another is the better one; a silent week leaves little of the price."""
    price = Price()
    for _ in range(10):
        price = price.after_show(10, NOW)
    busy = Load(price=price)
    assert _three(_one("busy", 0.3, busy), _one("idle", 0.2)) == ["idle", "busy"]
    assert price.now(NOW + LOAD_WEEK_MS) == pytest.approx(price.price / e)
    assert price.now(NOW - 5) == price.price


def test_a_price_takes_the_same_share_of_every_score() -> None:
    """So that it tells the famous apart from others no less than others from each other."""
    assert isclose(worth(0.8, 0.5) / 0.8, worth(0.1, 0.5) / 0.1)


def test_whoever_takes_more_is_dear_later() -> None:
    """As often shown, at a higher limit, costs less."""
    assert Price().after_show(30, NOW).price < Price().after_show(10, NOW).price
    assert Price().after_show(0, NOW) == Price().after_show(1, NOW)


def test_nobody_is_proposed_without_two_posts_that_match() -> None:
    """Two of one event are one; a post that hardly matches is none."""
    hits = [
        Hit("ana", "a", NOW, 10.0, Link.WROTE),
        Hit("ana", "b", NOW, 6.0, Link.ANSWERED),
        Hit("bob", "c", NOW, 9.0, Link.WROTE),
        Hit("bob", "c", NOW, 8.0, Link.ANSWERED),
        Hit("carol", "d", NOW, 9.0, Link.WROTE),
        Hit("carol", "e", NOW, 2.0, Link.WROTE),
    ]
    assert list(evidence(hits, NOW)) == ["ana"]


def test_evidence_tells_the_strongest_first_and_old_posts_less() -> None:
    """Three lines at most."""
    hits = [Hit("ana", f"e{n}", NOW - n * 365 * DAY, 10.0, Link.WROTE) for n in range(6)]
    found = evidence(hits, NOW)["ana"]
    assert [hit.event for hit in found] == ["e0", "e1", "e2"]
    assert len(found) == EVIDENCE_MAX


def test_a_library_knows_who_wrote_and_who_answered() -> None:
    """By the words of the need; what is older tells less."""
    library = Library[str, str]()
    library.add("ana", "e1", NOW, words("wal on nfs corrupts"))
    library.add("bob", "e2", NOW - 365 * DAY, words("wal on nfs corrupts"))
    library.begin("t", NOW, words("how do I use wal on nfs"))
    hits = library.hits(words("my wal on nfs"), lambda thread: ["carol"] if thread == "t" else [])
    known = knowledge(hits, NOW)
    assert known["ana"].wrote > 3 * known["bob"].wrote > 0
    assert known["carol"].answered > 0 == known["carol"].wrote


@pytest.mark.parametrize(
    ("level", "mine", "expected"),
    [
        (Level.BEGINNER, Level.ADVANCED, 1.0),
        (Level.BEGINNER, Level.EXPERT, 0.7),
        (Level.EXPERT, Level.BEGINNER, 0.3),
        (None, Level.EXPERT, 0.7),
    ],
)
def test_a_need_is_welcome_to_whoever_offers_that(
    level: Level | None, mine: Level, expected: float
) -> None:
    """Subject and level; what is left open fits partly."""
    openness = Openness(frozenset(("sqlite",)), mine)
    assert welcome(openness, "sqlite", level) == pytest.approx(expected)
    assert welcome(openness, "cooking", level) == pytest.approx(0.3 * expected)
    assert welcome(Openness(), "sqlite", level) == pytest.approx(0.49)
