"""A week after a week of people who need somebody: races, copies, devices that were offline.

Everything is drawn from one seed; the times are virtual. Devices rank by fame, so the famous few
are wanted by all at once, which is where a limit would break.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import Final, TypeAlias

from hobnob_protocol.ids import AccountId, DeviceId, TargetId
from hobnob_server.engines.load.commands import Ask, Choose, Command, Do, Show, Showed
from hobnob_server.engines.load.person import CLOSED, Limits
from hobnob_server.engines.load.request import Act

HOUR_MS: Final = 3_600_000
PEOPLE: Final = 1_500
ASKERS: Final = 3_000
BETWEEN_MS: Final = 30_000
"""Some 3,000 needs a day: 7 a week from each."""
Post: TypeAlias = Callable[[Command], None]


def account(number: int) -> AccountId:
    """The n-th account; the first `PEOPLE` may be asked."""
    return AccountId(number.to_bytes(20, "big"))


@dataclass(slots=True)
class World:
    """What is on its way to the hub, in order of arrival."""

    random: Random
    now_ms: int = 1_700_000_000_000
    under_way: list[tuple[int, int, Command]] = field(
        default_factory=list[tuple[int, int, Command]]
    )
    made: int = 0
    """Requests by now."""
    open_requests: list[Ask] = field(default_factory=list[Ask])
    expired: list[Ask] = field(default_factory=list[Ask])
    """Some that nobody answered: the next person is offered."""
    _sent: int = 0
    _fame: list[float] = field(
        default_factory=lambda: list(accumulate(1 / (n + 30) for n in range(PEOPLE)))
    )

    def begin(self) -> None:
        """Everybody chooses their limits; a few take none, a few the most."""
        for number in range(PEOPLE):
            self.send(Choose(account(number), self._limits()), 0)

    def goes_on(self) -> None:
        """Something happens, and what it makes people say is under way."""
        self.now_ms += int(self.random.expovariate(1 / BETWEEN_MS))
        drawn = self.random.random()
        if drawn < 0.70:
            self._asks_online()
        elif drawn < 0.85:
            self._was_offline()
        elif drawn < 0.88:
            limits = CLOSED if self.random.random() < 0.2 else self._limits()
            self.send(Choose(account(self._person()), limits), self._soon())
        elif drawn < 0.90 and self.expired:
            before = self.expired.pop(self.random.randrange(len(self.expired)))
            self._ask(before.asker, account(self._person()), self._soon(), before.request)
        elif self.open_requests:
            self._answers()

    def arrived(self) -> Iterator[Command]:
        """What reaches the hub by now, in order."""
        while self.under_way and self.under_way[0][0] <= self.now_ms:
            yield heapq.heappop(self.under_way)[2]

    def send(self, command: Command, delay_ms: int) -> None:
        """It arrives later; one in fifty arrives once more, some time."""
        for _ in range(2 if self.random.random() < 0.02 else 1):
            self._sent += 1
            heapq.heappush(self.under_way, (self.now_ms + delay_ms, self._sent, command))
            delay_ms += self._soon()

    def _asks_online(self) -> None:
        asker = self._asker()
        people = tuple(account(self._person()) for _ in range(12))
        self.send(Show(asker, people), delay := self._soon())
        for person in people[: self.random.choice((1, 1, 1, 2, 3))]:
            self._ask(asker, person, delay + self._soon())

    def _was_offline(self) -> None:
        """A device comes back and says all it did, as many do in the same minute."""
        asker = self._asker()
        delay = self.random.randrange(60) * HOUR_MS // 10
        people = tuple(account(self._person()) for _ in range(self.random.randint(1, 9)))
        device = DeviceId(asker[13:20] + bytes([self.random.randrange(2)]))
        self.send(Showed(asker, device, people), delay)
        for person in people[: self.random.randint(0, 3)]:
            self._ask(asker, person, delay)

    def _ask(
        self, asker: AccountId, asked: AccountId, delay_ms: int, follows: TargetId | None = None
    ) -> None:
        self.made += 1
        ask = Ask(TargetId(self.made.to_bytes(16, "big")), asker, asked, follows)
        self.send(ask, delay_ms)
        self.open_requests.append(ask)
        if len(self.open_requests) > 500:
            self.expired = [*self.expired[-100:], self.open_requests.pop(0)]

    def _answers(self) -> None:
        ask = self.random.choice(self.open_requests)
        act = self.random.choice(tuple(Act))
        self.send(Do(ask.request, self.random.choice((ask.asker, ask.asked)), act), self._soon())

    def _limits(self) -> Limits:
        asks = self.random.choice((0, 1, 2, 5, 5, 5, 5, 10, 30))
        return Limits(asks, self.random.choice((asks, min(30, 2 * asks), 10, 0)))

    def _person(self) -> int:
        return self.random.choices(range(PEOPLE), cum_weights=self._fame)[0]

    def _asker(self) -> AccountId:
        return account(self.random.randrange(PEOPLE // 2, PEOPLE // 2 + ASKERS))

    def _soon(self) -> int:
        return int(self.random.expovariate(1 / 60_000))
