"""The three frames by which two devices meet at a hub that neither trusts with a word of it."""

from typing import ClassVar

from hobnob_protocol.frames import Frame
from hobnob_protocol.ids import AccountId, DeviceId
from hobnob_protocol.value import value


@value
class Await(Frame):
    """Client → hub instead of AUTH: a device waits at a slot for a further one of its account.

    `slot` is made of words that the hub does not know; the device signs the transcript.
    """

    op: ClassVar[int] = 13
    slot: bytes
    account: AccountId
    device: DeviceId
    certificate: bytes | None
    signature: bytes


@value
class Meet(Frame):
    """Client → hub instead of JOIN: whoever knows the words comes to the device that waits. Nothing
    is signed: there is no key yet that the hub could know."""

    op: ClassVar[int] = 14
    slot: bytes
    certificate: bytes | None


@value
class Carry(Frame):
    """Both ways, at a slot: bytes that the hub hands to the other side and cannot read. The hub's
    own first one to each side is empty: the slot is there."""

    op: ClassVar[int] = 15
    data: bytes
