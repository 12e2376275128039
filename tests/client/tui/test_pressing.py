"""Whatever comes lets keys go first, and not for ever."""

import asyncio

from hobnob_client.tui.pressing import BEHIND_KEYS_MAX, KEY_SECONDS
from tests.client.tui.presser import Presser


def test_it_tells_how_long_nobody_has_pressed_a_key() -> None:
    """From the first picture on, or from the last key."""
    somebody = Presser()
    somebody.pressing.begin()
    somebody.now += 3
    assert somebody.pressing.quiet_seconds == 3
    somebody.pressing.hear()
    somebody.now += 1
    assert somebody.pressing.quiet_seconds == 1


def test_what_comes_lets_a_key_go_first() -> None:
    """Until that is drawn; where nobody presses one it waits for nothing."""
    somebody = Presser()
    somebody.pressing.begin()
    somebody.now += 1
    asyncio.run(somebody.pressing.behind_keys())
    assert somebody.now == 101
    somebody.pressing.hear()
    asyncio.run(somebody.pressing.behind_keys())
    assert round(somebody.now, 6) == 101 + KEY_SECONDS


def test_keys_without_end_do_not_keep_it_for_ever() -> None:
    """As where one is held down."""
    somebody = Presser(tuple(nth / 50 for nth in range(100)))
    somebody.pressing.begin()
    asyncio.run(somebody.pressing.behind_keys())
    assert somebody.now <= 100 + BEHIND_KEYS_MAX * KEY_SECONDS


def test_a_pause_comes_when_no_key_was_pressed_for_so_long() -> None:
    """However many are pressed before; where there is one already it is not waited for."""
    somebody = Presser((0.2, 0.4, 0.6))
    somebody.pressing.hear()
    asyncio.run(somebody.pressing.pause(0.5))
    assert round(somebody.now, 6) == 101.1
    asyncio.run(somebody.pressing.pause(0.5))
    assert round(somebody.now, 6) == 101.1
