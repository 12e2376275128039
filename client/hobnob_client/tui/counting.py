"""Which places of the list are counted, and which are still to be.

Counting what is unread costs some milliseconds a place: each is counted when there is time, and
again when something in it has changed that a count would tell.
"""

from dataclasses import replace
from typing import NamedTuple

from hobnob_client.reading import Place, Reader
from hobnob_client.reading.channels import UNREAD_MAX
from hobnob_protocol.ids import StreamId
from hobnob_sync.opened import is_conversation


class Extent(NamedTuple):
    """What of a stream is there to be counted."""

    lo: int
    hi: int
    head_seq: int


class Counting:
    """Of one list; it knows what was there when each place was counted last."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._waiting: dict[StreamId, None] = {}
        self._counted: dict[StreamId, Extent | None] = {}

    def forget(self) -> None:
        """Nothing is counted yet."""
        self._counted.clear()

    @property
    def left(self) -> int:
        """How many places are still to be counted."""
        return len(self._waiting)

    def wait(self, stream: StreamId) -> None:
        """A place is to be counted."""
        self._waiting[stream] = None

    def begin_next(self) -> StreamId | None:
        """The next that is to be counted, now; None where all are."""
        stream = next(iter(self._waiting), None)
        if stream is not None:
            del self._waiting[stream]
            self._counted[stream] = self._extent(stream)
        return stream

    def stands(self, stream: StreamId) -> bool:
        """Is a place counted, as it is now?"""
        counted = self._counted.get(stream)
        return stream not in self._waiting and counted == self._extent(stream)

    def changed(self, stream: StreamId, line: Place | None) -> None:
        """Something in a place is different, of which this was the line: is that to be counted?"""
        # What is sealed is held first and opened later, which no extent tells.
        if is_conversation(stream) or self._differs(stream, line):
            self.wait(stream)

    def _differs(self, stream: StreamId, line: Place | None) -> bool:
        now, before = self._extent(stream), self._counted.get(stream)
        if now is None or before is None:
            return now != before
        cursor = 0 if line is None or line.reading is None else line.reading.cursor.seq
        # What is counted one by one was there already: what has come since lies beyond it.
        return now != before and not (_reaches_beyond(before, cursor) and now.lo == before.lo)

    def kept(self, line: Place, old: Place | None) -> Place:
        """A line that was read again, with the hub's counts, as it is shown beside what it showed
        before: what is counted already and read as far as before stays, anything else waits."""
        counted = old is not None and line.stream not in self._waiting
        if old is not None and counted and _is_read_as_far(line, old):
            return replace(line, reading=old.reading)
        if old is not None and counted and (still := self._still_waiting(line, old)):
            return still
        if line.reading is not None and not line.reading.exact:
            self.wait(line.stream)
            if old is not None and _is_of_one_life(line, old):
                # It is counted in a moment: what the hub has said once would be seen between.
                return replace(line, reading=old.reading)
        return line

    def _still_waiting(self, line: Place, before: Place) -> Place | None:
        """A line that was read further where still more is unread than is counted one by one: as
        much as before, as far as is known. None where a count would tell more, also where the last
        one had seen mentions that the hub had not."""
        counted, now, then = self._counted.get(line.stream), line.reading, before.reading
        if counted is None or now is None or then is None or then.exact:
            return None
        is_one_life = now.cursor.gen == then.cursor.gen and now.mentions == then.mentions
        if not is_one_life or not _reaches_beyond(counted, now.cursor.seq):
            return None
        return replace(line, reading=replace(then, cursor=now.cursor))

    def _extent(self, stream: StreamId) -> Extent | None:
        """What of a stream is there to be counted: the same is not counted twice, as where only
        signatures were checked meanwhile."""
        held = self._reader.held(stream)
        return None if held is None else Extent(held.lo, held.hi, held.head_seq)


def shows_the_same(before: Place | None, after: Place | None) -> bool:
    """Do two counts of one place say the same? What lies between their cursors was read."""
    if before is None or after is None or before.reading is None or after.reading is None:
        return before == after
    old, new = before.reading, after.reading
    counts = (old.unread, old.mentions, old.exact) == (new.unread, new.mentions, new.exact)
    return counts and replace(before, reading=new) == after


def _reaches_beyond(extent: Extent, cursor: int) -> bool:
    """Was more there behind the cursor than is counted one by one?"""
    return extent.hi - max(cursor, extent.lo) > UNREAD_MAX


def _is_of_one_life(line: Place, before: Place) -> bool:
    """Was nothing of it taken back that was read?"""
    now, then = line.reading, before.reading
    return now is not None and then is not None and now.cursor.gen == then.cursor.gen


def _is_read_as_far(line: Place, before: Place) -> bool:
    now, then = line.reading, before.reading
    if now is None or then is None:
        return False
    # It was counted beyond what was read here, and what was said of that comes after it.
    return now.cursor.gen == then.cursor.gen and now.cursor.seq <= then.cursor.seq
