"""Which bound each field of each frame has, and how a sample is put to it."""

import pytest

from hobnob_protocol import limits
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.layout import layout_of
from hobnob_protocol.wire import decode_frame
from tests.protocol.frame_samples import (
    ACKED,
    GRANT,
    OFFER_ANSWER,
    OFFERED,
    OPEN_STREAM,
    PLACED,
    PUSHED,
    RECORDED,
    with_field,
)

FIXED = {
    "Hello.nonce": 32,
    "Hello.expected_hub": 32,
    "Challenge.hub": 32,
    "Challenge.hub_key": 32,
    "Challenge.nonce": 32,
    "Challenge.signature": 64,
    "Auth.account": 20,
    "Auth.device": 8,
    "Auth.certificate": 32,
    "Auth.replica": 8,
    "Auth.epoch": 8,
    "Auth.digest": 16,
    "Auth.signature": 64,
    "Join.link_signature": 64,
    "Recover.recovery": 8,
    "Recover.certificate": 32,
    "Recover.signature": 64,
    "SshRecover.recovery": 8,
    "SshRecover.certificate": 32,
    "ChainHead.account": 20,
    "ChainHead.head": 32,
    "Await.slot": 32,
    "Await.account": 20,
    "Await.device": 8,
    "Await.certificate": 32,
    "Await.signature": 64,
    "Meet.slot": 32,
    "Meet.certificate": 32,
    "Join.certificate": 32,
    "Join.replica": 8,
    "Join.signature": 64,
    "Grant.grant": 8,
    "Grant.head8": 8,
    "OpenStream.grant": 8,
    "OpenStream.head8": 8,
    "Opened.grant": 8,
    "Opened.base_head": 32,
    "Back.grant": 8,
    "BackPage.base_head": 32,
    "Acked.event8": 8,
    "Acked.head8": 8,
    "OfferAnswer.target": 16,
    "Checkpoint.epoch": 8,
    "Checkpoint.head": 32,
    "Checkpoint.signature": 64,
    "Record.signature": 64,
    "Recorded.signature": 64,
    "Typing.account": 20,
}
"""Bins of one length."""

LISTED = {"Challenge.certificates": 32, "Welcome.lineage": 8}
"""Lists of bins of one length."""

ASCENDING = {"Want.accounts": (20, 1), "Records.accounts": (20, 0), "WhoIs.present": (20, 0)}
"""... that are ascending, and of how many at least."""

BOUNDED = {
    "Join.invite": limits.INVITE_BYTES_MAX,
    "Join.link": limits.LINK_BYTES_MAX,
    "Placed.event": limits.EVENT_BYTES_MAX,
    "Pushed.event": limits.EVENT_BYTES_MAX,
    "Offered.event": limits.EVENT_BYTES_MAX,
    "Record.record": limits.LINK_BYTES_MAX,
    "SshRecover.proof": limits.SSH_SIGNATURE_BYTES_MAX,
    "Recorded.record": limits.LINK_BYTES_MAX,
    "Ask.question": limits.QUESTION_BYTES_MAX,
}
"""Bins of one byte to so many."""

UP_TO = {"Carry.data": limits.CARRY_BYTES_MAX, "Told.answer": limits.ANSWER_BYTES_MAX}
"""Bins of so many bytes at most."""

TEXTS = {
    "Hello.client": limits.CLIENT_TEXT_MAX,
    "Join.handle": limits.HANDLE_TEXT_MAX,
    "Recover.handle": limits.HANDLE_TEXT_MAX,
    "SshRecover.handle": limits.HANDLE_TEXT_MAX,
    "Acked.code": limits.CODE_TEXT_MAX,
    "OfferAnswer.code": limits.CODE_TEXT_MAX,
    "Bye.code": limits.CODE_TEXT_MAX,
}

INTEGERS = {
    "Challenge.version": limits.SEQ_MAX,
    "Challenge.time_ms": limits.TIME_MS_MAX,
    "Welcome.time_ms": limits.TIME_MS_MAX,
    "Welcome.last_push_no": limits.SEQ_MAX,
    "ChainHead.links": limits.SEQ_MAX,
    "Welcome.grants": limits.SEQ_MAX,
    "Grant.number": limits.SEQ_MAX,
    "Grant.floor": limits.SEQ_MAX,
    "Grant.head_seq": limits.SEQ_MAX,
    "Grant.unread": limits.SEQ_MAX,
    "Grant.mentions": limits.SEQ_MAX,
    "OpenStream.seq": limits.SEQ_MAX,
    "OpenStream.tail": limits.SEQ_MAX,
    "Opened.number": limits.SEQ_MAX,
    "Opened.status": 2,
    "Opened.base_seq": limits.SEQ_MAX,
    "Opened.head_seq": limits.SEQ_MAX,
    "Page.number": limits.SEQ_MAX,
    "Page.first_seq": limits.SEQ_MAX,
    "Placed.seq": limits.SEQ_MAX,
    "Placed.at_ms": limits.TIME_MS_MAX,
    "Back.before_seq": limits.SEQ_MAX,
    "Back.limit": limits.SEQ_MAX,
    "BackPage.number": limits.SEQ_MAX,
    "BackPage.first_seq": limits.SEQ_MAX,
    "Credit.size_bytes": limits.SEQ_MAX,
    "Pushed.push_no": limits.SEQ_MAX,
    "Acked.push_no": limits.SEQ_MAX,
    "Acked.status": 3,
    "Acked.seq": limits.SEQ_MAX,
    "Ack.budget": limits.SEQ_MAX,
    "Offered.seq": limits.SEQ_MAX,
    "Offered.at_ms": limits.TIME_MS_MAX,
    "OfferAnswer.status": 2,
    "Checkpoint.seq": limits.SEQ_MAX,
    "Checkpoint.at_ms": limits.TIME_MS_MAX,
    "Welcome.questions": limits.SEQ_MAX,
    "Ask.number": limits.SEQ_MAX,
    "Told.number": limits.SEQ_MAX,
    "Told.status": 2,
    "Ping.number": limits.SEQ_MAX,
    "Pong.number": limits.SEQ_MAX,
    "Bye.retry_ms": limits.TIME_MS_MAX,
}

BOOLEANS = (
    *("Welcome.same", "Welcome.presence", "Grants.more", "Offer.done"),
    *("Here.shown", "Here.typing", "WhoIs.more"),
)

STREAMS = (
    "Grant.stream", "OpenStream.stream", "Opened.stream", "CloseStream.stream", "Back.stream",
    "Pushed.stream", "Offered.stream", "Checkpoint.stream", "Typing.stream", "Who.stream",
    "WhoIs.stream",
)  # fmt: skip

LISTS: dict[str, tuple[int, object]] = {
    "Hello.versions": (limits.VERSIONS_MAX, 1),
    "Challenge.certificates": (limits.CERTIFICATES_MAX, b"c" * 32),
    "Welcome.lineage": (limits.LINEAGE_MAX, b"e" * 8),
    "Grants.entries": (limits.GRANTS_MAX, layout_of(type(GRANT)).write(GRANT)),
    "Grant.forks": (limits.LINEAGE_MAX, 7),
    "Opened.forks": (limits.LINEAGE_MAX, 7),
    "Open.streams": (limits.OPEN_STREAMS_MAX, layout_of(type(OPEN_STREAM)).write(OPEN_STREAM)),
    "Page.context": (limits.CONTEXT_EVENTS_MAX, layout_of(type(PLACED)).write(PLACED)),
    "BackPage.context": (limits.CONTEXT_EVENTS_MAX, layout_of(type(PLACED)).write(PLACED)),
    "Push.events": (limits.PUSH_EVENTS_MAX, layout_of(type(PUSHED)).write(PUSHED)),
    "Ack.answers": (limits.PUSH_EVENTS_MAX, layout_of(type(ACKED)).write(ACKED)),
    "Offer.events": (limits.PUSH_EVENTS_MAX, layout_of(type(OFFERED)).write(OFFERED)),
    "Records.records": (limits.RECORDS_MAX, layout_of(type(RECORDED)).write(RECORDED)),
    "OfferAck.answers": (
        limits.PUSH_EVENTS_MAX, layout_of(type(OFFER_ANSWER)).write(OFFER_ANSWER),
    ),
}  # fmt: skip
"""Lists of at most so many, with an element."""

PAGES = ("Page.events", "BackPage.events")

NIL = (
    *("Hello.expected_hub", "Auth.certificate", "Auth.epoch", "Auth.digest"),
    *("Join.certificate", "Recover.certificate", "Await.certificate", "Meet.certificate"),
    *("SshRecover.certificate", "Typing.account"),
)


def taken(place: str, value: object) -> None:
    """The sample with `value` at `place` is a frame."""
    decode_frame(with_field(place, value))


def refused(rule: str, place: str, value: object) -> None:
    """The sample with `value` at `place` breaks this rule, at this place."""
    with pytest.raises(ProtocolError) as broken:
        decode_frame(with_field(place, value))
    assert (broken.value.rule, broken.value.detail) == (rule, place)
