"""The note that a request came with. The hub knows nothing of it: it is the first thing that the
asker says in the conversation of the two once the hub has settled the request."""

from typing import TYPE_CHECKING, Final

from hobnob_client.requests.kept import Made
from hobnob_protocol.ids import TargetId
from hobnob_protocol.request_questions import Request
from hobnob_protocol.value import value

if TYPE_CHECKING:
    from hobnob_client.reading import Reader

LOOKED_MAX: Final = 16
"""Messages that are looked at: the note comes at once, whatever else is said by then."""


@value
class Note:
    """As it was written; `target` is its message, None where that is not here."""

    text: str = ""
    target: TargetId | None = None


def note_of(reader: "Reader", each: Request, made: Made | None = None) -> Note:
    """The note of a request; of one's own also what this device knows of it."""
    asker = reader.me if each.mine else each.account
    stream = reader.stream_with(each.account)
    written = made.note if made is not None else ""
    if reader.held(stream) is None:
        return Note(written)
    after = reader.first_since(stream, each.at_ms) - 1
    said = reader.after(stream, after, LOOKED_MAX).messages
    found = next((one for one in said if one.account == asker and one.dead is None), None)
    if found is None:
        return Note(written)
    return Note(found.text or written, found.target)
