"""One entry of a room: what it is, why it is there, and where it leads."""

from enum import StrEnum

from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.value import value


class Sort(StrEnum):
    """What an entry is of: what can be done with it."""

    MESSAGE = "message"
    THREAD = "thread"
    PLACE = "place"
    CARE = "care"
    STEP = "step"
    DRAFT = "draft"
    REFUSED = "refused"
    REQUEST = "request"


@value
class Lately:
    """One message in a line: by whom, and how it begins."""

    who: str
    text: str


@value
class Line:
    """All texts are safe to draw. `sign` tells its sort without colour; `who` and `where` are its
    head; `why` is the reason in words, `text` how it begins; `at_ms` is 0 where no time is told.

    It leads to `target` in `stream`, beside it to the thread under `root` where there is one; None
    for where the stream goes on unread. `reason` is `why` without what is counted in it, "" where
    nothing is. `covers` are the messages that it stands for, `count` how
    many are new."""

    key: bytes
    sort: Sort
    sign: str
    who: str
    where: str
    why: str = ""
    text: str = ""
    at_ms: int = 0
    stream: StreamId | None = None
    target: TargetId | None = None
    root: TargetId | None = None
    covers: tuple[TargetId, ...] = ()
    count: int = 0
    reason: str = ""
    later: bool = False
