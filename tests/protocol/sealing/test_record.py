"""A seal record is the device's own word, and the newest one stands."""

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.errors import (
    ForkError,
    HobnobError,
    ProtocolError,
    SealAwaits,
    Unopened,
    UsageError,
)
from hobnob_protocol.limits import UNSEEN_SECONDS
from hobnob_protocol.sealing.record import TAG, SealRecords, decode_record, make_record
from tests.protocol.sealing.people import (
    HUB,
    NOW,
    VERIFIER,
    Device,
    account_of,
    direct,
    with_device,
    without_device,
)

ADA, PHONE = Device("ada"), Device("phone")
CHAIN = account_of(ADA, PHONE)
CHAINS = {CHAIN.account: CHAIN}
RECORD, SIGNATURE = ADA.record(CHAIN)


def fields(**changed: object) -> bytes:
    """A record with other fields."""
    told: dict[str, object] = {
        "account": ADA.me.account,
        "device": ADA.me.device,
        "public": ADA.keys.present.public,
        "not_before": NOW,
        "links": CHAIN.links,
        "head": CHAIN.head,
    }
    return encode(tuple({**told, **changed}.values()))


def failed(data: bytes, signer: Device = ADA, chains: object = None) -> HobnobError:
    """Why a record that `signer` has signed is not taken."""
    records = SealRecords(HUB, VERIFIER)
    known = CHAINS if chains is None else chains
    with pytest.raises(HobnobError) as caught:
        records.take(data, signer.signer.sign(TAG + HUB + data), known)  # type: ignore[arg-type]  # chains by account
    return caught.value


def refused(data: bytes, signer: Device = ADA) -> str:
    """The rule it breaks."""
    found = failed(data, signer)
    assert isinstance(found, ProtocolError)
    return found.rule


def test_a_record_says_which_key_and_where_the_chain_stood() -> None:
    """And is the newest from then on."""
    records = SealRecords(HUB, VERIFIER)
    assert records.newest(ADA.me.key) is None
    record = records.take(RECORD, SIGNATURE, CHAINS)
    assert record == decode_record(RECORD) == records.newest(ADA.me.key)
    assert record.kid == ADA.keys.present.kid
    assert (record.links, record.head) == (CHAIN.links, CHAIN.head)
    assert records.take(RECORD, SIGNATURE, CHAINS) == record


def test_only_a_device_of_the_account_makes_one() -> None:
    """A stranger, or one that was revoked, is a fault of the program."""
    gone = without_device(CHAIN, ADA, PHONE)
    for device in (PHONE, Device("stranger")):
        with pytest.raises(UsageError):
            make_record(gone, device.signer, device.keys.present.public, NOW)


@pytest.mark.parametrize(
    "data",
    [
        encode(None),
        encode((1, 2, 3, 4, 5)),
        fields(later=1),
        fields(account=b"a" * 19),
        fields(account="a" * 20),
        fields(device=b"d" * 7),
        fields(device="d" * 8),
        fields(public="p"),
        fields(head=b"h" * 31),
        fields(head=None),
        fields(not_before=-1),
        fields(not_before=True),
        fields(not_before=2**53),
        fields(links=0),
        fields(links=257),
        fields(links=True),
    ],
)
def test_a_record_is_written_in_one_way(data: bytes) -> None:
    """Exactly six fields, each in its range."""
    assert refused(data) == "record.fields"


def test_a_record_may_be_of_any_time() -> None:
    """Of 1970 too, on a machine without a clock."""
    records = SealRecords(HUB, VERIFIER)
    data = fields(not_before=0)
    found = records.take(data, ADA.signer.sign(TAG + HUB + data), CHAINS)
    assert found.not_before_seconds == 0


def test_a_record_is_of_an_active_device() -> None:
    """Not of a stranger, not of one that was revoked."""
    assert refused(fields(device=Device("stranger").me.device)) == "record.device"
    chains = {CHAIN.account: without_device(CHAIN, ADA, PHONE)}
    found = failed(fields(device=PHONE.me.device), PHONE, chains)
    assert isinstance(found, ProtocolError)
    assert found.rule == "record.device"


def test_the_device_itself_has_signed() -> None:
    """Not another one of the account."""
    assert refused(RECORD, PHONE) == "record.signature"


@pytest.mark.parametrize("rule", ["seal_key.length", "seal_key.ml_kem", "seal_key.x25519"])
def test_the_key_is_one(rule: str) -> None:
    """Else nobody is sealed to it."""
    public = ADA.keys.present.public
    broken = {
        "seal_key.length": public[1:],
        "seal_key.ml_kem": b"\xff" * 1184 + public[-32:],
        "seal_key.x25519": public[:-32] + bytes(32),
    }
    assert refused(fields(public=broken[rule])) == rule


def test_a_record_from_ahead_waits_for_its_chain() -> None:
    """Where the account, its device, or a link of it has not come yet."""
    tablet = Device("tablet")
    longer = with_device(CHAIN, ADA, tablet)
    for device, known in ((ADA, {}), (tablet, CHAINS), (ADA, CHAINS)):
        data, _ = make_record(longer, device.signer, device.keys.present.public, NOW)
        found = failed(data, device, known)
        assert isinstance(found, SealAwaits)
        assert (found.code, found.detail) == (Unopened.CHAIN, CHAIN.account.hex())


def test_a_record_of_another_history_is_a_fork() -> None:
    """The device holds a chain that is not the one shown here."""
    other = with_device(account_of(Device("ada")), Device("ada"), Device("tablet"))
    assert (other.account, other.links) == (CHAIN.account, CHAIN.links)
    found = failed(fields(head=other.head))
    assert isinstance(found, ForkError)
    assert found.rule == "sealed.fork"


def test_the_later_record_stands() -> None:
    """An older one, or another of the same time, does not come back."""
    records = SealRecords(HUB, VERIFIER)
    records.take(RECORD, SIGNATURE, CHAINS)
    later = make_record(CHAIN, ADA.signer, Device("x").keys.present.public, NOW + 1)
    records.take(*later, CHAINS)
    same_time = make_record(CHAIN, ADA.signer, Device("y").keys.present.public, NOW + 1)
    for data, signature in ((RECORD, SIGNATURE), same_time):
        with pytest.raises(ProtocolError) as caught:
            records.take(data, signature, CHAINS)
        assert caught.value.rule == "record.order"
    assert records.take(*later, CHAINS).not_before_seconds == NOW + 1


def test_whoever_was_seen_within_45_days_is_sealed_to() -> None:
    """Who has no record is not, nor who was away for longer."""
    ada, bob = Device("ada"), Device("bob")
    place = direct([ada], [bob])
    assert {each.device for each in ada.addressed(place)} == {ada.me.device, bob.me.device}
    assert len(ada.addressed(place, NOW + UNSEEN_SECONDS)) == 2
    assert ada.addressed(place, NOW + UNSEEN_SECONDS + 1) == ()
    assert SealRecords(HUB, VERIFIER).addressed(place.roster, NOW) == ()
