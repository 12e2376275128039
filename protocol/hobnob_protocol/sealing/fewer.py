"""What one sees fewer of, among what is private: each device keeps its own list, all are read.

A name is MessagePack `["fewer", device]`, the device that made the list: so no two devices write
the same name, and nothing that one of them has wished is lost to another. The value is the list.
"""

from typing import Final

from hobnob_protocol.codec import encode
from hobnob_protocol.ids import DeviceId

SORT: Final = "fewer"
PREFIX: Final = encode((SORT, b""))[: 2 + len(SORT)]
"""What the name of each begins with."""


def encode_fewer(device: DeviceId) -> bytes:
    """The name of a device's list among what is private."""
    return encode((SORT, device))
