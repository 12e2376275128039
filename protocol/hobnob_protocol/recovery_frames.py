"""The frames by which whoever holds a recovery key, or waits, learns where its account stands."""

from typing import ClassVar

from hobnob_protocol.frames import Frame
from hobnob_protocol.ids import AccountId, DeviceId, Head
from hobnob_protocol.value import value


@value
class Recover(Frame):
    """Client → hub instead of AUTH: whoever holds a recovery key on paper, or is a device that
    waits, asks where its account stands.

    `recovery` is the key's id; it signs the transcript.
    """

    op: ClassVar[int] = 11
    handle: str
    recovery: DeviceId
    certificate: bytes | None
    signature: bytes


@value
class ChainHead(Frame):
    """Hub → client after RECOVER or SSHRECOVER: the account, how many links it has and the hash of
    the last. A BYE follows; the link that is made of it comes by a JOIN."""

    op: ClassVar[int] = 12
    account: AccountId
    links: int
    head: Head


@value
class SshRecover(Frame):
    """Client → hub instead of AUTH: the same by an SSH key, whose signature `proof` is."""

    op: ClassVar[int] = 20
    handle: str
    recovery: DeviceId
    certificate: bytes | None
    proof: bytes
