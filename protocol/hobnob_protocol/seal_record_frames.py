"""The frames by which devices tell which key they are sealed to, and ask it of others."""

from typing import ClassVar

from hobnob_protocol.frames import Frame
from hobnob_protocol.ids import AccountId
from hobnob_protocol.value import value


@value
class Record(Frame):
    """Client → hub: the newest seal record of this device; RECORDS of its own account answers."""

    op: ClassVar[int] = 41
    record: bytes
    signature: bytes


@value
class Want(Frame):
    """Client → hub: the seal records of these accounts; RECORDS answers."""

    op: ClassVar[int] = 42
    accounts: tuple[AccountId, ...]


@value
class Recorded:
    """The newest seal record of one device, and the device's signature."""

    record: bytes
    signature: bytes


@value
class Records(Frame):
    """Hub → client: all seal records of `accounts`, the first of those wanted; ask on there."""

    op: ClassVar[int] = 43
    accounts: tuple[AccountId, ...]
    records: tuple[Recorded, ...]
