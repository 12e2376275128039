"""What costs much waits until nobody waits for the screen, and not for ever."""

import asyncio

from hobnob_client.tui.calm import CALM_SECONDS, CALM_SECONDS_MAX, Calm
from hobnob_client.tui.pressing import Pressing
from tests.client.tui.presser import Presser


class _Day(Presser):
    """From the first picture on somebody presses keys, at the times given."""

    def __init__(self, keys: tuple[float, ...] = ()) -> None:
        super().__init__(keys)
        self.calm = Calm(self.pressing, CALM_SECONDS)

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
    day.pressing.hear()
    before = day.now
    asyncio.run(day.calm.come())
    assert day.now == before


def test_nothing_begins_before_the_first_picture() -> None:
    """However long that takes, and with no time to wait afterwards either."""

    async def run() -> None:
        calm = Calm(Pressing())
        waiting = asyncio.create_task(calm.come())
        await asyncio.sleep(0)
        assert not waiting.done()
        calm.stand()
        await waiting

    asyncio.run(run())
