"""What one is done with: kept, told, and brought back by `z`."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from hobnob_client.catalogue import t
from hobnob_client.tui.voice import Regret

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen


def done_with(
    screen: "MainScreen", keep: Callable[[], Awaitable[None]], back: Callable[[], object]
) -> None:
    """Something was marked as done: `keep` puts that on the disk, `back` takes the mark away."""

    async def undo() -> None:
        back()
        await keep()

    screen.run_worker(keep())
    screen.voice.regret = Regret(t("marking as done"), undo)
    screen.tell(t("Done with; z brings it back."))
