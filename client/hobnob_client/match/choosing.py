"""Three people: ranked by score and price, within what each still takes."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Final, Generic, TypeVar

from hobnob_client.match.library import Hit
from hobnob_client.match.price import NO_PRICE, Price, worth
from hobnob_client.match.scoring import Term, two_sided
from hobnob_protocol.limits import ASKS_DEFAULT, SHOWN_AT_ONCE, SHOWS_DEFAULT

Who = TypeVar("Who", bound=Hashable)
What = TypeVar("What", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Load:
    """What the hub last said of somebody's week."""

    shows: int = SHOWS_DEFAULT
    """Shows a week they chose: 0 to 30."""
    asks_free: int = ASKS_DEFAULT
    shows_free: int = SHOWS_DEFAULT
    price: Price = NO_PRICE


UNTOUCHED: Final = Load()


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Who, What]):
    """One who has consented to being proposed, for one need."""

    person: Who
    p: float
    """How likely they answer it (`scoring.chance`)."""
    q: float
    """How welcome it is to them (`scoring.welcome`)."""
    lines: tuple[Hit[Who, What], ...]
    """Their evidence; nobody is proposed without."""
    load: Load = UNTOUCHED
    terms: tuple[Term, ...] = field(default=(), compare=False)

    @property
    def score(self) -> float:
        """s = √(p·q)."""
        return two_sided(self.p, self.q)


@dataclass(frozen=True, slots=True)
class Proposal(Generic[Who, What]):
    """One of the three, with all that their place came from."""

    person: Who
    score: float
    """After what the wizard was told, 0 to 1."""
    price: float
    p: float
    q: float
    lines: tuple[Hit[Who, What], ...]
    load: Load
    terms: tuple[Term, ...] = field(default=(), compare=False)

    @property
    def value(self) -> float:
        """By which they are ranked."""
        return worth(self.score, self.price)


def proposal(
    candidate: Candidate[Who, What], now_ms: int, fit: float = 1.0
) -> Proposal[Who, What] | None:
    """What a candidate is worth now; None for one who takes no more, or has no evidence. `fit` (0
    to 1) is how well they fit what the wizard was told."""
    load = candidate.load
    if load.asks_free <= 0 or load.shows_free <= 0 or not candidate.lines:
        return None
    price = load.price.now(now_ms)
    score = candidate.score * fit
    return Proposal(
        candidate.person,
        score,
        price,
        candidate.p,
        candidate.q,
        candidate.lines,
        load,
        candidate.terms,
    )


def best(
    proposals: Iterable[Proposal[Who, What]], most: int = SHOWN_AT_ONCE
) -> list[Proposal[Who, What]]:
    """The best, at most so many, best first; of equals the one named first."""
    numbered = enumerate(proposals)
    found = nlargest(most, numbered, key=lambda pair: (pair[1].value, -pair[0]))
    return [each for _, each in found]
