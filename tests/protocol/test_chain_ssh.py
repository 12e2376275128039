"""An account comes back by an SSH key: at once by a touch, else after a day in which its devices
may say no."""

from typing import Final

import pytest

from hobnob_protocol import chain
from hobnob_protocol.account import Chain
from hobnob_protocol.codec import encode
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import DeviceKey, device_id
from hobnob_protocol.limits import DEVICES_MAX, LINK_BYTES_MAX, SSH_KEYS_MAX, VETO_SECONDS
from hobnob_protocol.link import RETURN, TAG, read
from hobnob_protocol.ssh.signed import SshSigner
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
    device,
    revoked,
)
from tests.protocol.vectors.people import Person
from tests.protocol.vectors.ssh_holders import CURVE, DESK, OLD, Plain, number, text
from tests.protocol.vectors.ssh_holders import security as touched

NOON_MS: Final = 1_700_000_000_000
DUE_MS: Final = NOON_MS + VETO_SECONDS * 1_000


def named(before: Chain, ssh: SshSigner = DESK) -> Chain:
    """The account with this SSH key."""
    return chain.extend(before, *chain.name_ssh(before, LAPTOP, ssh, 2), HUB, VERIFIER)


def asked(
    before: Chain, new: KeyedSigner = PHONE, ssh: SshSigner = DESK, at_ms: int = NOON_MS
) -> Chain:
    """The account after this key has named a device."""
    link = chain.come_back(HUB, before.links, before.head, ssh, new, 3)
    return chain.extend(before, *link, HUB, VERIFIER, at_ms)


def entered(before: Chain, new: KeyedSigner = PHONE, at_ms: int = DUE_MS) -> Chain:
    """The account after a device that waited has entered."""
    link = chain.enter(HUB, before.links, before.head, new, 4)
    return chain.extend(before, *link, HUB, VERIFIER, at_ms)


def ended_by(signer: KeyedSigner, before: Chain, gone: KeyedSigner = PHONE) -> Chain:
    """The account after one of its devices has said no."""
    link = chain.revoke(before, signer, device(gone), 4)
    return chain.extend(before, *link, HUB, VERIFIER, NOON_MS)


def test_an_account_may_begin_with_an_ssh_key() -> None:
    """It recovers, and is no device."""
    link = chain.genesis(LAPTOP, HUB, 1, DESK)
    account = chain.extend(None, *link, HUB, VERIFIER)
    (key,) = account.recovery
    assert key.key == DESK.public_key
    assert [each.device for each in account.active] == [device(LAPTOP)]
    assert asked(account).waiting[0].by == key.id


def test_who_comes_back_by_an_agent_waits_a_day() -> None:
    """It is no device meanwhile: in no roster, and of no use."""
    account = asked(named(begun()))
    (waiting,) = account.waiting
    assert (waiting.device, waiting.due_ms) == (device(PHONE), DUE_MS)
    assert account.find(device(PHONE)) is None
    assert account.active == account.active_at(account.links) == begun().devices
    with pytest.raises(UsageError):
        chain.revoke(account, PHONE, device(LAPTOP), 4)


def test_a_link_too_early_is_refused() -> None:
    """By the hub's time of both links, and by nothing that the device says of itself."""
    account = asked(named(begun()))
    with pytest.raises(ProtocolError, match=r"^link\.early$"):
        entered(account, at_ms=DUE_MS - 1)
    after = entered(account)
    assert [each.device for each in after.active] == [device(LAPTOP), device(PHONE)]
    assert after.devices[-1].manage
    assert after.waiting == ()
    assert revoked(after, PHONE, LAPTOP).active == (after.devices[-1],)


def test_any_device_says_no() -> None:
    """One that may not manage as well; whoever has asked can use the key, so the key ends too."""
    account = asked(named(added(begun(), LAPTOP, TABLET, manage=False)))
    for signer in (LAPTOP, TABLET):
        after = ended_by(signer, account)
        assert after.waiting == ()
        assert not after.recovery[0].active
        with pytest.raises(ProtocolError, match=r"^link\.waiting$"):
            entered(after)
        with pytest.raises(ProtocolError, match=r"^link\.recovery_key$"):
            asked(after, STRANGER)


def test_a_no_still_counts_after_the_day() -> None:
    """As long as the device has not entered; then it is one, and is revoked as one."""
    account = asked(named(added(begun(), LAPTOP, TABLET, manage=False)))
    link = chain.revoke(account, TABLET, device(PHONE), 4)
    assert chain.extend(account, *link, HUB, VERIFIER, DUE_MS + 1).waiting == ()
    late = entered(account)
    with pytest.raises(UsageError):
        chain.revoke(late, TABLET, device(PHONE), 5)
    assert not revoked(late, LAPTOP, PHONE).devices[-1].active


def test_one_waits_by_a_key_at_a_time() -> None:
    """So that whoever reaches an agent cannot fill the chain; one that could have entered and did
    not gives its place away."""
    account = asked(named(begun()))
    with pytest.raises(ProtocolError, match=r"^link\.waiting$"):
        asked(account, STRANGER, at_ms=DUE_MS - 1)
    after = asked(account, STRANGER, at_ms=DUE_MS)
    assert [each.device for each in after.waiting] == [device(STRANGER)]


def test_a_touch_counts_at_once() -> None:
    """And the key counts up: what a copy of it signs is refused."""
    account = asked(named(begun(), touched(1)), PHONE, touched(2))
    assert [each.device for each in account.active] == [device(LAPTOP), device(PHONE)]
    with pytest.raises(ProtocolError, match=r"^link\.counter$"):
        asked(account, STRANGER, touched(2))
    assert asked(account, STRANGER, touched(3)).recovery[0].counter == 3


def test_a_key_that_does_not_count_is_taken() -> None:
    """Some say 0 each time."""
    account = asked(named(begun(), touched(0)), PHONE, touched(0))
    assert len(asked(account, STRANGER, touched(0)).active) == 3


def test_a_signature_of_another_use_names_nobody() -> None:
    """A login, a file or a commit that the same key signed is no link."""
    account = named(begun())
    by = device_id(DeviceKey(DESK.public_key))
    fields = read(chain.come_back(HUB, account.links, account.head, DESK, PHONE, 3)[0])
    assert fields.type == RETURN
    for replayed in (b"", DESK.sign(fields.without(2)), DESK.sign(b"SSHSIG")):
        link = encode((1, *fields._replace(payload=(PHONE.public_key, by, replayed))))
        with pytest.raises(ProtocolError, match=r"^ssh\."):
            chain.extend(account, link, PHONE.sign(TAG + link), HUB, VERIFIER, NOON_MS)


def test_a_key_ends_and_whoever_waits_by_it() -> None:
    """Others wait on."""
    account = asked(named(named(begun()), CURVE))
    account = asked(account, TABLET, CURVE)
    link = chain.revoke(account, LAPTOP, device_id(DeviceKey(DESK.public_key)), 4)
    after = chain.extend(account, *link, HUB, VERIFIER, NOON_MS)
    assert [each.device for each in after.waiting] == [device(TABLET)]
    assert [each.active for each in after.recovery] == [False, True]
    assert entered(after, TABLET).find(device(TABLET)) is not None


def test_four_keys_at_a_time() -> None:
    """Another takes the place of one that has ended."""
    account = begun()
    for n in range(SSH_KEYS_MAX):
        account = named(account, Plain(Person(bytes([n]) * 32)))
    with pytest.raises(ProtocolError, match=r"^link\.recovery$"):
        named(account)


def test_whoever_had_eight_devices_comes_back() -> None:
    """The one that was added first ends."""
    account = named(begun())
    for n in range(DEVICES_MAX - 1):
        account = added(account, LAPTOP, KeyedSigner(bytes([n])))
    after = entered(asked(account))
    assert len(after.active) == DEVICES_MAX
    assert not after.devices[0].active


def test_only_a_device_that_may_manage_names_a_key() -> None:
    """Before anybody is asked to touch one."""
    account = added(begun(), LAPTOP, TABLET, manage=False)
    touch = touched()
    with pytest.raises(UsageError):
        chain.name_ssh(account, TABLET, touch, 2)
    assert touch.counted == []


def test_the_largest_key_fits_a_link() -> None:
    """RSA of 4,096 bits, beside its signature."""

    class Large:
        """As large as a key may be; it signs nothing that counts."""

        public_key = text(b"ssh-rsa") + number(2**32 - 1) + number(2**4096 - 1)

        def sign(self, message: bytes) -> bytes:
            """As long as its signatures are."""
            return text(b"rsa-sha2-512") + bytes(4) + bytes(512)

    link, _ = chain.name_ssh(begun(), LAPTOP, Large(), 2)
    assert len(link) <= LINK_BYTES_MAX
    assert read(link).payload[0] == Large.public_key


def test_real_keys_of_each_sort_bring_an_account_back() -> None:
    """Beside Ed25519 for the devices, as outside of tests."""
    verifier = Ed25519Verifier()
    laptop, phone = Ed25519Signer(bytes(32)), Ed25519Signer(b"p" * 32)
    for holder in (DESK, CURVE, OLD, touched()):
        account = chain.extend(None, *chain.genesis(laptop, HUB, 1, holder), HUB, verifier)
        link = chain.come_back(HUB, account.links, account.head, holder, phone, 3)
        account = chain.extend(account, *link, HUB, verifier, NOON_MS)
        assert len(account.waiting) + len(account.active) == 2
