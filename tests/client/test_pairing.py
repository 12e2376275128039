"""The two texts that bring a further device."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.failures import Exit, Failure
from hobnob_client.pairing import (
    AccountCode,
    DeviceRequest,
    ShownKey,
    device_of,
    parse_account,
    parse_request,
    request,
)
from hobnob_protocol.chain import add, extend, genesis
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId, DeviceKey, HubId

HUB = HubId(bytes(range(32)))
OLD, NEW = Ed25519Signer(b"old" + bytes(29)), Ed25519Signer(b"new" + bytes(29))
CHAIN = extend(None, *genesis(OLD, HUB, 1), HUB, Ed25519Verifier())
CODE = AccountCode("::1", 80, HUB, DeviceKey(bytes(32)), CHAIN.account, "alice", CHAIN.head)


def test_a_request_adds_the_device_that_made_it() -> None:
    """The chain takes a link made from nothing but the request's text."""
    asked = parse_request(str(request(parse_account(str(CODE)), NEW)))
    longer = extend(CHAIN, *add(CHAIN, OLD, ShownKey(asked), 2), HUB, Ed25519Verifier())
    assert [device.key for device in longer.active] == [OLD.public_key, NEW.public_key]


def test_a_request_for_another_place_of_the_chain_does_not_fit() -> None:
    """The proof is bound to how far the chain went."""
    stale = request(AccountCode("h", 1, HUB, CODE.hub_key, CHAIN.account, "a", bytes(32)), NEW)
    with pytest.raises(ProtocolError, match=r"link\.possession"):
        extend(CHAIN, *add(CHAIN, OLD, ShownKey(stale), 2), HUB, Ed25519Verifier())


def test_the_new_device_knows_where_to_go() -> None:
    """Hub, key and account as the code says, its own seed, and nothing to join with."""
    device = device_of(CODE, b"new" + bytes(29))
    assert device.author.key == NEW.public_key
    assert (device.account, device.hub_key, device.invite) == (CHAIN.account, CODE.hub_key, b"")


@given(st.integers(0, 300))
def test_one_wrong_letter_is_noticed(place: int) -> None:
    """A code is copied by hand: whichever letter is wrong."""
    for text, parse in ((str(CODE), parse_account), (str(request(CODE, NEW)), parse_request)):
        at = 5 + place % (len(text) - 5)
        wrong = text[:at] + ("b" if text[at] == "a" else "a") + text[at + 1 :]
        with pytest.raises(Failure) as failed:
            parse(wrong)
        assert failed.value.code is Exit.USAGE


def test_line_breaks_do_no_harm() -> None:
    """A terminal may have wrapped it."""
    text = str(CODE)
    assert parse_account(f" {text[:40]}\n  {text[40:]}\n") == CODE


@pytest.mark.parametrize(
    "wrong",
    [
        str(CODE),
        str(DeviceRequest(AccountId(bytes(19)), DeviceKey(bytes(32)), bytes(64))),
        str(DeviceRequest(AccountId(bytes(20)), DeviceKey(bytes(32)), bytes(63))),
        "hbr1_",
        "",
    ],
)
def test_what_is_no_request_is_refused(wrong: str) -> None:
    """Another sort of code, a field of another length, nothing."""
    with pytest.raises(Failure, match="no device request"):
        parse_request(wrong)


def test_an_account_code_has_its_lengths() -> None:
    """A field of another length is none."""
    with pytest.raises(Failure, match="no account code"):
        parse_account(str(AccountCode("h", 1, HUB, CODE.hub_key, CHAIN.account, "a", bytes(31))))
