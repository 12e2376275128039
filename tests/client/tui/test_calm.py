"""What costs much waits until nobody waits for the screen, and not for ever."""

import asyncio

from hobnob_client.tui.calm import (
    BEHIND_KEYS_MAX,
    CALM_SECONDS,
    CALM_SECONDS_MAX,
    KEY_SECONDS,
    Calm,
)


class _Day:
    """A clock that goes on while somebody sleeps; keys are pressed at the times given."""

    def __init__(self, keys: tuple[float, ...] = ()) -> None:
        self.now = 100.0
        self._keys = [100.0 + key for key in keys]
        self.calm = Calm(CALM_SECONDS, lambda: self.now, self._sleep)

    async def _sleep(self, seconds: float) -> None:
        end = self.now + seconds
        while self._keys and self._keys[0] <= end:
            self.now = self._keys.pop(0)
            self.calm.hear()
        self.now = end

    def came(self) -> float:
        """How long after the first picture it came."""
        began = self.now
        self.calm.stand()
        asyncio.run(self.calm.come())
        return self.now - began


def test_it_comes_when_nobody_presses_a_key() -> None:
    """A moment after the first picture."""
    assert round(_Day().came(), 6) == CALM_SECONDS


def test_a_key_puts_it_off() -> None:
    """Whoever has pressed one waits for what it does."""
    assert round(_Day((0.1, 0.25)).came(), 6) == round(0.25 + CALM_SECONDS, 6)


def test_who_writes_from_the_first_moment_on_has_it_all_the_same() -> None:
    """It is put off so long, and no longer."""
    keys = tuple(nth / 10 for nth in range(100))
    assert round(_Day(keys).came(), 6) == CALM_SECONDS_MAX


def test_it_stays() -> None:
    """Later keys put off nothing any more."""
    day = _Day()
    day.came()
    day.calm.hear()
    before = day.now
    asyncio.run(day.calm.come())
    assert day.now == before


def test_nothing_begins_before_the_first_picture() -> None:
    """However long that takes, and with no time to wait afterwards either."""

    async def run() -> None:
        calm = Calm()
        waiting = asyncio.create_task(calm.come())
        await asyncio.sleep(0)
        assert not waiting.done()
        calm.stand()
        await waiting

    asyncio.run(run())


def test_it_tells_how_long_nobody_has_pressed_a_key() -> None:
    """From the first picture on, or from the last key."""
    day = _Day()
    day.calm.stand()
    day.now += 3
    assert day.calm.quiet_seconds == 3
    day.calm.hear()
    day.now += 1
    assert day.calm.quiet_seconds == 1


def test_what_comes_lets_a_key_go_first() -> None:
    """Until that is drawn; where nobody presses one it waits for nothing."""
    day = _Day()
    day.calm.stand()
    day.now += 1
    asyncio.run(day.calm.behind_keys())
    assert day.now == 101
    day.calm.hear()
    asyncio.run(day.calm.behind_keys())
    assert round(day.now, 6) == 101 + KEY_SECONDS


def test_keys_without_end_do_not_keep_it_for_ever() -> None:
    """As where one is held down."""
    day = _Day(tuple(nth / 50 for nth in range(100)))
    day.calm.stand()
    asyncio.run(day.calm.behind_keys())
    assert day.now <= 100 + BEHIND_KEYS_MAX * KEY_SECONDS
