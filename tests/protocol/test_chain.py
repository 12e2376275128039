"""Chains: only its own managing devices change an account, one link at a time."""

from hashlib import sha256

import pytest

from hobnob_protocol import chain
from hobnob_protocol.chain import RULES
from hobnob_protocol.codec import encode
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import DeviceId, account_id
from hobnob_protocol.limits import (
    DEVICES_MAX,
)
from hobnob_protocol.link import ADD, GENESIS, POSSESSION_TAG, REVOKE, TAG
from hobnob_protocol.testing.keyed import KeyedSigner
from tests.protocol.links import (
    HUB,
    LAPTOP,
    PHONE,
    STRANGER,
    TABLET,
    VERIFIER,
    added,
    begun,
    broken,
    device,
    fields,
    possession,
    refused,
    revoked,
)


def test_a_genesis_founds_an_account_on_one_device() -> None:
    """The account is named by the hash of its first link, so nobody chooses or takes it."""
    link, signature = chain.genesis(LAPTOP, HUB, 77)
    assert link == encode((1, 0, bytes(32), HUB, GENESIS, (LAPTOP.public_key,), 77))
    account = chain.extend(None, link, signature, HUB, VERIFIER)
    assert account.account == account_id(link) == sha256(link).digest()[:20]
    assert account.hub == HUB
    assert account.links == 1
    assert account.head == sha256(link).digest()
    (first,) = account.devices
    assert (first.key, first.device) == (LAPTOP.public_key, device(LAPTOP))
    assert (first.manage, first.added_seq, first.revoked_seq) == (True, 0, 0)
    assert first.active


def test_an_added_device_may_sign_and_manage() -> None:
    """Each link counts on; the account stays what it was."""
    before = begun()
    link, signature = chain.add(before, LAPTOP, PHONE, 2)
    account = chain.extend(before, link, signature, HUB, VERIFIER)
    assert (account.account, account.hub) == (before.account, HUB)
    assert account.links == 2
    assert account.head == sha256(link).digest()
    phone = account.find(device(PHONE))
    assert phone is not None
    assert (phone.key, phone.manage, phone.added_seq) == (PHONE.public_key, True, 1)
    assert account.active == account.devices == (*before.devices, phone)
    assert revoked(account, PHONE, LAPTOP).active == (phone,)


def test_a_revoked_device_is_remembered_with_the_link_that_ended_it() -> None:
    """Its old events still have an author."""
    account = revoked(added(begun(), LAPTOP, PHONE), LAPTOP, PHONE)
    phone = account.find(device(PHONE))
    assert phone is not None
    assert not phone.active
    assert (phone.added_seq, phone.revoked_seq) == (1, 2)
    assert account.links == 3
    assert [each.device for each in account.active] == [device(LAPTOP)]


def test_a_device_may_end_itself_while_another_manages() -> None:
    """Selling a laptop needs no other device at hand."""
    account = revoked(added(begun(), LAPTOP, PHONE), PHONE, PHONE)
    assert [each.device for each in account.active] == [device(LAPTOP)]


def test_who_is_not_in_a_chain_is_not_found() -> None:
    """Not even by a similar id."""
    assert begun().find(device(STRANGER)) is None


def test_real_signatures_make_chains_too() -> None:
    """Ed25519 from genesis to revocation."""
    verifier = Ed25519Verifier()
    laptop, phone = Ed25519Signer(b"l" * 32), Ed25519Signer(b"p" * 32)
    account = begun(laptop, verifier)
    account = chain.extend(account, *chain.add(account, laptop, phone, 2), HUB, verifier)
    link, signature = chain.revoke(account, phone, device(laptop), 3)
    account = chain.extend(account, link, signature, HUB, verifier)
    assert [each.key for each in account.active] == [phone.public_key]


# Who may sign a link.


def test_a_stranger_changes_nothing() -> None:
    """A signature of a device outside the account does not count."""
    account = begun()
    key = PHONE.public_key
    link = fields(account, ADD, key, True, possession(account, PHONE))
    assert refused(account, link, STRANGER) == "link.signature"
    assert refused(account, link, PHONE) == "link.signature"
    assert refused(account, fields(account, REVOKE, device(LAPTOP)), STRANGER) == "link.signature"


def test_a_device_without_the_right_to_manage_changes_nothing() -> None:
    """It posts, and that is all."""
    account = added(begun(), LAPTOP, PHONE, manage=False)
    assert refused(account, fields(account, REVOKE, device(LAPTOP)), PHONE) == "link.signature"
    with pytest.raises(UsageError, match="may not manage"):
        chain.add(account, PHONE, TABLET, 3)


def test_a_revoked_device_changes_nothing() -> None:
    """From the link that ended it on."""
    account = revoked(added(begun(), LAPTOP, PHONE), LAPTOP, PHONE)
    assert refused(account, fields(account, REVOKE, device(LAPTOP)), PHONE) == "link.signature"
    with pytest.raises(UsageError, match="may not manage"):
        chain.revoke(account, PHONE, device(LAPTOP), 4)


def test_a_strangers_tools_sign_nothing() -> None:
    """The program that asks has a bug."""
    with pytest.raises(UsageError, match="may not manage"):
        chain.add(begun(), STRANGER, PHONE, 2)


def test_a_genesis_is_signed_by_its_own_key() -> None:
    """Nobody founds an account on another's device."""
    assert refused(None, fields(None, GENESIS, LAPTOP.public_key), PHONE) == "link.signature"


def test_a_signature_is_for_links_alone() -> None:
    """The tag keeps signatures of other things out, and changed bytes are not signed."""
    link, signature = chain.genesis(LAPTOP, HUB, 1)
    assert broken(None, link, LAPTOP.sign(link)) == "link.signature"
    assert broken(None, link, signature[:-1]) == "link.signature"
    account = begun()
    link, _ = chain.add(account, LAPTOP, PHONE, 2)
    assert broken(account, link, LAPTOP.sign(b"hobnob/1 event\0" + link)) == "link.signature"


@pytest.mark.parametrize("link_type", [ADD, REVOKE, 3, -1])
def test_a_chain_begins_with_its_genesis(link_type: int) -> None:
    """And with nothing else."""
    assert refused(None, fields(None, link_type, LAPTOP.public_key)) == "link.type"


@pytest.mark.parametrize("link_type", [GENESIS, 3, -1])
def test_a_chain_goes_on_by_adding_and_revoking(link_type: int) -> None:
    """A second genesis or an unknown type does not count."""
    assert refused(begun(), fields(begun(), link_type, LAPTOP.public_key)) == "link.type"


@pytest.mark.parametrize("payload", [(), (LAPTOP.public_key, True)])
def test_a_genesis_names_one_key(payload: tuple[object, ...]) -> None:
    """And nothing beside it."""
    assert refused(None, fields(None, GENESIS, *payload)) == "link.payload"


@pytest.mark.parametrize(
    "key",
    [
        bytes(32),
        b"\x01" + bytes(31),
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        b"\xff" * 32,
        b"k" * 31,
        b"k" * 33,
        b"",
        "k" * 32,
        None,
    ],
)
def test_a_weak_key_never_enters_a_chain(key: object) -> None:
    """Neither as its first nor as an added one: under it anybody could sign."""
    assert refused(None, fields(None, GENESIS, key)) == "link.key"
    assert refused(begun(), fields(begun(), ADD, key, True, bytes(64))) == "link.key"


def test_an_added_key_has_shown_that_it_is_held() -> None:
    """For this very place in this very chain, by itself."""
    account = begun()
    key = PHONE.public_key
    elsewhere = begun(TABLET)
    for proof in (
        bytes(64),
        b"",
        possession(account, PHONE)[:-1],
        possession(account, STRANGER),
        possession(elsewhere, PHONE),
        LAPTOP.sign(POSSESSION_TAG + account.head + key),
        PHONE.sign(TAG + account.head + key),
        PHONE.sign(POSSESSION_TAG + account.head + STRANGER.public_key),
    ):
        assert refused(account, fields(account, ADD, key, True, proof)) == "link.possession"
    good = fields(account, ADD, key, True, possession(account, PHONE))
    data = encode(good)
    after = chain.extend(account, data, LAPTOP.sign(TAG + data), HUB, VERIFIER)
    assert len(after.active) == 2


@pytest.mark.parametrize("count", [0, 1, 2, 4])
def test_an_addition_has_three_parts(count: int) -> None:
    """Key, right to manage, proof."""
    account = begun()
    whole = (PHONE.public_key, True, possession(account, PHONE), None)
    assert refused(account, fields(account, ADD, *whole[:count])) == "link.payload"


@pytest.mark.parametrize(("manage", "proof"), [(1, bytes(64)), (None, bytes(64)), (True, None)])
def test_the_parts_of_an_addition_have_their_types(manage: object, proof: object) -> None:
    """1 is not true."""
    account = begun()
    link = fields(account, ADD, PHONE.public_key, manage, proof)
    assert refused(account, link) == "link.payload"


def test_a_device_is_added_once() -> None:
    """Neither twice nor again after it was revoked: its id would name two lives."""
    account = added(begun(), LAPTOP, PHONE)
    for before in (account, revoked(account, LAPTOP, PHONE)):
        link, signature = chain.add(before, LAPTOP, PHONE, 4)
        assert broken(before, link, signature) == "link.known_device"


def test_an_account_has_so_many_active_devices() -> None:
    """A revoked one makes room for another."""
    account = begun()
    for number in range(DEVICES_MAX - 1):
        account = added(account, LAPTOP, KeyedSigner(b"%d" % number))
    assert len(account.active) == DEVICES_MAX
    link, signature = chain.add(account, LAPTOP, PHONE, 4)
    assert broken(account, link, signature) == "link.devices"
    account = revoked(account, LAPTOP, KeyedSigner(b"0"))
    assert len(added(account, LAPTOP, PHONE).active) == DEVICES_MAX


@pytest.mark.parametrize("payload", [(), (b"x" * 8, b"x" * 8), ("x" * 8,), (8,), (None,)])
def test_a_revocation_names_one_device(payload: tuple[object, ...]) -> None:
    """By its id, and nothing beside it."""
    assert refused(begun(), fields(begun(), REVOKE, *payload)) == "link.payload"


def test_only_an_active_device_of_the_account_can_be_revoked() -> None:
    """No stranger, and nobody twice."""
    account = revoked(added(begun(), LAPTOP, PHONE), LAPTOP, PHONE)
    for gone in (device(STRANGER), device(PHONE), DeviceId(b"")):
        assert refused(account, fields(account, REVOKE, gone)) == "link.unknown_device"


def test_the_last_device_that_manages_stays() -> None:
    """Else nobody could ever change the account; one that may only post does not replace it."""
    assert refused(begun(), fields(begun(), REVOKE, device(LAPTOP))) == "link.last_manager"
    account = added(begun(), LAPTOP, PHONE, manage=False)
    assert refused(account, fields(account, REVOKE, device(LAPTOP))) == "link.last_manager"
    assert revoked(account, LAPTOP, PHONE).links == 3
    account = added(account, LAPTOP, TABLET)
    account = revoked(account, LAPTOP, LAPTOP)
    assert refused(account, fields(account, REVOKE, device(TABLET)), TABLET) == "link.last_manager"


def test_the_rules_are_these() -> None:
    """Each is explained once, for the specification."""
    assert all(rule.startswith("link.") and text for rule, text in RULES.items())
    assert len(RULES) == 19


def test_an_account_knows_where_it_stood() -> None:
    """Each head there was, and who could sign then."""
    first = begun()
    second = added(first, LAPTOP, PHONE)
    third = revoked(second, LAPTOP, PHONE)
    assert third.heads == (first.head, second.head, third.head)
    assert [len(third.active_at(links)) for links in (0, 1, 2, 3)] == [0, 1, 2, 1]
    assert [each.key for each in third.active_at(3)] == [LAPTOP.public_key]
