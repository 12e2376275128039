"""Who may connect, counted by address."""

from http import HTTPStatus

import pytest

from hobnob_protocol.ids import AccountId
from hobnob_server.gate import UNIX, Gate, address_of, forwarded
from hobnob_server.limits import (
    ADDRESSES_MAX,
    FLOOD_SECONDS,
    LOCKOUT_SECONDS,
    LOGIN_FAILURE_SECONDS,
    LOGIN_FAILURES_MAX,
)
from hobnob_server.settings import Config
from tests.stories.waiting import TestClock

HOME = "203.0.113.7"


def gate(clock: TestClock | None = None, **settings: int) -> Gate:
    """A gate with some bounds."""
    return Gate(Config(proxies=("10.0.0.1",), **settings), clock or TestClock())  # type: ignore[arg-type]  # Integers are what these settings are.


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("", UNIX),
        ("not an address", UNIX),
    ],
)
def test_what_counts_as_one_address(host: str, address: str) -> None:
    """Of IPv6 a /64, which one household has; IPv4 in IPv6 is IPv4."""
    assert address_of(host) == address


def test_the_nearest_proxys_word_counts() -> None:
    """What stands before it, the client may have written itself."""
    assert forwarded("6.6.6.6, 203.0.113.7") == HOME
    assert forwarded(HOME) == HOME


def test_bounds_in_all_before_login_and_by_address() -> None:
    """Each has its answer; who leaves makes room."""
    door = gate(connections_max=3, connections_before_login=2, connections_per_address=1)
    door.enter(HOME)
    assert door.refuses(HOME) is HTTPStatus.TOO_MANY_REQUESTS
    assert door.refuses("203.0.113.8") is None
    door.enter("203.0.113.8")
    assert door.refuses("203.0.113.9") is HTTPStatus.SERVICE_UNAVAILABLE
    door.logged_in()
    assert door.refuses("203.0.113.9") is None
    door.enter("203.0.113.9")
    door.logged_in()
    assert door.refuses("203.0.113.10") is HTTPStatus.SERVICE_UNAVAILABLE
    door.leave(HOME, logged_in=True)
    assert door.refuses(HOME) is None
    assert (door.connections, door.before_login) == (2, 1)


def test_a_proxy_stands_for_many_until_it_says_for_whom() -> None:
    """Its own connections are not bounded by address; those it names are."""
    door = gate(connections_per_address=1)
    for _ in range(3):
        assert door.refuses("10.0.0.1") is None
        door.enter("10.0.0.1")
    door.move("10.0.0.1", HOME)
    assert door.refuses_address(HOME) is HTTPStatus.TOO_MANY_REQUESTS
    door.leave(HOME, logged_in=False)
    assert door.refuses_address(HOME) is None


def test_a_guesser_waits_and_nobody_else() -> None:
    """After ten failures in ten minutes the address is turned away for fifteen."""
    clock = TestClock()
    door = gate(clock)
    for _ in range(LOGIN_FAILURES_MAX - 1):
        door.login_failed(HOME)
    assert door.refuses(HOME) is None
    door.login_failed(HOME)
    assert door.refuses(HOME) is HTTPStatus.TOO_MANY_REQUESTS
    assert door.refuses("203.0.113.8") is None
    clock.move(LOCKOUT_SECONDS)
    assert door.refuses(HOME) is None


def test_old_failures_are_forgotten() -> None:
    """A few now and then are anybody's."""
    clock = TestClock()
    door = gate(clock)
    for _ in range(3 * LOGIN_FAILURES_MAX):
        door.login_failed(HOME)
        assert door.refuses(HOME) is None
        clock.move(LOGIN_FAILURE_SECONDS / (LOGIN_FAILURES_MAX - 2))


@pytest.mark.parametrize("address", [UNIX, "127.0.0.1", "10.0.0.1"])
def test_who_stands_for_others_is_never_turned_away(address: str) -> None:
    """This machine, and proxies."""
    door = gate()
    for _ in range(5 * LOGIN_FAILURES_MAX):
        door.login_failed(address)
    assert door.refuses(address) is None


def test_many_guessers_cost_little_memory() -> None:
    """The oldest are forgotten first."""
    door = gate()
    for _ in range(LOGIN_FAILURES_MAX):
        door.login_failed(HOME)
    for nth in range(ADDRESSES_MAX):
        door.login_failed(f"11.{nth >> 16 & 255}.{nth >> 8 & 255}.{nth & 255}")
    assert door.refuses(HOME) is None


def test_who_has_flooded_is_known_for_a_while() -> None:
    """Nobody else is; after it, or beyond a number of others, it is forgotten."""
    clock = TestClock()
    door = gate(clock)
    alice, bob = AccountId(b"a" * 20), AccountId(b"b" * 20)
    door.flooded(alice)
    assert (door.has_flooded(alice), door.has_flooded(bob)) == (True, False)
    clock.move(FLOOD_SECONDS - 1)
    door.flooded(bob)
    assert (door.has_flooded(alice), door.has_flooded(bob)) == (True, True)
    clock.move(1)
    assert (door.has_flooded(alice), door.has_flooded(bob)) == (False, True)
    for nth in range(ADDRESSES_MAX):
        door.flooded(AccountId(b"%020d" % nth))
    assert not door.has_flooded(bob)
