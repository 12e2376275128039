"""The frames that bring events up to a hub, those of seal records, and those both sides send."""

from typing import Final

from tests.protocol.vectors.by_hand import MAP
from tests.protocol.vectors.frames import Bad, Fields, Sample
from tests.protocol.vectors.values import (
    ALICE,
    AT_MS,
    BOB,
    EPOCH,
    GARDEN,
    HEAD,
    HEAD8,
    MOST,
    SIGNATURE,
    TARGET,
)


def _pushed(push_no: int, event: bytes) -> Fields:
    return {"push_no": push_no, "stream": GARDEN, "event": event}


PUSH: Final = Sample(
    "PUSH",
    32,
    (
        {"events": [_pushed(1, b"event"), _pushed(2, b"other")]},
        {"events": []},
        {"events": [_pushed(MOST, b"x")] * 64},
        {"events": [_pushed(1, bytes(16_640))]},
    ),
    (
        ("events", None, "frame.list"),
        ("events", [_pushed(1, b"x")] * 65, "frame.list"),
        ("events", [b"event"], "frame.record"),
        ("events", [[1, GARDEN]], "frame.short"),
        ("events.push_no", -1, "frame.integer"),
        ("events.push_no", 2**53, "frame.integer"),
        ("events.stream", b"", "frame.stream"),
        ("events.event", b"", "frame.bytes"),
        ("events.event", bytes(16_641), "frame.bytes"),
        ("events.event", "event", "frame.bytes"),
    ),
)


def _acked(push_no: int, status: int, seq: int = 0, head8: bytes = b"", code: str = "") -> Fields:
    names = ("push_no", "status", "event8", "seq", "head8", "code")
    return dict(zip(names, (push_no, status, b"event--8", seq, head8, code), strict=True))


ACK: Final = Sample(
    "ACK",
    33,
    (
        {
            "answers": [
                _acked(1, 0, 5, HEAD8),
                _acked(2, 1, code="gone"),
                _acked(4, 3, 250),
                _acked(3, 2),
            ],
            "budget": 40,
        },
        {"answers": [], "budget": 0},
        {"answers": [_acked(MOST, 1, MOST, HEAD8, "x" * 32)] * 64, "budget": MOST},
    ),
    (
        ("answers", 1, "frame.list"),
        ("answers", [_acked(1, 0)] * 65, "frame.list"),
        ("answers", [1], "frame.record"),
        ("answers", [[1, 0]], "frame.short"),
        ("answers.push_no", None, "frame.integer"),
        ("answers.status", 4, "frame.integer"),
        ("answers.status", True, "frame.integer"),
        ("answers.event8", b"", "frame.bytes"),
        ("answers.seq", -1, "frame.integer"),
        ("answers.head8", b"head", "frame.bytes"),
        ("answers.head8", None, "frame.bytes"),
        ("answers", [_acked(1, 1, code="x" * 33)], "frame.text"),
        ("answers", [_acked(1, 1, code="a\tb")], "frame.text"),
        ("budget", -1, "frame.integer"),
    ),
)


def _offered(seq: int, event: bytes) -> Fields:
    return {"stream": GARDEN, "seq": seq, "at_ms": AT_MS, "event": event}


OFFER: Final = Sample(
    "OFFER",
    34,
    (
        {"events": [_offered(5, b"event"), _offered(6, b"other")], "done": True},
        {"events": [], "done": True},
        {"events": [_offered(MOST, b"x")] * 64, "done": False},
    ),
    (
        ("events", GARDEN, "frame.list"),
        ("events", [_offered(5, b"x")] * 65, "frame.list"),
        ("events", [{MAP: {"seq": 5}}], "frame.record"),
        ("events", [[GARDEN]], "frame.short"),
        ("events.stream", None, "frame.stream"),
        ("events.seq", 2**53, "frame.integer"),
        ("events.at_ms", -1, "frame.integer"),
        ("events.event", b"", "frame.bytes"),
        ("done", 1, "frame.boolean"),
    ),
)


def _answer(status: int, code: str = "") -> Fields:
    return {"target": TARGET, "status": status, "code": code}


OFFERACK: Final = Sample(
    "OFFERACK",
    35,
    (
        {"answers": [_answer(2, "gone"), _answer(0), _answer(1)]},
        {"answers": []},
        {"answers": [_answer(2, "x" * 32)] * 64},
    ),
    (
        ("answers", None, "frame.list"),
        ("answers", [_answer(0)] * 65, "frame.list"),
        ("answers", ["gone"], "frame.record"),
        ("answers", [[TARGET]], "frame.short"),
        ("answers.target", TARGET * 2, "frame.bytes"),
        ("answers.status", 3, "frame.integer"),
        ("answers.code", "x" * 33, "frame.text"),
        ("answers.code", None, "frame.text"),
    ),
)


def _checkpoint(stream: bytes, seq: int, at_ms: int) -> Fields:
    return {
        "epoch": EPOCH,
        "stream": stream,
        "seq": seq,
        "head": HEAD,
        "at_ms": at_ms,
        "signature": SIGNATURE,
    }


CHECKPOINT: Final = Sample(
    "CHECKPOINT",
    40,
    (_checkpoint(GARDEN, 5, AT_MS), _checkpoint(b"ppl", 0, 0), _checkpoint(b"mod", MOST, MOST)),
    (
        ("epoch", None, "frame.bytes"),
        ("stream", b"people", "frame.stream"),
        ("seq", -1, "frame.integer"),
        ("head", HEAD8, "frame.bytes"),
        ("at_ms", 2**53, "frame.integer"),
        ("signature", b"", "frame.bytes"),
    ),
)

RECORD: Final = Sample(
    "RECORD",
    41,
    (
        {"record": b"record", "signature": SIGNATURE},
        {"record": bytes(2_048), "signature": SIGNATURE},
    ),
    (
        ("record", b"", "frame.bytes"),
        ("record", bytes(2_049), "frame.bytes"),
        ("record", "record", "frame.bytes"),
        ("signature", SIGNATURE[1:], "frame.bytes"),
        ("signature", None, "frame.bytes"),
    ),
)

_MANY: Final = [bytes((n,)) * 20 for n in range(33)]
_UNORDERED: Final[Bad] = (
    ("accounts", None, "frame.list"),
    ("accounts", ALICE, "frame.list"),
    ("accounts", _MANY, "frame.list"),
    ("accounts", [BOB, ALICE], "frame.order"),
    ("accounts", [ALICE, ALICE], "frame.order"),
    ("accounts", [ALICE, BOB[1:]], "frame.bytes"),
    ("accounts", ["ada"], "frame.bytes"),
)
WANT: Final = Sample(
    "WANT",
    42,
    ({"accounts": [ALICE, BOB]}, {"accounts": [BOB]}, {"accounts": _MANY[:32]}),
    (*_UNORDERED, ("accounts", [], "frame.list")),
)


def _recorded(record: bytes) -> Fields:
    return {"record": record, "signature": SIGNATURE}


RECORDS: Final = Sample(
    "RECORDS",
    43,
    (
        {"accounts": [ALICE, BOB], "records": [_recorded(b"record"), _recorded(bytes(2_048))]},
        {"accounts": [BOB], "records": []},
        {"accounts": [], "records": []},
        {"accounts": _MANY[:32], "records": [_recorded(b"x")] * 256},
    ),
    (
        *_UNORDERED,
        ("records", None, "frame.list"),
        ("records", [_recorded(b"x")] * 257, "frame.list"),
        ("records", [b"record"], "frame.record"),
        ("records", [[b"record"]], "frame.short"),
        ("records.record", b"", "frame.bytes"),
        ("records.record", bytes(2_049), "frame.bytes"),
        ("records.signature", b"", "frame.bytes"),
    ),
)

ASK: Final = Sample(
    "ASK",
    44,
    ({"number": 1, "question": b"question"}, {"number": MOST, "question": bytes(512)}),
    (
        ("number", -1, "frame.integer"),
        ("question", b"", "frame.bytes"),
        ("question", bytes(513), "frame.bytes"),
        ("question", "question", "frame.bytes"),
    ),
)
TOLD: Final = Sample(
    "TOLD",
    45,
    (
        {"number": 1, "status": 0, "answer": b"answer"},
        {"number": 2, "status": 1, "answer": b""},
        {"number": 3, "status": 2, "answer": b""},
    ),
    (
        ("number", None, "frame.integer"),
        ("status", 3, "frame.integer"),
        ("status", True, "frame.integer"),
        ("answer", None, "frame.bytes"),
        ("answer", bytes(57_345), "frame.bytes"),
    ),
)

_NUMBERS: Final = ({"number": 1}, {"number": 0}, {"number": MOST})
_NO_NUMBERS: Final[Bad] = tuple(
    ("number", bad, "frame.integer") for bad in (-1, 2**53, None, False, "1", b"\1")
)
PING: Final = Sample("PING", 48, _NUMBERS, _NO_NUMBERS)
PONG: Final = Sample("PONG", 49, _NUMBERS, _NO_NUMBERS)

BYE: Final = Sample(
    "BYE",
    63,
    (
        {"code": "slow", "retry_ms": 500},
        {"code": "a code of a later version", "retry_ms": 0},
        {"code": "", "retry_ms": MOST},
    ),
    (
        ("code", None, "frame.text"),
        ("code", b"slow", "frame.text"),
        ("code", "x" * 33, "frame.text"),
        ("code", "a\0", "frame.text"),
        ("retry_ms", -1, "frame.integer"),
        ("retry_ms", 2**53, "frame.integer"),
    ),
)

SAMPLES: Final = (
    PUSH,
    ACK,
    OFFER,
    OFFERACK,
    CHECKPOINT,
    RECORD,
    WANT,
    RECORDS,
    ASK,
    TOLD,
    PING,
    PONG,
    BYE,
)
