"""What must hold of the ledger, counted anew from what it answered and by nothing of its own."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from hobnob_protocol.ids import AccountId, DeviceId, TargetId
from hobnob_server.engines.load.commands import (
    Answer,
    Ask,
    Choose,
    Command,
    Counted,
    Reserved,
    Settled,
    Show,
    Showed,
)
from hobnob_server.engines.load.person import CLOSED, Limits

WEEK_MS: Final = 7 * 24 * 3_600_000
LEASE: Final = 6


@dataclass(slots=True)
class Oracle:
    """Counts what was committed; `breaches` name what must not be."""

    breaches: list[str] = field(default_factory=list[str])
    asks: int = 0
    refused: int = 0
    at_limit: int = 0
    """Asks that took the last that somebody gave: the corner that matters."""
    shows: int = 0
    offline_shows: int = 0
    _limits: dict[AccountId, Limits] = field(default_factory=dict[AccountId, Limits])
    _asked: dict[AccountId, list[int]] = field(default_factory=lambda: defaultdict(list[int]))
    _shown: dict[AccountId, list[int]] = field(default_factory=lambda: defaultdict(list[int]))
    _seen: dict[tuple[AccountId, AccountId], int] = field(
        default_factory=dict[tuple[AccountId, AccountId], int]
    )
    _leased: dict[DeviceId, list[int]] = field(default_factory=lambda: defaultdict(list[int]))
    _settled: set[TargetId] = field(default_factory=set[TargetId])

    def committed(self, command: Command, answer: Answer, now_ms: int) -> None:
        """This was answered, and what it changed is on disk."""
        match command, answer:
            case Choose(person, limits), _:
                self._limits[person] = limits
            case Ask(), Settled():
                self._ask(command, now_ms)
            case Ask(), _:
                self.refused += 1
            case Show(asker), Reserved(people):
                for person, _ in people:
                    self._show(asker, person, now_ms)
            case Showed(asker, device, people), Counted(shows):
                self._offline(asker, device, people, shows, now_ms)
            case _:
                pass

    def _ask(self, ask: Ask, now_ms: int) -> None:
        if ask.request in self._settled:
            return
        self._settled.add(ask.request)
        self.asks += 1
        limit = self._limits.get(ask.asked, CLOSED).asks
        count = _counted(self._asked[ask.asked], now_ms)
        self.at_limit += count == limit
        if count > limit:
            self.breaches.append(f"{ask.asked.hex()[-4:]} was asked {count} times of {limit}")

    def _show(self, asker: AccountId, person: AccountId, now_ms: int) -> None:
        limits = self._limits.get(person, CLOSED)
        if limits.asks == 0 or limits.shows == 0:
            self.breaches.append(f"{person.hex()[-4:]} was shown and takes no requests or shows")
        if self._new(asker, person, now_ms):
            self.shows += 1
            count = _counted(self._shown[person], now_ms)
            if count > limits.shows:
                self.breaches.append(f"{person.hex()[-4:]} was shown {count} of {limits.shows}")

    def _offline(
        self,
        asker: AccountId,
        device: DeviceId,
        people: tuple[AccountId, ...],
        shows: int,
        now_ms: int,
    ) -> None:
        new = [each for each in dict.fromkeys(people[:LEASE]) if each != asker]
        new = [each for each in new if now_ms - self._seen.get((asker, each), 0) >= WEEK_MS]
        for person in new[:shows]:
            self._new(asker, person, now_ms)
            _counted(self._shown[person], now_ms)
            if _counted(self._leased[device], now_ms) > LEASE:
                self.breaches.append(f"device {device.hex()} showed more than its lease")
        self.offline_shows += shows

    def _new(self, asker: AccountId, person: AccountId, now_ms: int) -> bool:
        new = now_ms - self._seen.get((asker, person), 0) >= WEEK_MS
        if new:
            self._seen[asker, person] = now_ms
        return new


def _counted(times: list[int], now_ms: int) -> int:
    """Once more, now; how often in the seven days that end now."""
    times.append(now_ms)
    return len(times) - bisect_right(times, now_ms - WEEK_MS)
