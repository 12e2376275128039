"""What every store of a hub must keep of seal records: the newest of each device."""

from collections.abc import Callable
from typing import Final

from hobnob_protocol.ids import AccountId, DeviceId
from hobnob_sync.ports import EventStore, HubTransaction, SealRecordRow, SealRecordsKey
from hobnob_sync.testing.scene import ALICE, BOB, LAPTOP

PHONE: Final = DeviceId(b"a phone!")
TABLET: Final = DeviceId(b"tablet!!")


def check_a_device_has_one_seal_record(make: Callable[[], EventStore]) -> None:
    """The newest; those of an account come in the order of devices, and none of a forgotten one."""
    store = make()
    older, newer = (SealRecordRow(LAPTOP, ALICE, n, b"record", bytes(64)) for n in (1, 2**53 - 1))
    phone = SealRecordRow(PHONE, ALICE, 1, b"of the phone", bytes(64))
    tablet = SealRecordRow(TABLET, BOB, 1, b"of the tablet", bytes(64))
    store.commit(HubTransaction(seal_records={LAPTOP: older}))
    assert seal_records_of(store, ALICE) == (older,)
    rows = (newer, tablet, phone)
    store.commit(HubTransaction(seal_records={row.device: row for row in rows}))
    assert seal_records_of(store, ALICE) == (phone, newer)
    store.commit(HubTransaction(seal_records={LAPTOP: None, DeviceId(b"no such!"): None}))
    assert seal_records_of(store, ALICE) == (phone,)
    assert seal_records_of(store, BOB) == (tablet,)


def seal_records_of(store: EventStore, account: AccountId) -> tuple[SealRecordRow, ...]:
    """The seal records of an account's devices."""
    key = SealRecordsKey(account)
    return store.load((key,)).get(key)
