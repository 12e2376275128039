"""What takes a search is worked out beside the screen, on a thread of its own, and let go of."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from hobnob_client.catalogue import later, t
from hobnob_client.reading.beside import Beside
from hobnob_protocol.errors import WorldError

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

CANNOT_READ: Final = later("The replica cannot be read just now.")


@asynccontextmanager
async def finding(screen: "MainScreen") -> AsyncGenerator[Beside]:
    """Whom to ask. That the replica cannot be read is told, and what is asked for within ends
    there."""
    beside = screen.engine.beside(screen.zone, lambda: screen.today)
    try:
        yield beside
    except WorldError:
        screen.tell(t(CANNOT_READ))
    finally:
        beside.close()
