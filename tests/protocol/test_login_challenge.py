"""What a hub answers to HELLO: is this the hub that was meant, at the other end of this line?"""

from dataclasses import replace

import pytest

from hobnob_protocol.frames import Hello
from hobnob_protocol.login import (
    VERSIONS,
    transcript,
)
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_protocol.wire import encode_frame, encode_unsigned
from tests.protocol.claims import (
    CERTIFICATE,
    HELLO,
    HUB,
    HUB_SIGNER,
    OLD_CERTIFICATE,
    PROXYS_CERTIFICATE,
    ROGUE,
    ROGUE_SIGNER,
    UNSIGNED,
    challenge,
    check,
    resigned,
)


def test_the_hub_that_was_meant_is_believed() -> None:
    """With any of the certificates it names."""
    assert check(challenge()) == ""
    assert check(challenge(), certificate=OLD_CERTIFICATE) == ""


def test_at_first_use_any_hub_is_believed_to_be_itself() -> None:
    """And from then on it is pinned."""
    assert check(challenge(ROGUE_SIGNER), expected=None) == ""


def test_another_hub_is_not_the_one_we_mean() -> None:
    """However well it signs."""
    assert check(challenge(ROGUE_SIGNER)) == "login.hub"
    assert check(challenge(), expected=ROGUE) == "login.hub"


def test_a_hub_cannot_name_itself_after_another() -> None:
    """The id is the hash of the key, also at first use."""
    posing = resigned(challenge(ROGUE_SIGNER), ROGUE_SIGNER, hub=HUB)
    assert check(posing) == "login.hub_key"
    assert check(posing, expected=None) == "login.hub_key"


def test_a_version_we_did_not_offer_is_refused() -> None:
    """So nobody talks us down."""
    for version in (0, 2):
        assert check(resigned(challenge(), version=version)) == "login.version"


@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": b"x" * 32},
        {"time_ms": 8},
        {"certificates": (PROXYS_CERTIFICATE,)},
        {"certificates": ()},
        {"signature": UNSIGNED},
    ],
)
def test_what_the_hub_did_not_sign_is_refused(changed: dict[str, object]) -> None:
    """Every field of the answer is under its signature."""
    answer = replace(challenge(), **changed)  # type: ignore[arg-type]  # fields by name
    seen = answer.certificates[0] if answer.certificates else None
    assert check(answer, certificate=seen, loopback=not seen) == "login.signature"


def test_an_answer_to_another_hello_is_refused() -> None:
    """A recorded one answers another nonce."""
    other = encode_frame(Hello(VERSIONS, b"C" * 32, HUB, "test"))
    assert check(challenge(), hello=other) == "login.signature"


def test_a_signature_for_a_login_is_none_for_a_hub() -> None:
    """Tags keep the uses of one key apart."""
    answer = challenge()
    said = transcript(HELLO, encode_unsigned(answer))
    assert check(replace(answer, signature=HUB_SIGNER.sign(said))) == "login.signature"
    crossed = HUB_SIGNER.sign(b"hobnob/1 auth\0" + said)
    assert check(replace(answer, signature=crossed)) == "login.signature"


def test_a_proxy_between_us_and_the_hub_is_noticed() -> None:
    """Its certificate is none of those the hub signed; none at all is no better."""
    assert check(challenge(), certificate=PROXYS_CERTIFICATE) == "login.certificate"
    assert check(challenge(), certificate=None) == "login.certificate"
    assert check(challenge(), certificate=None, loopback=True) == "login.certificate"


def test_only_a_loopback_goes_without_certificates() -> None:
    """A hub that names none is refused anywhere else, whatever we see."""
    bare = challenge(certificates=())
    assert check(bare, certificate=None, loopback=True) == ""
    assert check(bare, certificate=CERTIFICATE, loopback=True) == ""
    assert check(bare, certificate=None) == "login.certificate"
    assert check(bare) == "login.certificate"


def test_a_succeeded_key_speaks_for_the_pinned_hub() -> None:
    """Its id stays that of the first key; the first key itself is worth nothing any more."""
    successor = KeyedSigner(b"successor")
    answer = resigned(challenge(successor), successor, hub=HUB)
    assert check(answer, successor=successor.public_key) == ""
    assert check(answer) == "login.hub_key"
    assert check(challenge(), successor=successor.public_key) == "login.hub_key"
    assert check(answer, expected=None, successor=successor.public_key) == "login.hub_key"
    assert check(resigned(answer), successor=successor.public_key) == "login.signature"
