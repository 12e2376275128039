"""Links of which only one end knows that they are dead: each must be noticed in time (row 9)."""

from collections.abc import Mapping, Sequence
from typing import Final

from hobnob_protocol.limits import PING_SECONDS, PONG_SECONDS, SILENCE_SECONDS
from tests.simulation.network import Link, count
from tests.simulation.violation import Violation

LEAP_SECONDS: Final = PING_SECONDS
"""The clock of a world goes in leaps; a deadline may be missed by one."""
NOTICED_MS: Final = int((SILENCE_SECONDS + PONG_SECONDS + LEAP_SECONDS) * 1_000)
"""Until the hub has borne the silence and the client has asked once more, a link may look alive."""


class HalfOpen:
    """The links of a world that are dead in one direction or at one end, and since when."""

    def __init__(self, seen: dict[str, int]) -> None:
        self._seen = seen
        self._since: dict[int, tuple[Link, int]] = {}
        self._ticks: dict[int, int] = {}

    def begin(self, link: Link, now_ms: int) -> None:
        """From now on this link is dead somewhere."""
        self._since[link.number] = (link, now_ms)
        self._ticks[link.number] = 0

    def forget(self) -> None:
        """The network is whole again: what was dead may live."""
        self._since.clear()

    def check(self, hub: Mapping[int, Link], clients: Sequence[Link | None], now_ms: int) -> None:
        """After both ends have looked at the clock: is a link dead for long, and still in use?"""
        for number, (link, since_ms) in list(self._since.items()):
            at_client = any(found is link for found in clients)
            if number not in hub and not at_client:
                del self._since[number]
                count(self._seen, "half-open link noticed")
                continue
            # An end must have been asked at its deadlines, the last of them after the bound.
            self._ticks[number] += 1
            if now_ms > since_ms + NOTICED_MS and self._ticks[number] > 3:
                side = "hub" if number in hub else "client"
                raise Violation(f"row 9: the {side} took a dead link for alive for too long")
