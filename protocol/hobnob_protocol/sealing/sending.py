"""The sending side of one conversation: a session in memory, renewed before it says too much.

Nothing of it is ever stored: a program that starts, from whatever backup, begins a session. Texts
are sealed when they can be sent, not when they are written: a session sealed to keys of last month
would reach nobody.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from hobnob_protocol.errors import UsageError
from hobnob_protocol.event import Author
from hobnob_protocol.ids import DeviceId
from hobnob_protocol.limits import SESSION_MESSAGES_MAX, SESSION_SECONDS
from hobnob_protocol.sealing.body import SID_BYTES
from hobnob_protocol.sealing.doubts import Doubts
from hobnob_protocol.sealing.message import seal_message
from hobnob_protocol.sealing.ratchet import CHAIN_KEY_BYTES, MESSAGE_SALT_BYTES, next_chain_key
from hobnob_protocol.sealing.record import SealRecord
from hobnob_protocol.sealing.roster import Roster, View
from hobnob_protocol.sealing.slices import make_starts
from hobnob_protocol.value import value


class Renewal(StrEnum):
    """Why a new session must begin before the next message."""

    FIRST = "first"
    """There is none: the program has just started, or was told to forget it."""
    ROSTER = "roster"
    """A member, or a device of one, came or went."""
    DEVICES = "devices"
    """A device can be sealed to that could not before, or no longer."""
    MESSAGES = "messages"
    """It has carried all the messages it may."""
    AGE = "age"
    """It is a day old, or the clock went back behind its beginning."""


@value
class _Session:
    roster: bytes
    devices: tuple[DeviceId, ...]
    begun_seconds: int
    sid: bytes
    chain_key: bytes
    index: int = 0


class SendingSide:
    """One device's own session in one conversation. Changed in place by `begin` and `seal`."""

    def __init__(self, me: Author, doubts: Doubts) -> None:
        self._me = me
        self._doubts = doubts
        self._session: _Session | None = None

    def forget(self) -> None:
        """End the session: the next message begins another."""
        self._session = None

    def renewal(
        self, roster: Roster, records: Sequence[SealRecord], now_seconds: int
    ) -> Renewal | None:
        """Why a session must begin before anything is sealed now; None where the present one does.

        `records` are those `SealRecords.addressed` finds for `roster` now.
        """
        session = self._session
        if session is None:
            return Renewal.FIRST
        if session.roster != roster.digest:
            return Renewal.ROSTER
        if session.devices != _devices(records):
            return Renewal.DEVICES
        if session.index >= SESSION_MESSAGES_MAX:
            return Renewal.MESSAGES
        if not 0 <= now_seconds - session.begun_seconds < SESSION_SECONDS:
            return Renewal.AGE
        return None

    def begin(
        self,
        view: View,
        roster: Roster,
        records: Sequence[SealRecord],
        now_seconds: int,
        sid16: bytes,
        chain_key32: bytes,
    ) -> tuple[bytes, ...]:
        """Begin a session: the bodies to be sent before its messages, each in an event of its own.

        `sid16` and `chain_key32` are fresh entropy. SealAwaits or ForkError where a member's chain
        is in doubt.
        """
        if len(sid16) != SID_BYTES or len(chain_key32) != CHAIN_KEY_BYTES:
            raise UsageError(f"a session takes {SID_BYTES} and {CHAIN_KEY_BYTES} bytes of entropy")
        if not roster.has(self._me):
            raise UsageError("this device is not in the roster")
        if not records:
            raise UsageError("there is nobody to seal to")
        self._check(view, roster)
        devices = _devices(records)
        self._session = _Session(roster.digest, devices, now_seconds, sid16, chain_key32)
        return make_starts(
            view.hub, view.conversation, roster, self._me, sid16, chain_key32, records
        )

    def seal(
        self,
        view: View,
        roster: Roster,
        records: Sequence[SealRecord],
        now_seconds: int,
        salt16: bytes,
        text: bytes,
    ) -> bytes:
        """The body of the next message. `salt16` is fresh entropy, 1 to 15,871 bytes are sealed.

        UsageError where a session must begin first: nobody can forget to; SealAwaits or ForkError
        where a member's chain is in doubt.
        """
        why = self.renewal(roster, records, now_seconds)
        session = self._session
        if why is not None or session is None:
            raise UsageError(f"begin a session first: {why}")
        if len(salt16) != MESSAGE_SALT_BYTES:
            raise UsageError(f"a message takes {MESSAGE_SALT_BYTES} bytes of entropy")
        self._check(view, roster)
        body = seal_message(
            view.hub,
            view.conversation,
            self._me,
            session.sid,
            session.roster,
            session.index,
            session.chain_key,
            salt16,
            text,
        )
        following = next_chain_key(session.chain_key)
        self._session = replace(session, chain_key=following, index=session.index + 1)
        return body

    def _check(self, view: View, roster: Roster) -> None:
        accounts = tuple(member.account for member in roster.members)
        self._doubts.check(accounts, view.chains)


def _devices(records: Sequence[SealRecord]) -> tuple[DeviceId, ...]:
    return tuple(sorted(record.device for record in records))
