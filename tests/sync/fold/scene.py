"""Events of one stream, and what they fold to."""

from typing import Final

from hobnob_protocol import nouns, writing
from hobnob_protocol.ids import AccountId, DeviceId, EventId, TargetId
from hobnob_protocol.kind import Body, Fact, Kind
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD
from hobnob_sync import fold
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import Cell
from hobnob_sync.testing.scene import ALICE, GARDEN

CAROL: Final = AccountId(b"c" * 20)
ROOT: Final = TargetId(b"\1" * 16)
OTHER: Final = TargetId(b"\2" * 16)


def fact(seq: int, body: Body | None, account: AccountId = ALICE, kind: int = 0) -> Fact:
    """An event at `seq`, whose id is `seq` over and over."""
    number = kind or STANDARD.of(type(body)).number  # type: ignore[arg-type]
    event = EventId(bytes((seq,)) * 32)
    return Fact(GARDEN, seq, seq * 10, event, account, DeviceId(account[:8]), number, 0, body)


def kind_of(event: Fact) -> Kind:
    """The event's kind."""
    kind = STANDARD.get(event.kind)
    assert kind is not None
    return kind


def folded(*events: Fact) -> dict[tuple[str, bytes], Cell]:
    """The cells of these events, taken in this order."""
    cells = Overlay.fresh(GARDEN)
    for event in events:
        fold.apply(cells, kind_of(event), event)
    return {place: cell for place, cell in cells.changes().items() if cell is not None}


def edit_place(seq: int, target: TargetId = ROOT) -> tuple[str, bytes]:
    """Where the edit at `seq` lies."""
    return nouns.EDIT, target + bytes((seq,)) * 16


POST: Final = fact(1, Post("hello"))
MESSAGE: Final = (nouns.MESSAGE, bytes(ROOT))
BARE: Final = Cell(1, writing.bare_message(POST).value)


def whole(text: str = "hello") -> Cell:
    """The message as it was posted."""
    return Cell(1, (ALICE, DeviceId(ALICE[:8]), 1, None, None, text, (), (), 10))
