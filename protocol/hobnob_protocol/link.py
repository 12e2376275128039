"""One link of an account's chain: its types, how it is read, and what an SSH key signs of it."""

from typing import Final, NamedTuple

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.limits import LINK_BYTES_MAX, TIME_SECONDS_MAX

TAG: Final = b"hobnob/1 chain\0"
POSSESSION_TAG: Final = b"hobnob/1 chain key\0"
RECOVERY_TAG: Final = b"hobnob/1 chain recovery\0"
GENESIS: Final = 0
ADD: Final = 1
REVOKE: Final = 2
RECOVERY: Final = 4
"""3 is kept for a change of the handle."""
RETURN: Final = 5
"""A device that an SSH key names: it enters at once, or waits."""
SEAT: Final = 6
"""A device that has waited long enough enters."""

PAPER: Final = 1
"""The sort of a recovery key that lies on paper, as words."""
SSH: Final = 2
"""The sort of one that is an SSH key."""


class Link(NamedTuple):
    """The fields of a link, its version aside."""

    seq: int
    previous: object
    hub: object
    type: int
    payload: tuple[object, ...]
    ts_seconds: int

    @property
    def encoded(self) -> bytes:
        """As it travels."""
        return encode((1, *self))

    def without(self, place: int) -> bytes:
        """What an SSH key signs of a link that carries its signature at `place` of the payload: the
        link as it would be with no bytes there."""
        payload = (*self.payload[:place], b"", *self.payload[place + 1 :])
        return TAG + self._replace(payload=payload).encoded


def read(link: bytes) -> Link:
    """The fields of these bytes. ProtocolError."""
    fields = decode(link, LINK_BYTES_MAX)
    if type(fields) is not tuple or len(fields) != 7:
        raise ProtocolError("link.fields")
    version, seq, previous, hub, link_type, payload, ts_seconds = fields
    # True equals 1, so integers are told by their type: a link has one way to be written.
    if type(version) is not int or type(seq) is not int or type(link_type) is not int:
        raise ProtocolError("link.fields")
    if type(ts_seconds) is not int or not 0 <= ts_seconds <= TIME_SECONDS_MAX:
        raise ProtocolError("link.fields")
    if version != 1 or type(payload) is not tuple:
        raise ProtocolError("link.fields")
    return Link(seq, previous, hub, link_type, payload, ts_seconds)


def kept(
    link: bytes, signature: bytes, at_ms: int
) -> tuple[bytes, bytes] | tuple[bytes, bytes, int]:
    """What a cell keeps of a link (`nouns.LinkValue`): the hub's time only where that decides what
    the link does."""
    return (link, signature, at_ms) if is_timed(link) else (link, signature)


def is_timed(link: bytes) -> bool:
    """Does the hub's time of a link decide what it does?"""
    try:
        return read(link).type in (RETURN, SEAT)
    except ProtocolError:
        return False
