"""One message: what it is bound to, and what it commits to."""

from dataclasses import replace

import pytest

from hobnob_protocol.errors import SealError
from hobnob_protocol.event import Author
from hobnob_protocol.ids import AccountId, ConversationId, DeviceKey, HubId, device_id
from hobnob_protocol.sealing.body import Message, decode_body, message_header
from hobnob_protocol.sealing.message import Opening, bound_to, open_message, seal_message
from hobnob_protocol.sealing.padding import pad

HUB, HERE = HubId(b"h" * 32), ConversationId(b"c" * 16)
KEY = DeviceKey(b"k" * 32)
ADA = Author(AccountId(b"a" * 20), device_id(KEY), KEY)
CHAIN_KEY, SALT, SID, ROSTER = b"0" * 32, b"t" * 16, b"s" * 16, b"r" * 32


def sealed(text: bytes = b"hello") -> Message:
    """A message."""
    body = seal_message(HUB, HERE, ADA, SID, ROSTER, 3, CHAIN_KEY, SALT, text)
    message = decode_body(body)
    assert isinstance(message, Message)
    return message


def refused(message: Message, **changed: object) -> str:
    """The rule for which it does not open."""
    given = {"hub": HUB, "conversation": HERE, "sender": ADA, "chain_key": CHAIN_KEY, **changed}
    with pytest.raises(SealError) as caught:
        open_message(message=message, **given)  # type: ignore[arg-type]  # arguments by name
    return caught.value.rule


def test_a_message_opens_where_it_belongs() -> None:
    """With what proves it."""
    text, opening = open_message(HUB, HERE, ADA, sealed(), CHAIN_KEY)
    assert text == b"hello"
    assert opening.padded == pad(b"hello")
    assert opening.commitment == sealed().commitment


@pytest.mark.parametrize(
    "changed",
    [
        {"hub": HubId(b"i" * 32)},
        {"conversation": ConversationId(b"d" * 16)},
        {"sender": replace(ADA, account=AccountId(b"b" * 20))},
        {"sender": replace(ADA, key=DeviceKey(b"l" * 32))},
        {"chain_key": b"1" * 32},
    ],
)
def test_a_message_opens_nowhere_else(changed: dict[str, object]) -> None:
    """Not on another hub, in another conversation, as another's, or with another key."""
    assert refused(sealed(), **changed) == "sealed.cipher"


def test_what_it_is_bound_to_begins_with_its_own_tag() -> None:
    """Then comes its place, its author, its header."""
    bound = b"hobnob/1 msg\0" + b"h" * 32 + b"c" * 16 + b"a" * 20 + b"k" * 32 + b"header"
    assert bound_to(HUB, HERE, ADA, b"header") == bound


def test_its_header_is_part_of_it() -> None:
    """Every field of it."""
    message = sealed()
    for sid, roster, index, salt, commitment in (
        (b"S" * 16, ROSTER, 3, SALT, message.commitment),
        (SID, b"R" * 32, 3, SALT, message.commitment),
        (SID, ROSTER, 4, SALT, message.commitment),
        (SID, ROSTER, 3, b"T" * 16, message.commitment),
        (SID, ROSTER, 3, SALT, b"C" * 32),
    ):
        header = message_header(sid, roster, index, salt, commitment)
        assert refused(replace(message, header=header)) == "sealed.cipher"


def test_another_salt_is_another_key() -> None:
    """So nothing ever repeats."""
    assert refused(replace(sealed(), salt=b"u" * 16)) == "sealed.cipher"


def test_what_it_commits_to_is_what_it_says() -> None:
    """Else it does not come out, though it decrypts."""
    assert refused(replace(sealed(), commitment=b"c" * 32)) == "sealed.commitment"


def test_an_opening_commits_to_salt_and_text() -> None:
    """Both of them."""
    one = Opening(b"s" * 32, b"text")
    assert one.commitment != one._replace(salt=b"t" * 32).commitment
    assert one.commitment != one._replace(padded=b"texT").commitment
