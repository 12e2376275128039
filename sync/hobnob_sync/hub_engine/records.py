"""Seal records: the hub keeps the newest of each device and shows an account's to whoever asks.

They are no events: nobody needs an older one, and a log of them would grow for ever. Each frame
costs one token: whoever has none left is answered, but nothing of theirs is kept then, and nothing
that they want is shown. While the hub cannot write nothing is kept either; the device publishes
again.
"""

from typing import Final

from hobnob_protocol.errors import ByeCode, ProtocolError, SealError
from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import FRAME_BYTES_MAX, SEAL_AHEAD_SECONDS
from hobnob_protocol.seal_record_frames import Record, Recorded, Records, Want
from hobnob_protocol.sealing.record import check_signature, decode_record
from hobnob_protocol.sealing.seal_key import check_public
from hobnob_sync.hub_engine import effects, pushing
from hobnob_sync.hub_engine.inputs import Send
from hobnob_sync.hub_engine.session import Session
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.ports import SealRecordRow, SealRecordsKey

COST: Final = 1
"""As much as a reaction: what is kept is synced to the disk, what is wanted is up to a frame."""
_FRAME_BYTES: Final = 8
"""What a RECORDS frame holds beside its accounts and records."""
_ACCOUNT_BYTES: Final = 22
_RECORD_BYTES: Final = 6
"""What each record holds beside its own bytes and its signature's."""


def publish(step: Step, session: Session, frame: Record, read_only: bool) -> None:
    """Keep a device's newest record, and tell what is kept of its account; a record that is none,
    or another device's, ends the connection."""
    if not pushing.spend(step, session, COST):
        try:
            row = _read(step, session, frame)
        except ProtocolError:
            effects.end(step, session, ByeCode.PROTOCOL)
            return
        if not read_only and _is_next(step, row):
            step.transaction.seal_records[row.device] = row
    _tell(step, session, (session.account,))


def show(step: Step, session: Session, frame: Want) -> None:
    """Answer a WANT, of those accounts that were loaded for this step (`HubEngine.needs`)."""
    _tell(step, session, () if pushing.spend(step, session, COST) else frame.accounts)


def _read(step: Step, session: Session, frame: Record) -> SealRecordRow:
    record = decode_record(frame.record)
    if (record.account, record.device) != (session.account, session.device):
        raise SealError("record.device", record.device.hex())
    author = step.state.accounts.author(session.device)
    # A session ends in the step that revokes its device.
    assert author is not None, "who is logged in has a device"
    check_signature(frame.record, frame.signature, author.key, step.state.hub, step.hub.verifier)
    check_public(record.public)
    return SealRecordRow(
        record.device, record.account, record.not_before_seconds, frame.record, frame.signature
    )


def _is_next(step: Step, row: SealRecordRow) -> bool:
    """Is it later than what is kept of its device, and of this time?"""
    if row.not_before_seconds > step.now_ms // 1_000 + SEAL_AHEAD_SECONDS:
        return False
    kept = _kept(step, row.account)
    return all(
        row.not_before_seconds > known.not_before_seconds
        for known in kept
        if known.device == row.device
    )


def _kept(step: Step, account: AccountId) -> tuple[SealRecordRow, ...]:
    """The records of an account, with what this step has done."""
    found = {row.device: row for row in step.loaded.get(SealRecordsKey(account))}
    for device, row in step.transaction.seal_records.items():
        if row is None:
            found.pop(device, None)
        elif row.account == account:
            found[device] = row
    return tuple(row for _, row in sorted(found.items()))


def _tell(step: Step, session: Session, accounts: tuple[AccountId, ...]) -> None:
    """The records of the first of these accounts that were loaded and fit into a frame."""
    told: list[AccountId] = []
    records: list[Recorded] = []
    left_bytes = FRAME_BYTES_MAX - _FRAME_BYTES
    for account in accounts:
        if not step.loaded.has(SealRecordsKey(account)):
            break
        found = [Recorded(row.record, row.signature) for row in _kept(step, account)]
        left_bytes -= _ACCOUNT_BYTES
        left_bytes -= sum(len(one.record) + len(one.signature) + _RECORD_BYTES for one in found)
        if left_bytes < 0:
            break
        told.append(account)
        records += found
    step.say(Send((session.conn,), Records(tuple(told), tuple(records))))
