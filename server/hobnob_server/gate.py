"""Who may connect: bounds on connections by address, before login and in all; waits for guessers.

Refusing must stay cheaper than asking, so everything here is a look into a small table.
"""

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from hobnob_protocol.ids import AccountId
from hobnob_server.clock import Clock
from hobnob_server.limits import (
    ADDRESSES_MAX,
    FLOOD_SECONDS,
    LOCKOUT_SECONDS,
    LOGIN_FAILURE_SECONDS,
    LOGIN_FAILURES_MAX,
)
from hobnob_server.settings import Config

UNIX: Final = "unix"
"""Stands for the address of who comes by a Unix socket."""
_IPV6_PREFIX: Final = 64


@dataclass(slots=True)
class Failures:
    """An address's failed logins since `since_ms`; it is turned away until `locked_until_ms`."""

    since_ms: int
    count: int = 0
    locked_until_ms: int = 0


class Gate:
    """Counts connections; an address is what `address_of` made of it."""

    def __init__(self, config: Config, clock: Clock) -> None:
        self._config = config
        self._clock = clock
        self._by_address: dict[str, int] = {}
        self._failures: OrderedDict[str, Failures] = OrderedDict()
        self._floods: OrderedDict[AccountId, int] = OrderedDict()
        """Until when an account is one that has flooded."""
        self.connections = 0
        self.before_login = 0

    def refuses(self, address: str) -> HTTPStatus | None:
        """Why nobody more may come from there now, or None."""
        config = self._config
        if self.connections >= config.connections_max:
            return HTTPStatus.SERVICE_UNAVAILABLE
        if self.before_login >= config.connections_before_login:
            return HTTPStatus.SERVICE_UNAVAILABLE
        return self.refuses_address(address)

    def refuses_address(self, address: str) -> HTTPStatus | None:
        """... for reasons of the address alone."""
        if self.is_trusted(address):
            return None
        failures = self._failures.get(address)
        if failures is not None and self._clock.monotonic_ms() < failures.locked_until_ms:
            return HTTPStatus.TOO_MANY_REQUESTS
        if self._by_address.get(address, 0) >= self._config.connections_per_address:
            return HTTPStatus.TOO_MANY_REQUESTS
        return None

    def is_trusted(self, address: str) -> bool:
        """Is it a proxy's, who stands for many?"""
        return address in self._config.proxies

    def enter(self, address: str) -> None:
        """A connection is there."""
        self.connections += 1
        self.before_login += 1
        self._by_address[address] = self._by_address.get(address, 0) + 1

    def move(self, address: str, real: str) -> None:
        """A proxy has said for whom a connection is."""
        self._leave_address(address)
        self._by_address[real] = self._by_address.get(real, 0) + 1

    def logged_in(self) -> None:
        """A connection is a stranger's no more."""
        self.before_login -= 1

    def leave(self, address: str, *, logged_in: bool) -> None:
        """A connection is over."""
        self.connections -= 1
        if not logged_in:
            self.before_login -= 1
        self._leave_address(address)

    def _leave_address(self, address: str) -> None:
        left = self._by_address[address] - 1
        if left:
            self._by_address[address] = left
        else:
            del self._by_address[address]

    def flooded(self, account: AccountId) -> None:
        """A connection of this account was cut off for too many frames."""
        self._floods.pop(account, None)
        self._floods[account] = self._clock.monotonic_ms() + int(FLOOD_SECONDS * 1_000)
        if len(self._floods) > ADDRESSES_MAX:
            self._floods.popitem(last=False)

    def has_flooded(self, account: AccountId) -> bool:
        """Was one, a short while ago? The account pays for it, not who shares its address."""
        return self._clock.monotonic_ms() < self._floods.get(account, 0)

    def login_failed(self, address: str) -> None:
        """Somebody there could not prove who they are. Whoever shares this machine, or comes by a
        proxy that does not say from where, is not made to pay for it."""
        if is_local(address) or self.is_trusted(address):
            return
        now_ms = self._clock.monotonic_ms()
        found = self._failures.pop(address, None)
        if found is None or now_ms - found.since_ms > LOGIN_FAILURE_SECONDS * 1_000:
            found = Failures(now_ms)
        found.count += 1
        if found.count >= LOGIN_FAILURES_MAX:
            found.locked_until_ms = now_ms + int(LOCKOUT_SECONDS * 1_000)
        self._failures[address] = found
        if len(self._failures) > ADDRESSES_MAX:
            self._failures.popitem(last=False)


def address_of(host: str) -> str:
    """What is counted as one address: of IPv6 a /64, which is one household's."""
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return UNIX
    if found.version == 4:
        return str(found)
    mapped = found.ipv4_mapped
    if mapped is not None:
        return str(mapped)
    return str(ipaddress.ip_network((found, _IPV6_PREFIX), strict=False))


def is_local(address: str) -> bool:
    """Is it this machine?"""
    if address == UNIX:
        return True
    return ipaddress.ip_network(address).is_loopback


def forwarded(header: str) -> str:
    """The address that the nearest proxy saw: the last one, for all before it anybody can write."""
    return address_of(header.rpartition(",")[2].strip())
