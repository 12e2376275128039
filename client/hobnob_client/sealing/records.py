"""Which key each device is sealed to: asked of the hub, kept for ever, published for one's own.

Asked for when something is to be sealed and what is known is an hour old; a hub that shows an older
record than one that is known is not followed.
"""

from collections.abc import Iterable
from typing import Final

from hobnob_client.sealing.tables import Tables
from hobnob_client.sealing.views import Chains
from hobnob_protocol.account import Chain
from hobnob_protocol.crypto import Verifier
from hobnob_protocol.errors import ProtocolError, SealAwaits
from hobnob_protocol.ids import AccountId, DeviceKey, HubId
from hobnob_protocol.limits import UNSEEN_SECONDS, WANTED_ACCOUNTS_MAX
from hobnob_protocol.seal_record_frames import Records, Want
from hobnob_protocol.sealing.record import SealRecord, SealRecords
from hobnob_protocol.sealing.roster import Roster

FRESH_SECONDS: Final = 3_600
"""A record may be so old when something is sealed to its key: it is kept for two days beyond."""
MISSING_SECONDS: Final = 15
"""So long until a device is asked for again that has published none, or none of late."""
ANSWER_SECONDS: Final = 10
"""So long is an answer waited for."""
PATIENT_SECONDS: Final = 3
"""So long until the next question where the hub has answered none."""
LATE_MAX: Final = 256
"""Records that wait for their chains; what is dropped is asked for again."""


class RecordBook:
    """What is known of seal records, and since when."""

    def __init__(self, hub: HubId, verifier: Verifier, tables: Tables, chains: Chains) -> None:
        self._records = SealRecords(hub, verifier)
        self._tables = tables
        self._patient_until = 0
        self._awaited = 0
        self._fresh: dict[AccountId, tuple[int, int]] = {}
        self._late: list[tuple[bytes, bytes]] = tables.records()
        self.retry(chains)

    def relinked(self, me: AccountId) -> None:
        """A new connection: what was asked on the old one is not answered any more, and what the
        hub holds of this account must be known again."""
        self._patient_until = 0
        self._awaited = 0
        self._fresh.pop(me, None)

    def wish(self, accounts: Iterable[AccountId], now_seconds: int) -> Want | None:
        """What to ask the hub so that these accounts' records are fresh; None for nothing, or not
        now: it answers one question at a time."""
        if now_seconds < self._patient_until:
            return None
        stale = [each for each in sorted(accounts) if not self._is_fresh(each, now_seconds)]
        if not stale:
            return None
        self._patient_until = now_seconds + ANSWER_SECONDS
        self.expect()
        return Want(tuple(stale[:WANTED_ACCOUNTS_MAX]))

    def expect(self) -> None:
        """The hub is told something that it answers with records, as it does each question."""
        self._awaited += 1

    @property
    def is_awaited(self) -> bool:
        """Is an answer of the hub's on the way, as far as is known?"""
        return self._awaited > 0

    def are_fresh(self, accounts: Iterable[AccountId], now_seconds: int) -> bool:
        """May something be sealed by what is known of these accounts?"""
        return all(self._is_fresh(account, now_seconds) for account in accounts)

    def _is_fresh(self, account: AccountId, now_seconds: int) -> bool:
        at_seconds, valid_seconds = self._fresh.get(account, (0, 0))
        return 0 <= now_seconds - at_seconds < valid_seconds

    def take(self, frame: Records, chains: Chains, now_seconds: int) -> tuple[SealRecord, ...]:
        """Take the hub's answer: the records that hold. What does not hold counts as not there."""
        found: list[SealRecord] = []
        for each in frame.records:
            record = self._take(each.record, each.signature, chains)
            if record is not None:
                found.append(record)
                self._tables.put_record(record.device, each.record, each.signature)
        for account in frame.accounts:
            chain = chains.get(account)
            whole = chain is not None and all(
                self._is_seen(device.key, now_seconds) for device in chain.active
            )
            self._fresh[account] = now_seconds, FRESH_SECONDS if whole else MISSING_SECONDS
        self._awaited = max(0, self._awaited - 1)
        # What did not fit into one answer is asked again; at once, unless the hub has no time.
        self._patient_until = 0 if frame.accounts else now_seconds + PATIENT_SECONDS
        return tuple(found)

    def _is_seen(self, device: DeviceKey, now_seconds: int) -> bool:
        record = self._records.newest(device)
        return record is not None and now_seconds - record.not_before_seconds <= UNSEEN_SECONDS

    def retry(self, chains: Chains) -> None:
        """Chains have grown: take what named links that had not come."""
        late, self._late = self._late, []
        for record, signature in late:
            self._take(record, signature, chains)

    def addressed(self, roster: Roster, now_seconds: int) -> tuple[SealRecord, ...]:
        """The records of a roster's devices that are sealed to."""
        return self._records.addressed(roster, now_seconds)

    def doubt(self, account: AccountId) -> None:
        """There may be more of this account than is known."""
        self._fresh.pop(account, None)

    def of(self, chain: Chain, now_seconds: int) -> tuple[SealRecord, ...]:
        """The records of an account's devices that are sealed to."""
        found = (self._records.newest(each.key) for each in chain.active)
        return tuple(
            record
            for record in found
            if record is not None and now_seconds - record.not_before_seconds <= UNSEEN_SECONDS
        )

    def _take(self, record: bytes, signature: bytes, chains: Chains) -> SealRecord | None:
        try:
            return self._records.take(record, signature, chains)
        except SealAwaits:
            if (record, signature) not in self._late:
                self._late = [*self._late[-LATE_MAX:], (record, signature)]
        except ProtocolError:
            # An older one, of a device that is gone, or made up: as if it had not been served.
            pass
        return None
