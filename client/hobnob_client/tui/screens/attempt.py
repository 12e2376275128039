"""What is done beside the keys and may fail: that is told in words, until somebody has read it."""

from collections.abc import Awaitable, Generator
from contextlib import contextmanager
from typing import Any

from textual.screen import Screen

from hobnob_client import term_safe
from hobnob_client.catalogue import t
from hobnob_client.tui.failing import words
from hobnob_client.tui.safe_app import TOLD_SECONDS
from hobnob_protocol.errors import HobnobError


@contextmanager
def telling(screen: Screen[Any]) -> Generator[None]:
    """A HobnobError within is told on the screen, and so is an OSError of a file to be written."""
    try:
        yield
    except HobnobError as failed:
        warn(screen, words(failed))
    except OSError as failed:
        warn(screen, t("Nothing was written: {why}.", why=failed.strerror or failed))


def attempt(screen: Screen[None], work: Awaitable[None]) -> None:
    """Do it beside the screen's keys; tell a HobnobError, or an OSError of a file to be written."""

    async def told() -> None:
        with telling(screen):
            await work

    screen.run_worker(told())


def warn(screen: Screen[Any], text: str) -> None:
    """Say what went wrong; others may have written some of it."""
    screen.notify(term_safe.line(text), severity="error", markup=False, timeout=TOLD_SECONDS)
