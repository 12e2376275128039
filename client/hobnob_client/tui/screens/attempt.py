"""What is done beside the keys and may fail: that is told in words, until somebody has read it."""

from collections.abc import Awaitable
from typing import Final

from textual.screen import Screen

from hobnob_client import term_safe
from hobnob_client.catalogue import t
from hobnob_protocol.errors import HobnobError

TOLD_SECONDS: Final = 15
"""What went wrong takes longer to read than what was done."""


def attempt(screen: Screen[None], work: Awaitable[None]) -> None:
    """Do it beside the screen's keys; tell a HobnobError, or an OSError of a file to be written."""

    async def told() -> None:
        try:
            await work
        except HobnobError as failed:
            warn(screen, str(failed))
        except OSError as failed:
            warn(screen, t("Nothing was written: {why}.", why=failed.strerror or failed))

    screen.run_worker(told())


def warn(screen: Screen[None], text: str) -> None:
    """Say what went wrong; others may have written some of it."""
    screen.notify(term_safe.line(text), severity="error", markup=False, timeout=TOLD_SECONDS)
