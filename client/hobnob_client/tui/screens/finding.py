"""What takes a search is worked out beside the screen, on a thread of its own, and let go of."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, TypeVar

from hobnob_client.catalogue import later, t
from hobnob_client.reading.beside import Beside
from hobnob_protocol.errors import WorldError

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

T = TypeVar("T")

CANNOT_READ: Final = later("The replica cannot be read just now.")


async def found(screen: "MainScreen", ask: Callable[[Beside], Awaitable[T]]) -> T | None:
    """What `ask` finds; None where the replica cannot be read, which is told."""
    beside = screen.engine.beside(screen.zone, lambda: screen.today)
    try:
        return await ask(beside)
    except WorldError:
        screen.tell(t(CANNOT_READ))
        return None
    finally:
        beside.close()
