"""Whom rules would have shown, and what that comes to."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from hobnob.preview.replay import Question
from hobnob_client.match.price import Price, worth
from hobnob_client.match.rules import Rules
from hobnob_client.match.scoring import chance, two_sided
from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import LOAD_WEEK_MS, SHOWN_AT_ONCE
from hobnob_protocol.value import value
from hobnob_server.engines.load.person import limits_of
from hobnob_server.past.reading import Past, Taker

BUSIEST: Final = 10
_WELCOME: Final = 1.0
"""Nothing is known of the other side of a question that was asked in a channel."""


@value
class Figures:
    """`hits` questions were shown somebody who answered; `busiest` is the share of all shows that
    ten people have; `at_cap` were shown as often as they allow in some week; `never` take requests
    and were shown in none of the questions."""

    questions: int
    hits: int
    shows: int
    shown: int
    busiest: float
    at_cap: int
    never: int

    @property
    def hit_rate(self) -> float:
        """0 to 1."""
        return self.hits / max(1, self.questions)


def figures(past: Past, asked: Sequence[Question], rules: Rules) -> Figures:
    """By the price of each, in order of time, nobody above what they take in any seven days."""
    takes = {who: _limit(taker, rules) for who, taker in past.takers.items()}
    recent: defaultdict[AccountId, list[int]] = defaultdict(list)
    prices: defaultdict[AccountId, Price] = defaultdict(Price)
    shows: Counter[AccountId] = Counter()
    full: set[AccountId] = set()
    hits = 0
    for question in asked:
        now_ms = question.at_ms
        ranked = list[tuple[float, AccountId]]()
        for who, row in question.candidates:
            while recent[who] and now_ms - recent[who][0] >= LOAD_WEEK_MS:
                recent[who].pop(0)
            if len(recent[who]) < takes[who]:
                score = two_sided(chance(rules.weights, row), _WELCOME)
                ranked.append((-worth(score, prices[who].now(now_ms)), who))
        three = [who for _, who in sorted(ranked)[:SHOWN_AT_ONCE]]
        hits += not question.answered_by.isdisjoint(three)
        for who in three:
            shows[who] += 1
            recent[who].append(now_ms)
            if len(recent[who]) >= takes[who]:
                full.add(who)
            if rules.step:
                prices[who] = prices[who].after_show(takes[who], now_ms, rules.step)
    busiest = sum(count for _, count in shows.most_common(BUSIEST)) / max(1, shows.total())
    never = sum(1 for who, most in takes.items() if most and not shows[who])
    return Figures(len(asked), hits, shows.total(), len(shows), busiest, len(full), never)


def _limit(taker: Taker, rules: Rules) -> int:
    """Shows a week."""
    asks = taker.limits.asks if taker.chose else rules.default_requests
    return limits_of(min(asks, rules.most_requests)).shows
