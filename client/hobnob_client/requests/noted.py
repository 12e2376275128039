"""The note that a request came with. The hub knows nothing of it: it is the first thing that the
asker says in the conversation of the two once the hub has settled the request."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from hobnob_client.requests.kept import Made
from hobnob_client.time_of_day import now_ms
from hobnob_protocol.ids import TargetId
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_protocol.limits import REQUEST_OPEN_MS
from hobnob_protocol.request_questions import Request
from hobnob_protocol.value import value

if TYPE_CHECKING:
    from hobnob_client.reading import Reader

NOTE_MS: Final = 600_000
"""The note follows its request at once; where it has not after so long, it came before."""
LOOKED_MAX: Final = 16
"""Messages that are looked at: the note comes at once, whatever else is said by then."""


@value
class Note:
    """As it was written; `target` is its message, None where that is not here, and `at_ms` when
    that was said."""

    text: str = ""
    target: TargetId | None = None
    at_ms: int = 0


def note_of(
    reader: "Reader",
    each: Request,
    made: Made | None = None,
    now: Callable[[], int] = now_ms,
) -> Note:
    """The note of a request; of one's own also what this device knows of it. `now` is in ms since
    1970."""
    asker = reader.me if each.mine else each.account
    stream = reader.stream_with(each.account)
    written = made.note if made is not None else ""
    if reader.held(stream) is None:
        return Note(written)
    after = reader.first_since(stream, each.at_ms) - 1
    said = reader.after(stream, after, LOOKED_MAX).messages
    found = next((one for one in said if one.account == asker and one.dead is None), None)
    if found is None and now() - each.at_ms > NOTE_MS:
        # A hub that had lost the request was told it again: the note stands where it was said.
        before = reader.before(stream, after + 1, LOOKED_MAX).messages
        near = (one for one in reversed(before) if each.at_ms - one.at_ms < REQUEST_OPEN_MS)
        found = next((one for one in near if one.account == asker and one.dead is None), None)
    if found is None:
        return Note(written)
    return Note(found.text or written, found.target, found.at_ms)


def read_of(reader: "Reader", each: Request) -> ReadCursor | None:
    """That its note is read; None where it is already, is not here, or something before it is not
    read. Whoever declines has read it, and is not told of it any more."""
    stream = reader.stream_with(each.account)
    note = note_of(reader, each)
    cursor = reader.cursor(stream)
    if note.target is None or cursor is None or reader.first_unread(stream) != note.target:
        return None
    found = reader.message(stream, note.target)
    if found is None or found.seq is None:
        return None
    return ReadCursor(stream, cursor.gen, found.seq)
