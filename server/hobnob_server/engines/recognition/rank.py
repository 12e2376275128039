"""The kudos rank: how far thanks reach a member from people who are trusted.

PageRank that restarts at trusted members only (community reference §2.2):

    K(b) = (1 - d) r(b) + d (sum over a of K(a) w(a,b) / w(a) + D r(b))

where r is 1 by the number of the trusted, for them, w(a,b) the edge of gifts.py, w(a) all that a
gave and HELD_BACK, and D what was not given. So each giver has one voice to share out, and people
who thank only each other have none: whoever is thanked by nobody trusted, at however many removes,
has a rank of exactly 0.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from hobnob_server.engines.recognition.deeds import Person, Ref
from hobnob_server.engines.recognition.gifts import Graph

DAMPING: Final = 0.5
"""Half of what one has is passed on: a ring that duped somebody keeps little of it."""
HELD_BACK: Final = 3.0
"""Whoever has thanked once in their life does not give a whole voice by it, but a quarter. Without
it, ten who are duped into thanking one of a ring lift that one far up (tests/evaluation)."""
TOLERANCE: Final = 1e-12
"""Change of all ranks together at which they are settled."""
ROUNDS_MAX: Final = 200
"""Each round halves the change, so 40 are enough; a damping near 1 takes more."""


@dataclass(frozen=True, slots=True)
class Term:
    """A part of somebody's rank."""

    giver: Person | None
    """Who thanked them; None for what the trusted have by being trusted."""
    value: float
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Ranks:
    """All ranks above 0; their sum is 1, or 0 where nobody is trusted."""

    rank: Mapping[Person, float]
    received: Mapping[Person, float]
    """The part of it that came by thanks: what is left without one's own trust."""
    damping: float
    rounds: int
    graph: Graph
    trusted: frozenset[Person]

    def passed(self, giver: Person) -> dict[Person, float]:
        """What a giver's thanks bring to each of those they thanked, as far as it is anything."""
        voice, edges = self.rank.get(giver, 0.0), self.graph.get(giver, {})
        if not voice:
            return {}
        whole = _voice(edge.weight for edge in edges.values())
        return {to: self.damping * voice * edge.weight / whole for to, edge in edges.items()}

    def explain(self, person: Person) -> tuple[Term, ...]:
        """The terms of somebody's rank, the largest first; their sum is the rank."""
        terms = [
            Term(giver, self.passed(giver)[person], edges[person].refs)
            for giver, edges in self.graph.items()
            if person in edges and giver in self.rank
        ]
        terms.sort(key=lambda term: (-term.value, term.refs))
        own = self.rank.get(person, 0.0) - self.received.get(person, 0.0)
        return (*terms, Term(None, own, ())) if person in self.trusted else tuple(terms)


def ranked(graph: Graph, trusted: Collection[Person], damping: float = DAMPING) -> Ranks:
    """The ranks by this graph, with restarts at these members."""
    restart = {person: 1 / len(trusted) for person in sorted(trusted)}
    shares = {
        giver: _shares({to: edge.weight for to, edge in edges.items()})
        for giver, edges in graph.items()
    }
    # From the restart on: begun anywhere else, a closed ring would keep a residue.
    rank, received, rounds = dict(restart), dict[Person, float](), 0
    while rounds < ROUNDS_MAX:
        rounds += 1
        received, idle = _pass_on(rank, shares, damping)
        fresh = dict(received)
        for person, share in restart.items():
            fresh[person] = fresh.get(person, 0.0) + share * (1 - damping + damping * idle)
        change = sum(abs(value - rank.get(person, 0.0)) for person, value in fresh.items())
        rank = fresh
        if change < TOLERANCE:
            break
    return Ranks(rank, received, damping, rounds, graph, frozenset(trusted))


def _voice(weights: Iterable[float]) -> float:
    return sum(weights) + HELD_BACK


def _shares(weights: Mapping[Person, float]) -> list[tuple[Person, float]]:
    voice = _voice(weights.values())
    return [(person, weight / voice) for person, weight in weights.items()]


def _pass_on(
    rank: Mapping[Person, float],
    shares: Mapping[Person, list[tuple[Person, float]]],
    damping: float,
) -> tuple[dict[Person, float], float]:
    """What everybody receives in one round, and the rank that nobody was given."""
    received: dict[Person, float] = {}
    idle = 0.0
    for person, value in rank.items():
        held = 1.0
        for receiver, share in shares.get(person, ()):
            received[receiver] = received.get(receiver, 0.0) + damping * value * share
            held -= share
        idle += value * held
    return received, idle
