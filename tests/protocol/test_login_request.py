"""What a client asks after it: is this the device it says, and whose login would it be?"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hobnob_protocol.chain import add, extend, genesis
from hobnob_protocol.frames import Auth, Hello, Join
from hobnob_protocol.ids import (
    AccountId,
    ReplicaId,
    account_id,
    device_id,
)
from hobnob_protocol.login import (
    VERSIONS,
    account_of,
    check_certificate,
    check_request,
    sign_request,
    transcript,
)
from hobnob_protocol.wire import encode_frame
from tests.protocol.claims import (
    CERTIFICATE,
    DEVICE,
    HELLO,
    HUB,
    OLD_CERTIFICATE,
    PROXYS_CERTIFICATE,
    ROGUE_SIGNER,
    SAID,
    UNSIGNED,
    VERIFIER,
    auth,
    challenge,
    join,
)


@pytest.mark.parametrize("unsigned", [auth(), join()])
def test_a_login_counts_on_one_connection_only(unsigned: Auth | Join) -> None:
    """Played again the hub's nonce is another; relayed to another hub, its name is."""
    request = sign_request(SAID, unsigned, DEVICE)
    again = transcript(HELLO, encode_frame(challenge(nonce=b"H" * 32)))
    elsewhere = transcript(HELLO, encode_frame(challenge(ROGUE_SIGNER)))
    other_hello = encode_frame(Hello(VERSIONS, b"C" * 32, HUB, "test"))
    for said in (again, elsewhere, transcript(other_hello, encode_frame(challenge()))):
        assert not check_request(said, request, DEVICE.public_key, VERIFIER)


def test_a_login_counts_for_its_device_only() -> None:
    """Another key did not sign it."""
    request = sign_request(SAID, auth(), DEVICE)
    assert not check_request(SAID, request, ROGUE_SIGNER.public_key, VERIFIER)


@pytest.mark.parametrize(
    "changed",
    [
        {"account": AccountId(b"b" * 20)},
        {"device": device_id(ROGUE_SIGNER.public_key)},
        {"certificate": PROXYS_CERTIFICATE},
        {"certificate": None},
        {"replica": ReplicaId(b"R" * 8)},
        {"epoch": None},
        {"digest": None},
        {"signature": UNSIGNED},
    ],
)
def test_every_field_of_an_auth_is_signed(changed: dict[str, object]) -> None:
    """Whoever changes one breaks it."""
    request = replace(sign_request(SAID, auth(), DEVICE), **changed)  # type: ignore[arg-type]  # fields by name
    assert not check_request(SAID, request, DEVICE.public_key, VERIFIER)


@pytest.mark.parametrize(
    "changed",
    [
        {"invite": b"other"},
        {"link": b"other"},
        {"link_signature": b"S" * 64},
        {"handle": "eve"},
        {"certificate": None},
        {"replica": ReplicaId(b"R" * 8)},
    ],
)
def test_every_field_of_a_join_is_signed(changed: dict[str, object]) -> None:
    """So nobody takes the invite out of it for another account."""
    request = replace(sign_request(SAID, join(), DEVICE), **changed)  # type: ignore[arg-type]  # fields by name
    assert not check_request(SAID, request, DEVICE.public_key, VERIFIER)


def test_a_signature_for_a_hub_is_none_for_a_login() -> None:
    """Tags keep the uses of one key apart."""
    crossed = replace(auth(), signature=DEVICE.sign(b"hobnob/1 hub\0" + SAID))
    assert not check_request(SAID, crossed, DEVICE.public_key, VERIFIER)


@pytest.mark.parametrize("make", [auth, join])
def test_a_hub_lets_in_who_saw_its_certificate(
    make: Callable[[bytes | None], Auth | Join],
) -> None:
    """The present one, or the one before; and none where it has none."""
    hubs = (CERTIFICATE, OLD_CERTIFICATE)
    assert check_certificate(make(CERTIFICATE), hubs)
    assert check_certificate(make(OLD_CERTIFICATE), hubs)
    assert not check_certificate(make(PROXYS_CERTIFICATE), hubs)
    assert not check_certificate(make(None), hubs)
    assert check_certificate(make(None), ())
    assert not check_certificate(make(CERTIFICATE), ())


# Whose login would it be?


def test_a_genesis_founds_the_account_whose_login_it_is() -> None:
    """Whatever invite comes with it."""
    link, _ = genesis(DEVICE, HUB, 0)
    assert account_of(replace(join(), link=link)) == account_id(link)


def test_any_other_link_belongs_to_the_account_it_names() -> None:
    """A device that is added does not found another."""
    first = genesis(DEVICE, HUB, 0)
    chain = extend(None, *first, HUB, VERIFIER)
    link, _ = add(chain, DEVICE, ROGUE_SIGNER, 0)
    assert account_of(replace(join(), link=link, invite=chain.account)) == chain.account


def test_an_auth_says_whose_it_is() -> None:
    """By its account."""
    assert account_of(auth()) == auth().account
