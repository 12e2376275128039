"""Who would show a newcomer around: of those who offer it, by language, topics and hours.

It is ranked on the newcomer's own device. Whether somebody still takes one this week the hub says
when they are asked, so that nobody is asked beyond what they offered.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from hobnob_protocol.ids import AccountId
from hobnob_protocol.value import value

if TYPE_CHECKING:
    from hobnob_client.profiles.described import Described

BUDDIES_MAX: Final = 12
"""Who are asked whether they are free, at most: where all of these are full, a person decides."""
TOPICS_MAX: Final = 2
"""More shared topics make nobody a better guide."""
HOURS_MIN: Final = 2
"""So many full hours of a day in common are enough to meet."""
_LANGUAGE, _TOPIC, _HOURS = 4, 2, 1


@value
class Newcomer:
    """Whom to show around. `hours` are full ones by their own clock, `minutes` ahead of UTC."""

    account: AccountId
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    hours: frozenset[int]
    minutes: int


@value
class Buddy:
    """Somebody who offers it, and what they have in common with the newcomer."""

    account: AccountId
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    hours: int = 0
    """Full hours of a day in which both are there."""

    @property
    def score(self) -> int:
        """The more, the better; the same is decided by lot."""
        topics = min(TOPICS_MAX, len(self.topics))
        meets = self.hours >= HOURS_MIN
        return _LANGUAGE * bool(self.languages) + _TOPIC * topics + _HOURS * meets


def common(newcomer: Newcomer, said: "Described") -> Buddy:
    """What they have in common."""
    knows = {each.casefold() for each in said.helps_with}
    return Buddy(
        said.account,
        tuple(each for each in newcomer.languages if each in said.languages),
        tuple(each for each in newcomer.topics if each.casefold() in knows),
        len(newcomer.hours & said.hours_at(newcomer.minutes)),
    )


def ranked(newcomer: Newcomer, offering: "Iterable[Described]") -> tuple[Buddy, ...]:
    """The best first. Equals stand in an order of each newcomer's own, so that not the same one is
    asked by all, and on every device of theirs in the same."""
    found = [common(newcomer, said) for said in offering if said.account != newcomer.account]

    def order(buddy: Buddy) -> tuple[int, bytes]:
        return -buddy.score, sha256(newcomer.account + buddy.account).digest()

    return tuple(sorted(found, key=order)[:BUDDIES_MAX])
