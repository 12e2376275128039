"""What is worked out beside the screen waits until it is let go: what keys do meanwhile is seen."""

import asyncio
from collections.abc import Callable
from datetime import date, tzinfo
from typing import Any, TypeVar, cast

from hobnob_client.engine import Engine
from hobnob_client.reading.beside import Beside
from hobnob_client.reading.finder import Finder
from tests.stories.screens import Sitting

T = TypeVar("T")


class Held:
    """The engine of a screen, in all but its searches; `go` lets those begin."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.go = asyncio.Event()
        self.asked = self.answered = 0
        """Searches that were begun, and that have ended."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def beside(self, zone: tzinfo, today: Callable[[], date]) -> Beside:
        """As the engine's, but that it waits."""
        return cast("Beside", _Waiting(self, self._engine.beside(zone, today)))


class _Waiting:
    def __init__(self, held: Held, beside: Beside) -> None:
        self._held = held
        self._beside = beside

    async def ask(self, question: Callable[[Finder], T]) -> T:
        self._held.asked += 1
        await self._held.go.wait()
        answer = await self._beside.ask(question)
        self._held.answered += 1
        return answer

    def close(self) -> None:
        self._beside.close()


def hold(sitting: Sitting) -> Held:
    """From now on, of this screen."""
    held = Held(sitting.screen.engine)
    sitting.screen.engine = cast("Engine", held)
    return held
