"""Who comes back without a device: by a recovery key, and by the link it has signed.

A recovery key logs in nowhere. It is told where its account's chain stands, so that it can sign the
next link; the device that this link adds then comes by a JOIN, as its own. One that waits for a day
is told so, and comes again by a link of its own. Whatever is wrong has one answer.
"""

from hashlib import sha256
from typing import Final

from hobnob_protocol.account import Chain, Device, Waiting
from hobnob_protocol.chain import extend
from hobnob_protocol.crypto import NOBODY_KEY, SIGNATURE_BYTES
from hobnob_protocol.errors import ByeCode, ProtocolError
from hobnob_protocol.frames import Bye, Join
from hobnob_protocol.ids import PEOPLE, AccountId, DeviceId, Head
from hobnob_protocol.kinds.hub_acts import Admit
from hobnob_protocol.link import SSH, read
from hobnob_protocol.login import check_request, check_ssh_request
from hobnob_protocol.recovery_frames import ChainHead, SshRecover
from hobnob_protocol.returning import named_device
from hobnob_sync.hub_engine import effects
from hobnob_sync.hub_engine.inputs import Close, Locate, Send
from hobnob_sync.hub_engine.step import Step

RECOVERING_RETRY_MS: Final = 5_000
REFUSED: Final = Bye(ByeCode.AUTH, 0)
"""What everybody is told who is not let in."""


def locate(step: Step, asked: Locate) -> None:
    """Tell the holder of a recovery key how far its account's chain goes."""
    state, request = step.state, asked.request
    if state.recovering:
        # What the hub has lost may come back: a link for the shorter chain would fork it.
        step.say(Close(asked.conn, Bye(ByeCode.RECOVERING, RECOVERING_RETRY_MS)))
        return
    account = state.accounts.account_of(request.handle)
    chain = state.accounts.chain(account) if account is not None else None
    if chain is None or state.banned(chain.account):
        chain = None
    if not _shows(step, asked, chain) or chain is None:
        step.say(Close(asked.conn, REFUSED))
        return
    place = ChainHead(chain.account, chain.links, Head(chain.head))
    step.say(Send((asked.conn,), place))
    step.say(Close(asked.conn, Bye(ByeCode.DONE, 0)))


def _shows(step: Step, asked: Locate, chain: Chain | None) -> bool:
    """Has a recovery key of this account signed, or a device that waits to be of it? One signature
    is checked, whoever asks."""
    request = asked.request
    named = chain.find_recovery(request.recovery) if chain is not None else None
    key = named.key if named is not None and named.active else None
    if isinstance(request, SshRecover):
        if named is not None and key is not None and named.sort == SSH:
            return check_ssh_request(asked.transcript, request, key)
        return step.hub.verifier.verify(NOBODY_KEY, bytes(SIGNATURE_BYTES), asked.transcript)
    waits = chain.find_waiting(request.recovery) if chain is not None else None
    if waits is not None:
        key = waits.key
    elif named is not None and named.sort == SSH:
        key = None
    known = key is not None
    signed = check_request(asked.transcript, request, key or NOBODY_KEY, step.hub.verifier)
    return known and signed


def admit(step: Step, transcript: bytes, request: Join) -> DeviceId | Bye:
    """The device that a further link of an account brings in and that has signed this JOIN, or what
    it is told: that it waits, or nothing."""
    state = step.state
    account = AccountId(request.invite)
    chain = state.accounts.chain(account)
    if chain is None or state.banned(account):
        return REFUSED
    if state.accounts.account_of(request.handle) != account:
        return REFUSED
    at_ms = step.place(PEOPLE)[1]
    link, head = (request.link, request.link_signature), sha256(request.link).digest()
    if head in chain.heads:
        # Carried already: the answer to the first JOIN was lost.
        added_seq, longer = chain.heads.index(head), chain
    else:
        try:
            longer = extend(chain, *link, state.hub, step.hub.verifier, at_ms)
        except ProtocolError as broken:
            if broken.rule == "link.early":
                return _early(step, transcript, request, chain, at_ms)
            return REFUSED
        if state.accounts.check(account, *link, at_ms) is not None:
            return REFUSED
        added_seq = chain.links
    found = _brought(longer, added_seq)
    if found is None or not check_request(transcript, request, found.key, step.hub.verifier):
        return REFUSED
    if longer is not chain:
        body = Admit(account, *link)
        _, _, fact = step.act(PEOPLE, body)
        effects.follow_body(step, fact, body)
    return found.device if isinstance(found, Device) else _wait(found, at_ms)


def _brought(chain: Chain, added_seq: int) -> Device | Waiting | None:
    """Who came by this link, if they are still there."""
    found: tuple[Device | Waiting, ...] = (*chain.active, *chain.waiting)
    return next((each for each in found if each.added_seq == added_seq), None)


def _early(step: Step, transcript: bytes, request: Join, chain: Chain, at_ms: int) -> Bye:
    """Who waits and comes too early is told how long it is; nothing is written."""
    waits = chain.find_waiting(named_device(read(request.link)))
    assert waits is not None, "nobody else can be early"
    if not check_request(transcript, request, waits.key, step.hub.verifier):
        return REFUSED
    return _wait(waits, at_ms)


def _wait(waiting: Waiting, at_ms: int) -> Bye:
    return Bye(ByeCode.WAITING, max(0, waiting.due_ms - at_ms))
