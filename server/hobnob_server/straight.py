"""One frame to many sockets: whose bytes may go straight there, as one list of files.

With a thousand of them, whatever else is touched is fetched from memory anew each time. So it is
one list that `Writes` walks; it is made anew only when somebody comes, goes or falls behind.
"""

from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from hobnob_server.writes import Writes


class Straight:
    """Those of `conns` to whom frames may go straight, by the `files` of all such connections; the
    others are `apart`, and both are `everybody`."""

    def __init__(self, conns: Sequence[int], files: Mapping[int, int], writes: Writes) -> None:
        self.everybody: Final = frozenset(conns)
        self.apart: Final = [conn for conn in conns if conn not in files]
        self._writes: Final = writes
        self._conns: Final = [conn for conn in conns if conn in files]
        self._files: Final = array("i", [files[conn] for conn in self._conns])
        self._places: Final = {conn: place for place, conn in enumerate(self._conns)}

    def write(
        self, data: bytes, without: Collection[int], write_rest: Callable[[int, int], None]
    ) -> None:
        """Write to all of them but some; who did not take all goes to `write_rest`, with how many
        bytes it took: of an error none, as the transport meets the same and knows what follows."""
        files = self._files[: len(self._files) - self._put_last(without)]
        for place, taken in self._writes(files, data):
            write_rest(self._conns[place], taken)

    def _put_last(self, some: Collection[int]) -> int:
        """Let some of them be the last of all; how many they are. Who was it before, as a member is
        who says one thing after another, is there already."""
        files, conns, places = self._files, self._conns, self._places
        last = len(files)
        for conn in some:
            place = places.get(conn)
            if place is not None:
                last -= 1
                other = conns[last]
                conns[last], conns[place] = conn, other
                files[last], files[place] = files[place], files[last]
                places[conn], places[other] = last, place
        return len(files) - last
