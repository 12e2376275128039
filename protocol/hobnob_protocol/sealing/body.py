"""How sealed bodies are laid out: the start of a session, and a message.

A body is an array of two: a header in a bin, which is bound as it travels, and what it heads. Both
headers begin with the suite and the form, so neither can be taken for the other, nor for one of a
later suite. Headers are exact. Hub, conversation, account and device do not stand in them: the
event's signature covers them, and every derivation below includes them.
"""

from itertools import pairwise
from typing import Final, NamedTuple

from hobnob_protocol.codec import Wire, decode, encode
from hobnob_protocol.errors import SealError
from hobnob_protocol.ids import AccountId, DeviceId
from hobnob_protocol.kinds import conversations
from hobnob_protocol.limits import (
    BODY_BYTES_MAX,
    CHAIN_LINKS_MAX,
    CONVERSATION_MEMBERS_MAX,
    GROUP_LINKS_MAX,
    SEALED_BYTES_MAX,
    SEALED_PADDING_MIN,
    SEQ_MAX,
    SLICES_MAX,
    START_PARTS_MAX,
)
from hobnob_protocol.sealing.group import NO_GROUP, GroupHead
from hobnob_protocol.sealing.ratchet import CHAIN_KEY_BYTES
from hobnob_protocol.sealing.roster import Claim
from hobnob_protocol.sealing.seal_key import SEALING_BYTES, Kid
from hobnob_protocol.value import value

SUITE: Final = 1
START: Final = 1
MESSAGE: Final = 2
SID_BYTES: Final = 16
TAG_BYTES: Final = 16
WRAPPED_BYTES: Final = CHAIN_KEY_BYTES + SEALING_BYTES
KIND: Final = conversations.SEALED
"""The kind of event whose body this is."""

RULES: Final = {
    "sealed.body": "a sealed body is an array of a header in a bin and what it heads",
    "sealed.suite": f"the suite is {SUITE}",
    "sealed.form": f"the form is {START}, a start, or {MESSAGE}, a message, and the body fits it",
    "sealed.start": "the header of a start has its nine fields, the accounts ascending",
    "sealed.slices": f"a start has 1 to {SLICES_MAX} slices `[device, kid, sealed]`, ascending",
    "sealed.message": "the header of a message has its seven fields",
    "sealed.length": "what is encrypted has a padded length and its tag",
}
"""Every rule of a sealed body, by the name its `SealError` carries; the codec's beside them."""


class Slice(NamedTuple):
    """A session's first chain key for one device, sealed to its key `kid`."""

    device: DeviceId
    kid: Kid
    wrapped: bytes


@value
class Start:
    """One part of the start of a session: to whom, and slices for some of them."""

    sid: bytes
    roster: bytes
    claim: Claim
    part: int
    parts: int
    slices: tuple[Slice, ...]


@value
class Message:
    """One sealed message; `header` are the bytes its encryption is bound to."""

    sid: bytes
    roster: bytes
    index: int
    salt: bytes
    commitment: bytes
    header: bytes
    sealed: bytes


def encode_start(start: Start) -> bytes:
    """The body of a start."""
    group, heads = start.claim
    header = (SUITE, START, start.sid, start.roster, *group, heads, start.part, start.parts)
    return encode((encode(header), start.slices))


def message_header(sid: bytes, roster: bytes, index: int, salt: bytes, commitment: bytes) -> bytes:
    """The header of a message."""
    return encode((SUITE, MESSAGE, sid, roster, index, salt, commitment))


def encode_message(header: bytes, sealed: bytes) -> bytes:
    """The body of a message."""
    return encode((header, sealed))


def decode_body(data: bytes) -> Start | Message:
    """Read a sealed body strictly; SealError, or the codec's error, naming the broken rule."""
    parts = decode(data, BODY_BYTES_MAX)
    if type(parts) is not tuple or len(parts) != 2:
        raise SealError("sealed.body")
    header, headed = parts
    if type(header) is not bytes:
        raise SealError("sealed.body")
    fields = decode(header, BODY_BYTES_MAX)
    if type(fields) is not tuple or len(fields) < 2:
        raise SealError("sealed.body")
    suite, form, *rest = fields
    if type(suite) is not int or suite != SUITE:
        raise SealError("sealed.suite")
    if type(form) is int:
        if form == START and type(headed) is tuple:
            return _start(rest, headed)
        if form == MESSAGE and type(headed) is bytes:
            return _message(rest, header, headed)
    raise SealError("sealed.form")


def _start(fields: list[Wire], listed: tuple[Wire, ...]) -> Start:
    if len(fields) != 7:
        raise SealError("sealed.start")
    sid, roster, group_links, group_head, heads, part, parts = fields
    rule = "sealed.start"
    group = GroupHead(_integer(group_links, 0, GROUP_LINKS_MAX, rule), _bin(group_head, 32, rule))
    if not group.links and group != NO_GROUP:
        raise SealError(rule)
    if type(heads) is not tuple or not 0 < len(heads) <= CONVERSATION_MEMBERS_MAX:
        raise SealError(rule)
    read = tuple(_head(each) for each in heads)
    if any(one[0] >= other[0] for one, other in pairwise(read)):
        raise SealError(rule)
    count = _integer(parts, 1, START_PARTS_MAX, rule)
    return Start(
        _bin(sid, SID_BYTES, rule),
        _bin(roster, 32, rule),
        Claim(group, read),
        _integer(part, 0, count - 1, rule),
        count,
        _slices(listed),
    )


def _head(value: Wire) -> tuple[AccountId, int, bytes]:
    rule = "sealed.start"
    if type(value) is not tuple or len(value) != 3:
        raise SealError(rule)
    account, links, head = value
    return (
        AccountId(_bin(account, 20, rule)),
        _integer(links, 1, CHAIN_LINKS_MAX, rule),
        _bin(head, 32, rule),
    )


def _slices(listed: tuple[Wire, ...]) -> tuple[Slice, ...]:
    rule = "sealed.slices"
    slices: list[Slice] = []
    for each in listed:
        if type(each) is not tuple or len(each) != 3:
            raise SealError(rule)
        device, kid, wrapped = each
        slices.append(
            Slice(
                DeviceId(_bin(device, 8, rule)),
                Kid(_bin(kid, 8, rule)),
                _bin(wrapped, WRAPPED_BYTES, rule),
            )
        )
    if not 0 < len(slices) <= SLICES_MAX:
        raise SealError(rule)
    if any(a.device >= b.device for a, b in pairwise(slices)):
        raise SealError(rule)
    return tuple(slices)


def _message(fields: list[Wire], header: bytes, sealed: bytes) -> Message:
    rule = "sealed.message"
    if len(fields) != 5:
        raise SealError(rule)
    sid, roster, index, salt, commitment = fields
    if not SEALED_PADDING_MIN <= len(sealed) - TAG_BYTES <= SEALED_BYTES_MAX:
        raise SealError("sealed.length")
    return Message(
        _bin(sid, SID_BYTES, rule),
        _bin(roster, 32, rule),
        _integer(index, 0, SEQ_MAX, rule),
        _bin(salt, 16, rule),
        _bin(commitment, 32, rule),
        header,
        sealed,
    )


def _bin(value: Wire, length: int, rule: str) -> bytes:
    if type(value) is not bytes or len(value) != length:
        raise SealError(rule)
    return value


def _integer(value: Wire, least: int, most: int, rule: str) -> int:
    if type(value) is not int or not least <= value <= most:
        raise SealError(rule)
    return value
