"""The laws of the fold, in short; `make laws` tries them on 100,000 logs each."""

from random import Random

import pytest

from hobnob_protocol import fields, writing
from hobnob_protocol.ids import StreamType, TargetId
from hobnob_protocol.kind import Body, Fact, Kind, Rule, TargetRule, Write
from hobnob_protocol.registry import STANDARD
from tests.sync.laws import LAWS, compacted, folded, permutation_law, range_law
from tests.sync.stories import story

CASES = 1_500


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_the_law_holds(law: object) -> None:
    """Any order, any range, any erasure: the cells are those they should be."""
    assert callable(law)
    for case in range(CASES):
        law(Random(case))


def test_compaction_takes_something_away() -> None:
    """The law of compaction is tried on logs that do hold bodies to strip."""
    thinner = 0
    for case in range(CASES):
        rng = Random(case)
        facts = story(rng, rng.randint(2, 14))
        thinner += compacted(facts) != facts
    assert thinner > CASES // 20


@fields.body
class Applaud(Body):
    """So many hands for a message; the most ever counts."""

    target: TargetId = fields.target()
    hands: int = fields.integer(0, 99)


def _applaud(_fact: Fact, body: Applaud) -> tuple[Write, ...]:
    return (Write("applause", body.target, (body.hands,), Rule.MAX),)


APPLAUD = Kind(
    number=201,
    name="applaud",
    body=Applaud,
    streams=frozenset({StreamType.CHANNEL}),
    capability="react",
    writes=writing.acts(Applaud, _applaud),
    target="target",
    target_rule=TargetRule.LIVE,
)


def test_a_new_kind_keeps_the_laws_without_being_named() -> None:
    """A kind in one new file is folded and tried like all others."""
    registry = STANDARD.with_kind(APPLAUD)
    facts = story(Random(1), 400, registry)
    assert any(noun == "applause" for noun, _ in folded(facts, registry))
    for case in range(300):
        permutation_law(Random(case), registry)
        range_law(Random(case), registry)


def test_an_older_version_passes_a_new_kind_by() -> None:
    """Who does not know a kind folds all the others as ever."""
    registry = STANDARD.with_kind(APPLAUD)
    facts = story(Random(1), 400, registry)
    known = [fact for fact in facts if fact.kind != 201]
    assert folded(facts, STANDARD) == folded(known, registry)


def test_stories_reach_every_kind() -> None:
    """The laws are tried on something: each kind that can be told is told."""
    seen = {fact.kind for case in range(60) for fact in story(Random(case), 60)}
    missing = {kind.name for kind in STANDARD if kind.number not in seen}
    assert missing == set()
