"""Recovery keys: who has lost all devices comes back, and nobody else gets in."""

import pytest

from hobnob_protocol import chain
from hobnob_protocol.account import Chain
from hobnob_protocol.codec import encode
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.limits import DEVICES_MAX, PAPER_KEYS_MAX
from hobnob_protocol.link import ADD, PAPER, RECOVERY, RECOVERY_TAG, REVOKE, TAG
from hobnob_protocol.testing.keyed import KeyedSigner
from tests.protocol.links import (
    HUB,
    LAPTOP,
    PHONE,
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

SHEET = KeyedSigner(b"sheet of paper")
SECOND = KeyedSigner(b"second sheet")


def named(before: Chain, sheet: KeyedSigner = SHEET) -> Chain:
    """The account with this recovery key."""
    return chain.extend(before, *chain.name_recovery(before, LAPTOP, sheet, 2), HUB, VERIFIER)


def recovered(before: Chain, new: KeyedSigner) -> Chain:
    """The account with one device more, by the sheet of paper."""
    link = chain.recover(HUB, before.links, before.head, SHEET, new, 3)
    return chain.extend(before, *link, HUB, VERIFIER)


def test_a_recovery_key_is_no_device() -> None:
    """It is in no roster, at no time, and is found under its own name only."""
    account = named(begun())
    (key,) = account.recovery
    assert (key.key, key.id, key.sort, key.added_seq) == (SHEET.public_key, device(SHEET), PAPER, 1)
    assert key.active
    assert account.find(device(SHEET)) is None
    assert account.find_recovery(device(SHEET)) is key
    assert account.active == account.active_at(2) == account.devices == begun().devices
    assert account.links == 2


def test_whoever_has_lost_all_devices_comes_back() -> None:
    """The new one manages, and revokes what is lost; the account stays what it was."""
    account = recovered(named(begun()), PHONE)
    assert [each.device for each in account.active] == [device(LAPTOP), device(PHONE)]
    assert account.active[1].manage
    account = revoked(account, PHONE, LAPTOP)
    assert [each.device for each in account.active] == [device(PHONE)]
    assert account.account == begun().account


def test_a_recovery_key_is_revoked_as_a_device_is() -> None:
    """Then it signs nothing more, and its place is free."""
    account = named(begun())
    link, signature = chain.revoke(account, LAPTOP, device(SHEET), 3)
    account = chain.extend(account, link, signature, HUB, VERIFIER)
    (key,) = account.recovery
    assert (key.active, key.revoked_seq) == (False, 2)
    link, signature = chain.recover(HUB, account.links, account.head, SHEET, PHONE, 3)
    assert broken(account, link, signature) == "link.signature"
    account = named(account, SECOND)
    assert [each.active for each in account.recovery] == [False, True]
    ending = fields(account, REVOKE, device(SHEET))
    assert refused(account, ending) == "link.unknown_device"


def test_an_account_has_two_sheets_at_most() -> None:
    """One at home, one elsewhere."""
    account = begun()
    for number in range(PAPER_KEYS_MAX):
        account = named(account, KeyedSigner(b"sheet %d" % number))
    with pytest.raises(ProtocolError, match=r"link\.recovery"):
        named(account)


def test_a_recovery_key_signs_additions_and_revocations_only() -> None:
    """It names no other, and revokes no device that manages alone."""
    account = named(begun())
    held = SECOND.sign(RECOVERY_TAG + account.head + SECOND.public_key)
    naming = fields(account, RECOVERY, SECOND.public_key, PAPER, held)
    assert refused(account, naming, SHEET) == "link.signature"
    ending = fields(account, REVOKE, device(LAPTOP))
    assert refused(account, ending, SHEET) == "link.last_manager"
    ending = fields(recovered(account, PHONE), REVOKE, device(LAPTOP))
    link = encode(ending)
    after = chain.extend(recovered(account, PHONE), link, SHEET.sign(TAG + link), HUB, VERIFIER)
    assert [each.device for each in after.active] == [device(PHONE)]
    with pytest.raises(UsageError):
        chain.revoke(account, SHEET, device(LAPTOP), 3)


def test_a_link_of_a_recovery_key_fits_one_place() -> None:
    """It cannot be used twice, nor after the account has changed, nor on another hub."""
    account = named(begun())
    link, signature = chain.recover(HUB, account.links, account.head, SHEET, PHONE, 3)
    assert broken(added(account, LAPTOP, TABLET), link, signature) == "link.order"
    assert broken(recovered(account, PHONE), link, signature) == "link.order"
    link, signature = chain.recover(
        type(HUB)(bytes(32)), account.links, account.head, SHEET, PHONE, 3
    )
    assert broken(account, link, signature) == "link.hub"


def test_a_full_account_gives_its_first_place() -> None:
    """To a recovery key only; who comes back must manage, for the first one may have."""
    account = named(begun())
    for number in range(1, DEVICES_MAX):
        account = added(account, LAPTOP, KeyedSigner(b"%d" % number), manage=False)
    ninth = fields(account, ADD, PHONE.public_key, True, possession(account, PHONE))
    assert refused(account, ninth) == "link.devices"
    after = recovered(account, PHONE)
    assert after.devices[0].revoked_seq == account.links
    assert len(after.active) == DEVICES_MAX
    ninth = fields(account, ADD, PHONE.public_key, False, possession(account, PHONE))
    assert refused(account, ninth, SHEET) == "link.last_manager"


@pytest.mark.parametrize("payload", [(), (b"k" * 32, PAPER), (b"k" * 32, True, b""), (b"", 1, 1)])
def test_a_recovery_key_is_written_in_one_way(payload: tuple[object, ...]) -> None:
    """Key, sort, proof."""
    account = begun()
    assert refused(account, fields(account, RECOVERY, *payload)) == "link.payload"


def test_a_recovery_key_is_held_by_somebody() -> None:
    """A device's proof is none for it, nor the other way round; its sort is known."""
    account = begun()
    proof = possession(account, SHEET)
    held = SHEET.sign(RECOVERY_TAG + account.head + SHEET.public_key)
    as_recovery = fields(account, RECOVERY, SHEET.public_key, PAPER, proof)
    as_device = fields(account, ADD, SHEET.public_key, True, held)
    other_sort = fields(account, RECOVERY, SHEET.public_key, PAPER + 2, held)
    assert refused(account, as_recovery) == "link.possession"
    assert refused(account, as_device) == "link.possession"
    assert refused(account, other_sort) == "link.sort"


def test_a_key_has_one_office() -> None:
    """No device recovers, and no recovery key becomes a device, even once it is revoked."""
    account = named(begun())
    held = LAPTOP.sign(RECOVERY_TAG + account.head + LAPTOP.public_key)
    as_recovery = fields(account, RECOVERY, LAPTOP.public_key, PAPER, held)
    as_device = fields(account, ADD, SHEET.public_key, True, possession(account, SHEET))
    assert refused(account, as_recovery) == "link.known_device"
    assert refused(account, as_device) == "link.known_device"


def test_a_genesis_is_told_from_what_follows() -> None:
    """What is no link at all counts as one that founds nothing, and is refused as such."""
    account = named(begun())
    assert chain.is_genesis(chain.genesis(LAPTOP, HUB, 1)[0])
    assert not chain.is_genesis(chain.recover(HUB, 2, account.head, SHEET, PHONE, 3)[0])
    assert chain.is_genesis(b"nothing")
