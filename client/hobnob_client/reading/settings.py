"""What one has set for one's own devices: sealed for them, or readable as older versions say it.

What is sealed comes first. Nobody else asks which of the two a setting is.
"""

from functools import lru_cache
from typing import Final

from hobnob_client.reading.desk import Desk
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_protocol.ids import user_stream
from hobnob_protocol.kind import Body, Write
from hobnob_protocol.limits import PRIVATE_CELLS_MAX
from hobnob_protocol.sealing.setting import PREFIX, cell_of, decode_setting, encode_setting
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import Cell, CellKey
from hobnob_sync.views import saved
from hobnob_sync.views.overlay import Pending
from hobnob_sync.views.saved import Kept

NO_PLACE: Final = 0
"""The seq of a cell that no log holds; settings have no order."""


def kept(desk: Desk) -> Kept:
    """Whom one blocks, what one mutes, and what one has saved."""

    def ask() -> Kept:
        own = desk.cells(user_stream(desk.me), saved.asks(desk.me))
        return saved.view(over(desk, own))

    return desk.remembered(("kept",), ask)


def over(desk: Desk, readable: CellsView) -> CellsView:
    """The cells of one's own stream, with what is set under seal on top."""
    top = Pending(readable, ())
    for held in PrivateTable(desk.store.sql).begun_with(PREFIX):
        write = _written(held.name, held.value)
        if write is not None:
            top.put(write.noun, write.key, Cell(NO_PLACE, write.value))
    return top


@lru_cache(PRIVATE_CELLS_MAX)
def _written(name: bytes, value: bytes) -> Write | None:
    """Asked for all that is set whenever something of it is shown."""
    body = decode_setting(name, value)
    return None if body is None else cell_of(body)


def private(desk: Desk, body: Body) -> tuple[bytes, bytes]:
    """Under which name to keep a setting, and what: no bytes where that is what holds without.

    UsageError for a body that is none.
    """
    name, value = encode_setting(body)
    write = cell_of(body)
    own = user_stream(desk.me)
    cell = desk.cells(own, (CellKey(own, write.noun, write.key),)).get(write.noun, write.key)
    # Off and no name are what holds where nothing was ever said.
    stands = (cell.value if cell is not None else None) or None
    return name, b"" if stands == (write.value or None) else value
