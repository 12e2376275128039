"""The receiving side of one conversation: what comes out is what the device that signed has sent.

The order of its checks: the signature; the sender in the roster; the header against the session;
the index unseen; decryption; the commitment. What fails one of them gets no further.
"""

from dataclasses import dataclass, field
from typing import Final

from hobnob_protocol.crypto import Verifier
from hobnob_protocol.errors import SealAwaits, SealClosed, SealError, Unopened
from hobnob_protocol.event import Author, decode_event, verify
from hobnob_protocol.ids import DeviceKey, conversation_stream
from hobnob_protocol.limits import SESSIONS_MAX
from hobnob_protocol.sealing.body import KIND, Message, Start, decode_body
from hobnob_protocol.sealing.doubts import Doubts
from hobnob_protocol.sealing.keeping import SealKeys
from hobnob_protocol.sealing.message import Opening, open_message
from hobnob_protocol.sealing.ratchet import ReceivingChain
from hobnob_protocol.sealing.roster import View
from hobnob_protocol.sealing.slices import open_slice, slice_info
from hobnob_protocol.value import value

RULES: Final = {
    "sealed.event": "what is sealed travels in an event of its kind, not erased",
    "sealed.signature": "the device that is named has signed it, for this hub and conversation",
    "sealed.sender": "the sender's device is in the roster it claims",
    "sealed.recipient": "slices are for devices of the roster",
    "sealed.session": "what names a session agrees with its start: roster, heads, number of parts",
}
"""Every rule of what is received, by the name its `SealError` carries."""


@value
class Opened:
    """One message as its author's device has sealed it.

    `departed`: this device, or its account, is in the conversation no more. An honest hub took the
    message before; show it with a mark.
    """

    author: Author
    text: bytes
    opening: Opening
    departed: bool


@dataclass(slots=True)
class _Session:
    """What is known of a session: its roster, the parts of its start, and its keys if it is for
    this device."""

    start: Start
    seen: set[int] = field(default_factory=set[int])
    chain: ReceivingChain | None = None
    no_key: bool = False


class ReceivingSide:
    """One device's sessions of others, and of itself, in one conversation. In memory only: after a
    start of the program they open again by their starts."""

    def __init__(self, me: Author, keys: SealKeys, doubts: Doubts, verifier: Verifier) -> None:
        self._me = me
        self._keys = keys
        self._doubts = doubts
        self._verifier = verifier
        self._sessions: dict[tuple[DeviceKey, bytes], _Session] = {}

    def take(self, data: bytes, author: Author, view: View) -> Opened | None:
        """Take an event of the conversation; its message, or None where it was part of a start.

        `author` is who the event's device is by the verified chains. SealError, ForkError and the
        codec's errors: never; SealAwaits: later; SealClosed: not on this device.
        """
        event = decode_event(data)
        if event.header.kind != KIND or event.is_stub:
            raise SealError("sealed.event")
        stream = conversation_stream(view.conversation)
        if not verify(event, view.hub, stream, author, self._verifier):
            raise SealError("sealed.signature")
        body = decode_body(event.body)
        if isinstance(body, Start):
            self._start(body, author, view)
            return None
        return self._message(body, author, view)

    def _start(self, start: Start, author: Author, view: View) -> None:
        # Even what cannot be followed yet tells where its sender holds the chains.
        self._doubts.note(author, start.claim, view.chains)
        roster = view.claimed(start.claim)
        if roster.digest != start.roster:
            raise SealError("sealed.roster")
        if not roster.has(author):
            raise SealError("sealed.sender")
        devices = roster.devices
        if any(each.device not in devices for each in start.slices):
            raise SealError("sealed.recipient")
        session = self._session(start, author)
        session.seen.add(start.part)
        for each in start.slices:
            if each.device == self._me.device and session.chain is None:
                key = self._keys.find(each.kid)
                session.no_key = key is None
                if key is None:
                    raise SealClosed(Unopened.NO_KEY)
                info = slice_info(
                    view.hub,
                    view.conversation,
                    roster.digest,
                    author,
                    start.sid,
                    self._me,
                    each.kid,
                )
                session.chain = ReceivingChain(open_slice(key, each.wrapped, info))

    def _session(self, start: Start, author: Author) -> _Session:
        """The session this start begins or goes on with."""
        place = author.key, start.sid
        session = self._sessions.get(place)
        if session is None:
            if len(self._sessions) >= SESSIONS_MAX:
                del self._sessions[next(iter(self._sessions))]
            session = self._sessions[place] = _Session(start)
        first = session.start
        if (first.roster, first.claim, first.parts) != (start.roster, start.claim, start.parts):
            raise SealError("sealed.session")
        return session

    def _message(self, message: Message, author: Author, view: View) -> Opened:
        session = self._sessions.get((author.key, message.sid))
        if session is None:
            raise SealAwaits(Unopened.START)
        if message.roster != session.start.roster:
            raise SealError("sealed.session")
        if session.chain is None:
            raise _unopened(session)
        chain_key = session.chain.key_of(message.index)
        text, opening = open_message(view.hub, view.conversation, author, message, chain_key)
        session.chain.use(message.index)
        return Opened(author, text, opening, not _is_present(author, view))


def _unopened(session: _Session) -> SealAwaits | SealClosed:
    """Why a session has no keys here."""
    if session.no_key:
        return SealClosed(Unopened.NO_KEY)
    if len(session.seen) < session.start.parts:
        return SealAwaits(Unopened.START)
    return SealClosed(Unopened.NOT_ADDRESSED)


def _is_present(author: Author, view: View) -> bool:
    device = view.chains[author.account].find(author.device)
    member = view.group is None or author.account in view.group.members
    return member and device is not None and device.active
