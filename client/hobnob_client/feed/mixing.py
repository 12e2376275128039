"""What stands beside each other: not one channel, not one person, not only announcements.

Maximal marginal relevance on the logit: at each place the thread is taken whose logit, less what
stands above it already of its channel and of whoever began it, is largest. The last place of each
page is for a thread to be found out about, where there is one: begun by somebody new, unanswered.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Final

from hobnob_client.feed.scoring import Scored
from hobnob_client.feed.talk import Name, Talk
from hobnob_client.logistic import logit_of

CHANNEL_COST: Final = 0.1
PERSON_COST: Final = 0.2
"""Logits for each thread of the same among the nine above; what it costs in nDCG@10 is a row of
`make evaluate`."""
PAGE: Final = 10
"""Rows of which one may be an announcement, and one is there to be found out about."""
LOOKED_AT: Final = 40
"""So many of the best are compared for a place: a screen shows fewer."""
MIXED_MAX: Final = 50
"""Places that are mixed; below them nobody compares, but announcements keep their distance."""


def mix(scored: Sequence[Scored], draw: int) -> list[tuple[Scored, bool]]:
    """All of them again, and of each whether it is there to be found out about.

    `scored` has the best first, and none with probability 0. `draw` decides who is found out about.
    """
    rest = dict(enumerate(scored))
    places = {id(one): place for place, one in rest.items()}
    logits = {id(one): logit_of(one.probability) for one in scored}
    new = sorted(
        (one for one in scored if _waits(one.talk)), key=lambda one: _drawn(one.talk, draw)
    )
    chosen: list[tuple[Scored, bool]] = []
    while rest:
        found = None
        if len(chosen) % PAGE == PAGE - 1:
            found = next((one for one in new if places[id(one)] in rest), None)
        one = found or _next(rest.values(), chosen, logits)
        del rest[places[id(one)]]
        chosen.append((one, found is not None))
    return chosen


def _next(
    rest: Collection[Scored], chosen: Sequence[tuple[Scored, bool]], logits: dict[int, float]
) -> Scored:
    page = [one.talk for one, _ in chosen[-(PAGE - 1) :]]
    announced = any(talk.announcement for talk in page)
    free = (one for one in rest if not (announced and one.talk.announcement))
    allowed = list(islice(free, LOOKED_AT if len(chosen) < MIXED_MAX else 1))
    # Where nothing else is left, announcements follow each other.
    if len(allowed) < 2:
        return allowed[0] if allowed else next(iter(rest))
    channels = Counter(talk.channel for talk in page)
    people = Counter(talk.begun_by for talk in page if talk.begun_by is not None)
    return max(allowed, key=lambda one: logits[id(one)] - _cost(one.talk, channels, people))


def _cost(talk: Talk, channels: Counter[Name], people: Counter[Name]) -> float:
    by = people[talk.begun_by] if talk.begun_by is not None else 0
    return CHANNEL_COST * channels[talk.channel] + PERSON_COST * by


def _waits(talk: Talk) -> bool:
    return talk.newcomer and talk.unanswered and not talk.own and not talk.announcement


def _drawn(talk: Talk, draw: int) -> bytes:
    """Chance that is the same on every look: by a hash of the thread and the draw."""
    return blake2b(f"{draw} {talk.key!r}".encode(), digest_size=8).digest()
