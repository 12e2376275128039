"""Seal records at the hub: what it keeps, and what it tells, against what devices have signed."""

from hobnob_protocol.ids import AccountId
from hobnob_protocol.seal_record_frames import Records
from hobnob_protocol.sealing.record import check_signature, decode_record
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.ports import EventStore, SealRecordRow, SealRecordsKey
from tests.simulation.network import count
from tests.simulation.violation import Violation


def check_kept(store: EventStore, engine: HubEngine) -> None:
    """Each is of a device that is active, of its account, and signed by it."""
    accounts = engine.state.accounts
    for account in accounts.all:
        for row in _kept(store, account):
            record = decode_record(row.record)
            author = accounts.author(row.device)
            if author is None or not accounts.is_active(row.device):
                raise Violation(f"seal record of {row.device.hex()}, which is no device any more")
            if (record.device, record.account) != (row.device, author.account):
                raise Violation(f"seal record of {row.device.hex()} in another's name")
            verifier = engine.hub.verifier
            check_signature(row.record, row.signature, author.key, engine.state.hub, verifier)


def judge_told(store: EventStore, frame: Records, seen: dict[str, int]) -> None:
    """What is told is no later than what is kept by now: what the same commit has kept since may
    be missing, what it has withdrawn may be there."""
    kept = {row.device: row for account in frame.accounts for row in _kept(store, account)}
    told = [decode_record(each.record) for each in frame.records]
    for record in told:
        row = kept.get(record.device)
        if record.account not in frame.accounts:
            raise Violation("a seal record of an account nobody asked for")
        if row is not None and record.not_before_seconds > row.not_before_seconds:
            raise Violation(f"seal record of {row.device.hex()}: told, and not kept")
    if told and [row.record for row in kept.values()] == [each.record for each in frame.records]:
        count(seen, "seal records told")


def _kept(store: EventStore, account: AccountId) -> tuple[SealRecordRow, ...]:
    key = SealRecordsKey(account)
    return store.load((key,)).get(key)
