"""When a board that is looked at is older than what counts, as the hub counts a little later than
it tells what was said."""

from collections.abc import Callable

from hobnob_client.recognition.limits import AGAIN_SECONDS, COUNTED_SECONDS


class Recounting:
    """`seconds` is a clock that never goes back."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._heard = -COUNTED_SECONDS
        self._asked = 0.0

    def hear(self) -> None:
        """Something has come that may count."""
        self._heard = self._seconds()

    def ask(self) -> None:
        """The hub is asked now."""
        self._asked = self._seconds()

    @property
    def due_seconds(self) -> float | None:
        """In how many seconds it is to be asked again; None where its answer has all that came."""
        if self._asked - self._heard >= COUNTED_SECONDS:
            return None
        return max(0.0, self._asked + AGAIN_SECONDS - self._seconds())
