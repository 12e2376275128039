"""Somebody who presses keys, on a clock that goes on while others sleep."""

from hobnob_client.tui.pressing import Pressing


class Presser:
    """Keys are pressed at the times given, in seconds from the beginning on."""

    def __init__(self, keys: tuple[float, ...] = ()) -> None:
        self.now = 100.0
        self._keys = [100.0 + key for key in keys]
        self.pressing = Pressing(lambda: self.now, self._sleep)

    async def _sleep(self, seconds: float) -> None:
        end = self.now + seconds
        while self._keys and self._keys[0] <= end:
            self.now = self._keys.pop(0)
            self.pressing.hear()
        self.now = end
