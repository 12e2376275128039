"""Which badges others see."""

from hobnob_server.engines.recognition.progress import Award
from hobnob_server.engines.recognition.showing import Revoked, held, shown
from tests.server.engines.recognition.story import ADA, BO

AWARDS = (
    Award(ADA, "helper", 1, 10, (1,), 1),
    Award(ADA, "helper", 2, 20, (1, 2), 2),
    Award(ADA, "bridge", 1, 30, (3,), 1),
    Award(BO, "bridge", 1, 40, (4,), 1),
)
BOTH = (ADA, BO)


def names(awards: tuple[Award, ...]) -> list[tuple[int, str, int]]:
    """Whose badge of which tier."""
    return [(each.person, each.rule, each.tier) for each in awards]


def test_of_each_badge_the_highest_tier_is_shown() -> None:
    """The newest first."""
    found = shown(AWARDS, (), (), BOTH)
    assert names(found) == [(BO, "bridge", 1), (ADA, "bridge", 1), (ADA, "helper", 2)]


def test_what_was_taken_back_is_gone_from_that_tier_on() -> None:
    """The tiers below stay, and other badges."""
    taken = Revoked(ADA, "helper", 2, "answers copied from elsewhere", BO, 50)
    assert names(held(AWARDS, [taken]))[:2] == [(ADA, "helper", 1), (ADA, "bridge", 1)]
    whole = Revoked(ADA, "helper", 1, "the same", BO, 60)
    assert "helper" not in [each.rule for each in held(AWARDS, [whole, taken])]


def test_a_hidden_badge_is_hidden_for_whoever_hides_it() -> None:
    """It is still held."""
    assert names(shown(AWARDS, (), {(ADA, "bridge")}, BOTH)) == [
        (BO, "bridge", 1),
        (ADA, "helper", 2),
    ]
    assert len(held(AWARDS, ())) == 4


def test_of_whoever_does_not_take_part_nothing_is_shown() -> None:
    """At once."""
    assert names(shown(AWARDS, (), (), (BO,))) == [(BO, "bridge", 1)]
