"""What one calls one's devices, in `u:`; nobody else learns it."""

from collections.abc import Mapping

from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, DeviceId, user_stream
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import CellsKey, Key


def asks(me: AccountId) -> tuple[Key[object], ...]:
    """What `view` wants to know, of one's own stream."""
    return (CellsKey(user_stream(me), nouns.DEVICE_NAME, b""),)


def view(own: CellsView) -> Mapping[DeviceId, str]:
    """The names by the cells of one's own stream; of devices and of recovery keys."""
    return {
        DeviceId(key): cell.value
        for key, cell in own.scan(nouns.DEVICE_NAME, b"")
        if isinstance(cell.value, str)
    }
