"""What cannot be taken back is said a moment later, so that `z` can still stop it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from hobnob_client.catalogue import t
from hobnob_client.tui.voice import REGRET_SECONDS
from hobnob_protocol.ids import TargetId

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen


def soon(
    screen: "MainScreen", target: TargetId, what: str, then: Callable[[], object] = lambda: None
) -> None:
    """Say what the voice has delayed about a message, unless that is undone first; tell `what`.
    `then` is done once that time is over, undone or not."""

    delayed = screen.voice.delayed.get(target)

    async def said() -> None:
        # Undone and done again, it has its own time.
        if screen.voice.delayed.get(target) is delayed:
            await screen.voice.say_delayed(target)
        then()

    def say() -> None:
        screen.run_worker(said())

    screen.set_timer(REGRET_SECONDS, say)
    screen.tell(
        t("{what} in {seconds} seconds; z undoes it.", what=what, seconds=f"{REGRET_SECONDS:.0f}"),
        REGRET_SECONDS,
    )
