"""Where two devices meet that share words: a slot of memory, for a short time, never on a disk.

A device of an account waits at a slot, one other comes to it, and what each says the other hears.
The hub learns that somebody met: the slot is a hash of words it does not know, and what is carried
was sealed under another. Only a device of a member begins a meeting, and each account has one; so
strangers use up no slot, and nobody finds one by trying.
"""

from dataclasses import dataclass, field
from typing import Final

from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import Bye
from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import CARRIES_MAX, MEETINGS_MAX
from hobnob_protocol.meeting_frames import Await, Carry
from hobnob_sync.hub_engine import logins
from hobnob_sync.hub_engine.inputs import Arrange, Close, Send
from hobnob_sync.hub_engine.logins import CROWDED_RETRY_MS
from hobnob_sync.hub_engine.recovering import RECOVERING_RETRY_MS
from hobnob_sync.hub_engine.step import Step

_THERE: Final = Carry(b"")


@dataclass(slots=True, eq=False)
class Meeting:
    """Two connections at a slot, the second one from when it has come."""

    slot: bytes
    account: AccountId
    waits: int
    comes: int | None = None
    carried: dict[int, int] = field(default_factory=dict[int, int])
    """How many messages each has handed over."""

    def other(self, conn: int) -> int | None:
        """Who is at the other side."""
        return self.comes if conn == self.waits else self.waits


@dataclass(slots=True)
class Rendezvous:
    """All meetings of a hub, by slot, by account and by connection."""

    by_slot: dict[bytes, Meeting] = field(default_factory=dict[bytes, Meeting])
    by_account: dict[AccountId, Meeting] = field(default_factory=dict[AccountId, Meeting])
    by_conn: dict[int, Meeting] = field(default_factory=dict[int, Meeting])

    def end(self, meeting: Meeting) -> None:
        """It is over, and its words are of no more use."""
        del self.by_slot[meeting.slot]
        del self.by_account[meeting.account]
        self.by_conn.pop(meeting.waits)
        if meeting.comes is not None:
            self.by_conn.pop(meeting.comes)


def arrange(step: Step, rendezvous: Rendezvous, asked: Arrange) -> None:
    """Let a device wait at a slot, or come to the one that does."""
    if step.state.recovering:
        # A link that is added now may be for a chain that is longer elsewhere.
        step.say(Close(asked.conn, Bye(ByeCode.RECOVERING, RECOVERING_RETRY_MS)))
    elif isinstance(asked.request, Await):
        _wait(step, rendezvous, asked.conn, asked.request, asked.transcript)
    else:
        _come(step, rendezvous, asked.conn, asked.request.slot)


def _wait(step: Step, rendezvous: Rendezvous, conn: int, request: Await, transcript: bytes) -> None:
    device = logins.authenticate(step, transcript, request)
    if device is None:
        step.say(Close(conn, Bye(ByeCode.AUTH, 0)))
        return
    older = rendezvous.by_account.get(request.account)
    if older is not None:
        _close(step, rendezvous, older, ByeCode.ELSEWHERE)
    if request.slot in rendezvous.by_slot:
        step.say(Close(conn, Bye(ByeCode.AUTH, 0)))
        return
    if len(rendezvous.by_slot) >= MEETINGS_MAX:
        step.say(Close(conn, Bye(ByeCode.CROWDED, CROWDED_RETRY_MS)))
        return
    meeting = Meeting(request.slot, request.account, conn)
    rendezvous.by_slot[request.slot] = rendezvous.by_account[request.account] = meeting
    rendezvous.by_conn[conn] = meeting
    step.say(Send((conn,), _THERE))


def _come(step: Step, rendezvous: Rendezvous, conn: int, slot: bytes) -> None:
    meeting = rendezvous.by_slot.get(slot)
    if meeting is None or meeting.comes is not None:
        step.say(Close(conn, Bye(ByeCode.AUTH, 0)))
        return
    meeting.comes = conn
    rendezvous.by_conn[conn] = meeting
    step.say(Send((conn,), _THERE))


def carry(step: Step, rendezvous: Rendezvous, conn: int, said: Carry) -> None:
    """Hand bytes to the other side, so few of each that nothing else can be built upon it."""
    meeting = rendezvous.by_conn.get(conn)
    if meeting is None:
        return
    other = meeting.other(conn)
    count = meeting.carried.get(conn, 0) + 1
    if other is None or not said.data or count > CARRIES_MAX:
        _close(step, rendezvous, meeting, ByeCode.PROTOCOL)
        return
    meeting.carried[conn] = count
    step.say(Send((other,), said))


def leave(step: Step, rendezvous: Rendezvous, conn: int) -> None:
    """One side is gone, so the other one waits for nobody."""
    meeting = rendezvous.by_conn.get(conn)
    if meeting is None:
        return
    other = meeting.other(conn)
    rendezvous.end(meeting)
    if other is not None:
        step.say(Close(other, Bye(ByeCode.DONE, 0)))


def _close(step: Step, rendezvous: Rendezvous, meeting: Meeting, code: ByeCode) -> None:
    rendezvous.end(meeting)
    for conn in (meeting.waits, meeting.comes):
        if conn is not None:
            step.say(Close(conn, Bye(code, 0)))
