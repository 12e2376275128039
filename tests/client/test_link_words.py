"""Eight words between two devices, and what is made of them."""

import hmac
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from hobnob_client import link_words, pairing, paper
from hobnob_client.link_words import LinkWords
from hobnob_protocol.ids import AccountId, DeviceKey, HubId
from hobnob_protocol.meeting_frames import Carry
from hobnob_protocol.wire import decode_frame
from tests.protocol.kept_vectors import valid
from tests.protocol.vectors.rows import data_of

HUB = HubId(b"h" * 32)
ACCOUNT = AccountId(b"a" * 20)
KEY = DeviceKey(b"k" * 32)


def test_words_are_eight_and_say_88_bits() -> None:
    """Every one of the list, and back."""
    assert LinkWords(bytes(11)).words == ("abandon",) * 8
    assert LinkWords(b"\xff" * 11).words == ("zoo",) * 8
    drawn = link_words.draw()
    assert link_words.read(drawn.words) == drawn
    assert len(drawn.entropy) == link_words.ENTROPY_BYTES == 11
    assert link_words.draw() != drawn
    for count in (0, 7, 9):
        with pytest.raises(ValueError, match="8 words"):
            link_words.read(("zoo",) * count)


def test_words_show_themselves_to_nobody() -> None:
    """Not where a program fails."""
    drawn = link_words.draw()
    assert repr(drawn) == "LinkWords()"


def test_other_words_and_other_hubs_meet_elsewhere() -> None:
    """And the slot says nothing of the key."""
    words = LinkWords(bytes(11))
    slots = {
        words.box(HUB).slot,
        words.box(HubId(b"x" * 32)).slot,
        LinkWords(bytes(10) + b"\1").box(HUB).slot,
    }
    assert len(slots) == 3
    assert all(len(slot) == 32 for slot in slots)
    assert words.box(HUB).slot == words.box(HUB).slot


def test_slot_and_key_are_those_of_the_specification() -> None:
    """HKDF-SHA256 (RFC 5869) by hand, of one block; the message as any AEAD makes it."""
    entropy = bytes(range(11))
    drawn = hmac.digest(HUB, entropy, "sha256")
    box = LinkWords(entropy).box(HUB)
    assert box.slot == hmac.digest(drawn, b"hobnob/1 words slot\0\1", "sha256")
    key = hmac.digest(drawn, b"hobnob/1 words key\0\1", "sha256")
    place = b"hobnob/1 words message\0\3"
    nonce = b"n" * 12
    sealed = nonce + ChaCha20Poly1305(key).encrypt(nonce, b"request", place)
    assert box.open(3, sealed) == b"request"


def test_slot_key_and_messages_are_those_of_the_vectors() -> None:
    """What the two sides of a frozen meeting carry opens, and says what the row tells."""
    rows = [row for row in valid("login.json") if row["fields"].get("texts")]
    assert len(rows) == 2
    for row in rows:
        words = LinkWords(bytes.fromhex(row["fields"]["words"]))
        box = words.box(HubId(bytes.fromhex(row["hub"]["hub"])))
        assert box.slot.hex() == row["client"]["slot"]
        carried = [decode_frame(data_of(frame)) for frame in row["frames"]]
        sealed = [frame.data for frame in carried if isinstance(frame, Carry) and frame.data]
        texts = [box.open(number, data).hex() for number, data in enumerate(sealed, 1)]
        assert texts == row["fields"]["texts"]
        _, place, key, _ = (bytes.fromhex(text) for text in texts)
        code, asks = pairing.unpack_account(place), pairing.unpack_request(key)
        assert asks.account == code.account
        assert asks.possession


def test_a_message_opens_in_its_place_only() -> None:
    """Not as another one, not under other words or at another hub, not changed, not cut."""
    box = LinkWords(bytes(11)).box(HUB)
    sealed = box.seal(2, b"where the account is")
    assert box.open(2, sealed) == b"where the account is"
    assert box.open(1, box.seal(1, b"")) == b""
    assert box.seal(2, b"twice") != box.seal(2, b"twice")
    wrong = [
        (box, 1, sealed),
        (LinkWords(b"\1" * 11).box(HUB), 2, sealed),
        (LinkWords(bytes(11)).box(HubId(b"x" * 32)), 2, sealed),
        (box, 2, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (box, 2, sealed[:20]),
        (box, 2, b"short"),
        (box, 2, b""),
    ]
    for other, number, data in wrong:
        with pytest.raises(ValueError, match="not sealed"):
            other.open(number, data)


def test_the_check_is_of_one_device_one_account_and_one_hub() -> None:
    """Three words of the list, from the hash's first 33 bits."""
    shown = link_words.check(HUB, ACCOUNT, KEY)
    said = sha256(b"hobnob/1 words check\0" + HUB + ACCOUNT + KEY).digest()
    bits = int.from_bytes(said[:5]) >> 7
    places = (bits >> 22, bits >> 11 & 2_047, bits & 2_047)
    assert shown.split() == [paper.word_list()[place] for place in places]
    others = {
        link_words.check(HubId(b"x" * 32), ACCOUNT, KEY),
        link_words.check(HUB, AccountId(b"b" * 20), KEY),
        link_words.check(HUB, ACCOUNT, DeviceKey(b"l" * 32)),
        shown,
    }
    assert len(others) == 4
