"""Seals what is private to the account: what was changed here, and what others must have anew.

What was changed goes when it has rested and the pace allows it, one batch after the other. When a
device came or went all that holds is sealed under a new key, by the first device that finds it to
be done; the others leave it the time.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from hobnob_client.sealing.keys import Entropy
from hobnob_client.sealing.meeting import Held
from hobnob_client.sealing.own_keys import OwnKeys, Shared
from hobnob_client.sealing.private_reading import OWN_KEY, PRIVATE
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_client.sealing.records import PATIENT_SECONDS, RecordBook
from hobnob_client.sealing.resting import Resting
from hobnob_client.sealing.views import Chains, is_abreast
from hobnob_protocol.account import Chain
from hobnob_protocol.errors import ForkError, ProtocolError, SealAwaits
from hobnob_protocol.event import SALT_BYTES, decode_event
from hobnob_protocol.ids import PEOPLE, user_stream
from hobnob_protocol.kind import Body
from hobnob_protocol.limits import PRIVATE_PACE_SECONDS
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.seal_record_frames import Want
from hobnob_protocol.sealing import own
from hobnob_protocol.sealing.doubts import Doubts
from hobnob_protocol.sealing.own import Cell, fits, seal_cell, share_key
from hobnob_protocol.sealing.record import SealRecord
from hobnob_sync.client_engine.inputs import Compose
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.ports import OutboxRow, TrayRow

AT_ONCE: Final = 16
"""Cells sealed between two answers of the hub: some milliseconds."""
TURN_SECONDS: Final = 30
"""So long does each device leave what all could do to those before it."""
ASK_SECONDS: Final = 5
"""So long after a device came the hub is asked for its seal key, then twice as long each time."""
ASK_SECONDS_MAX: Final = 3_600
"""... for one that was not seen for long there is time."""
_KINDS: Final = (PRIVATE, OWN_KEY)


class PrivateWriting:
    """What one device seals of what its account keeps from everybody else."""

    def __init__(
        self,
        table: PrivateTable,
        state: ReplicaState,
        own_keys: OwnKeys,
        records: RecordBook,
        doubts: Doubts,
        entropy: Entropy,
    ) -> None:
        self._table = table
        self._state = state
        self._me = state.identity.author
        self._hub = state.identity.hub
        self._stream = user_stream(self._me.account)
        self._own_keys = own_keys
        self._records = records
        self._doubts = doubts
        self._entropy = entropy
        self._resting = Resting()
        self._held: tuple[Held, ...] = ()
        self._looked_at = -1
        self._paced_until = 0
        self._turn_from: int | None = None
        self._ask_from = 0
        self._ask_after = ASK_SECONDS
        self._links = 0
        self.later_seconds: int | None = None
        """When there is something to do of which no frame tells."""
        self.left = False
        """One leaves, and something of what was changed could be sealed, and is not."""
        self._hurries = False

    def hurry(self) -> None:
        """One leaves: from now on what was changed neither rests nor waits."""
        self._hurries = True
        # Until the hub has answered once nothing is attended to that would say so.
        self.left = bool(self._changed(self._table.edited(), 0))

    def attend(self, now_seconds: int) -> tuple[tuple[Compose, ...], tuple[Want, ...]]:
        """What to say, and what to ask the hub before, at the hub's time."""
        self.later_seconds, self.left = None, False
        edited, held = self._table.edited(), self._all()
        chain = self._state.accounts.chain(self._me.account)
        if not (edited or held) or chain is None or self._waits():
            return (), ()
        changed = self._changed(edited, now_seconds)
        self.left = self._hurries and bool(changed)
        addressed = self._records.of(chain, now_seconds)
        fitting = self._own_keys.fitting(chain, addressed)
        names = [shared.body.key for shared in fitting]
        moved = (row for row in held if row.own_key not in names)
        stale = [row for row in moved if row.number and not row.edited_ms]
        wants = self._watch(chain, addressed, fitting, now_seconds)
        if not changed and not self._is_turn(stale, addressed, now_seconds):
            return (), wants
        if not fitting:
            asked = wants or self._ask(now_seconds)
            if asked is not None:
                return (), asked
            if not addressed:
                # Not even this device: the hub has not told its key yet. Nobody could be given one.
                return (), ()
        return self._write(chain, addressed, fitting, (*changed, *stale), now_seconds), wants

    def _waits(self) -> bool:
        """Is something sealed and not in the log yet, or not all of the log here, or in doubt?"""
        if not is_abreast(self._state, PEOPLE) or not is_abreast(self._state, self._stream):
            return True
        # What a hub does not take is not pressed upon it.
        rows: tuple[OutboxRow | TrayRow, ...]
        rows = (*self._state.outbox.values(), *self._state.tray.values())
        if any(row.stream == self._stream and _kind(row) in _KINDS for row in rows):
            return True
        try:
            self._doubts.check((self._me.account,), Chains(self._state.accounts))
        except (SealAwaits, ForkError):
            return True
        return False

    def _later(self, seconds: int) -> None:
        if self.later_seconds is None or seconds < self.later_seconds:
            self.later_seconds = seconds

    def _all(self) -> tuple[Held, ...]:
        """All that holds: asked for again when something of it was taken in."""
        if self._looked_at != self._table.version:
            self._looked_at = self._table.version
            self._held = self._table.all()
        return self._held

    def _changed(self, edited: Iterable[Held], now_seconds: int) -> tuple[Held, ...]:
        """What was changed here and may be sealed now."""
        sealable: list[Held] = []
        for row in edited:
            if not row.number and not row.value:
                # Begun and gone before anybody was told.
                self._table.drop(row.name)
            elif fits(row.name, row.value):
                sealable.append(row)
        if self._hurries:
            return tuple(sealable)
        found = self._resting.rested(sealable, now_seconds)
        if self._resting.later_seconds is not None:
            self._later(self._resting.later_seconds)
        if found and now_seconds < self._paced_until:
            self._later(self._paced_until)
            return ()
        return found

    def _watch(
        self,
        chain: Chain,
        addressed: Sequence[SealRecord],
        fitting: Sequence[Shared],
        now_seconds: int,
    ) -> tuple[Want, ...]:
        """Ask now and then for the seal keys of devices that could not be given an own key yet."""
        known = {record.device for record in addressed}
        for shared in fitting:
            known |= shared.recipients
        if all(device.device in known for device in chain.active):
            return ()
        if self._links != chain.links:
            self._links, self._ask_after = chain.links, ASK_SECONDS
            self._ask_from = now_seconds + ASK_SECONDS
        if now_seconds < self._ask_from:
            self._later(self._ask_from)
            return ()
        self._ask_after = min(2 * self._ask_after, ASK_SECONDS_MAX)
        self._ask_from = now_seconds + self._ask_after
        self._later(self._ask_from)
        self._records.doubt(self._me.account)
        want = self._records.wish((self._me.account,), now_seconds)
        return () if want is None else (want,)

    def _is_turn(
        self, stale: Sequence[Held], addressed: Sequence[SealRecord], now_seconds: int
    ) -> bool:
        """Is it for this device to seal anew what others could, too?"""
        if not stale:
            self._turn_from = None
            return False
        if self._turn_from is None:
            self._turn_from = now_seconds
        before = sum(record.device < self._me.device for record in addressed)
        at = self._turn_from + before * TURN_SECONDS
        if now_seconds < at:
            self._later(at)
            return False
        return True

    def _ask(self, now_seconds: int) -> tuple[Want, ...] | None:
        """What to ask before a key is given to all; None where all is known."""
        me = (self._me.account,)
        if self._records.are_fresh(me, now_seconds):
            return None
        self._later(now_seconds + PATIENT_SECONDS)
        want = self._records.wish(me, now_seconds)
        return () if want is None else (want,)

    def _write(
        self,
        chain: Chain,
        addressed: Iterable[SealRecord],
        fitting: Sequence[Shared],
        rows: Sequence[Held],
        now_seconds: int,
    ) -> tuple[Compose, ...]:
        said: list[Body] = []
        if fitting:
            secret = self._own_keys.get(fitting[-1].body.key)
            assert secret is not None, "only keys that are held fit"
        else:
            secret = self._entropy(own.KEY_BYTES)
            shared = share_key(self._hub, self._me, secret, chain, addressed)
            # On the disk before anything lies under it.
            self._own_keys.keep(shared.key, secret)
            said.append(shared)
        for row in rows[:AT_ONCE]:
            number, base = row.number, row.base
            if row.edited_ms:
                latest_ms = (now_seconds + 1) * 1_000
                number, base = max(min(row.edited_ms, latest_ms), number + 1), number
                self._paced_until = now_seconds + PRIVATE_PACE_SECONDS
            cell = Cell(row.name, base, row.value)
            salt = self._entropy(own.SALT_BYTES)
            said.append(seal_cell(self._hub, self._me, secret, number, salt, cell))
        return tuple(
            Compose(self._stream, *STANDARD.encode(body), self._entropy(SALT_BYTES), now_seconds)
            for body in said
        )


def _kind(row: OutboxRow | TrayRow) -> int:
    """Of which kind an event is that waits; 0 where it has rotted."""
    try:
        return decode_event(row.event).header.kind
    except ProtocolError:
        return 0
