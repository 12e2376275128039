"""A slice belongs to one hub, conversation, roster, sender, session, recipient and key."""

from dataclasses import replace
from hashlib import sha256

import pytest

from hobnob_protocol.errors import SealError
from hobnob_protocol.event import Author
from hobnob_protocol.ids import AccountId, ConversationId, DeviceKey, HubId, device_id
from hobnob_protocol.sealing.seal_key import Kid, SealKey, seal_to
from hobnob_protocol.sealing.slices import open_slice, slice_info

KEY = SealKey(b"s" * 32)


def author(name: bytes) -> Author:
    """A device."""
    key = DeviceKey(name * 32)
    return Author(AccountId(name * 20), device_id(key), key)


RIGHT: dict[str, object] = {
    "hub": HubId(b"h" * 32),
    "conversation": ConversationId(b"c" * 16),
    "roster": b"r" * 32,
    "sender": author(b"a"),
    "sid": b"s" * 16,
    "recipient": author(b"b"),
    "kid": KEY.kid,
}


def info(**changed: object) -> bytes:
    """What a slice is bound to."""
    return slice_info(**{**RIGHT, **changed})  # type: ignore[arg-type]  # arguments by name


def test_what_a_slice_is_bound_to_is_a_hash_of_all_of_it() -> None:
    """Under its own tag, joined in this order."""
    place = b"hobnob/1 seal\0" + b"h" * 32 + b"c" * 16 + b"r" * 32
    joined = place + b"a" * 52 + b"s" * 16 + b"b" * 52 + KEY.kid
    assert info() == sha256(joined).digest()


@pytest.mark.parametrize(
    "changed",
    [
        {"hub": HubId(b"i" * 32)},
        {"conversation": ConversationId(b"d" * 16)},
        {"roster": b"R" * 32},
        {"sender": replace(author(b"a"), account=AccountId(b"x" * 20))},
        {"sender": replace(author(b"a"), key=DeviceKey(b"x" * 32))},
        {"sid": b"S" * 16},
        {"recipient": replace(author(b"b"), account=AccountId(b"x" * 20))},
        {"recipient": replace(author(b"b"), key=DeviceKey(b"x" * 32))},
        {"kid": Kid(b"another!")},
    ],
)
def test_a_slice_opens_in_its_own_place_only(changed: dict[str, object]) -> None:
    """Each of seven things binds it."""
    wrapped = seal_to(KEY.public, b"k" * 32, info())
    assert open_slice(KEY, wrapped, info()) == b"k" * 32
    with pytest.raises(SealError) as caught:
        open_slice(KEY, wrapped, info(**changed))
    assert caught.value.rule == "sealed.slice"
