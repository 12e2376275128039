"""Who would show a newcomer around."""

from typing import Final

from hobnob_client.onboarding.buddy import BUDDIES_MAX, Newcomer, ranked
from hobnob_client.profiles.described import Described
from hobnob_client.profiles.forms import Span, Zone
from hobnob_protocol.ids import AccountId

EVENING: Final = frozenset(range(18, 22))


def who(number: int) -> AccountId:
    """An account."""
    return AccountId(number.to_bytes(20, "big"))


def newcomer(number: int = 0) -> Newcomer:
    """Speaks German, wants to know of Rust, is here in the evening of UTC+1."""
    return Newcomer(who(number), ("de",), ("Rust",), EVENING, 60)


def order(*several: Described, of: int = 0) -> list[AccountId]:
    """Whom one would ask, the best first."""
    return [each.account for each in ranked(newcomer(of), several)]


def test_a_common_language_counts_most_then_topics_then_hours() -> None:
    """With what is in common told of each."""
    speaks = Described(who(1), languages=("de", "en"))
    knows = Described(who(2), helps_with=("rust", "go"), languages=("fr",))
    meets = Described(who(3), zone=Zone("UTC+0", 0), hours=(Span(17, 20),))
    nobody = Described(who(4), zone=Zone("UTC-8", -480), hours=(Span(18, 20),))
    assert order(nobody, meets, knows, speaks) == [who(1), who(2), who(3), who(4)]
    first, second, third, last = ranked(newcomer(), (nobody, meets, knows, speaks))
    assert (first.languages, second.topics, third.hours) == (("de",), ("Rust",), 3)
    assert last.score == 0


def test_equals_stand_in_another_order_for_each_newcomer_and_always_in_the_same() -> None:
    """So that not all ask the same one first, and all devices of one ask alike."""
    several = [Described(who(number)) for number in range(1, 9)]
    assert order(*several) == order(*reversed(several))
    firsts = {order(*several, of=number)[0] for number in range(100, 130)}
    assert len(firsts) > 4


def test_nobody_shows_themselves_around_and_not_everybody_is_asked() -> None:
    """Where so many are full, a person decides."""
    assert order(Described(who(0))) == []
    assert len(order(*(Described(who(number)) for number in range(1, 99)))) == BUDDIES_MAX
