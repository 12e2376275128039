"""Slices: a session's first chain key, sealed to each device it is for.

What a slice is bound to says all there is: whoever moves it to another hub, conversation, roster,
sender, session, recipient or key opens nothing.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from hobnob_protocol.errors import SealError
from hobnob_protocol.event import Author
from hobnob_protocol.ids import ConversationId, HubId
from hobnob_protocol.limits import SLICES_MAX
from hobnob_protocol.sealing.body import Slice, Start, encode_start
from hobnob_protocol.sealing.record import SealRecord
from hobnob_protocol.sealing.roster import Roster
from hobnob_protocol.sealing.seal_key import Kid, SealKey, seal_to

RULES: Final = {
    "sealed.slice": "a slice opens to a chain key, bound to all it belongs to",
}
"""The rule a slice must keep, by the name its `SealError` carries."""

_TAG: Final = b"hobnob/1 seal\0"


def slice_info(
    hub: HubId,
    conversation: ConversationId,
    roster: bytes,
    sender: Author,
    sid: bytes,
    recipient: Author,
    kid: Kid,
) -> bytes:
    """What HPKE binds a slice to. Every part but the last has one length: no two share bytes."""
    parts = (_TAG, hub, conversation, roster, sender.account, sender.key, sid)
    return sha256(b"".join((*parts, recipient.account, recipient.key, kid))).digest()


def make_starts(
    hub: HubId,
    conversation: ConversationId,
    roster: Roster,
    sender: Author,
    sid: bytes,
    chain_key: bytes,
    records: Sequence[SealRecord],
) -> tuple[bytes, ...]:
    """The bodies that begin a session: each device of `records`, in its order, gets its slice."""
    devices = roster.devices
    slices: list[Slice] = []
    for record in sorted(records, key=lambda each: each.device):
        account, key = devices[record.device]
        recipient = Author(account, record.device, key)
        info = slice_info(hub, conversation, roster.digest, sender, sid, recipient, record.kid)
        slices.append(Slice(record.device, record.kid, seal_to(record.public, chain_key, info)))
    parts = [tuple(slices[at : at + SLICES_MAX]) for at in range(0, len(slices), SLICES_MAX)]
    return tuple(
        encode_start(Start(sid, roster.digest, roster.claim, number, len(parts), part))
        for number, part in enumerate(parts)
    )


def open_slice(key: SealKey, wrapped: bytes, info: bytes) -> bytes:
    """The chain key of a slice; SealError `sealed.slice` where it was not made for this place."""
    chain_key = key.open(wrapped, info)
    if chain_key is None:
        raise SealError("sealed.slice")
    return chain_key
