"""The frames that bring streams down to a client."""

from typing import Final

from tests.protocol.vectors.frames import Bad, Fields, Sample
from tests.protocol.vectors.values import (
    ALICE,
    AT_MS,
    GARDEN,
    GRANT,
    HEAD,
    HEAD8,
    MOST,
    STREAMS_BAD,
)


def _wish(stream: bytes, seq: int, tail: int) -> Fields:
    return {"stream": stream, "grant": GRANT, "seq": seq, "head8": HEAD8, "tail": tail}


OPEN: Final = Sample(
    "OPEN",
    8,
    (
        {"streams": [_wish(GARDEN, 4, 50), _wish(b"dir", 0, MOST)]},
        {"streams": []},
        {"streams": [_wish(b"u:" + ALICE, MOST, 0)] * 128},
    ),
    (
        ("streams", GARDEN, "frame.list"),
        ("streams", [_wish(GARDEN, 4, 50)] * 129, "frame.list"),
        ("streams", [None], "frame.record"),
        ("streams", [[GARDEN, GRANT, 4, HEAD8]], "frame.short"),
        *(("streams.stream", bad, "frame.stream") for bad in STREAMS_BAD),
        ("streams.grant", b"grant", "frame.bytes"),
        ("streams.seq", -1, "frame.integer"),
        ("streams.head8", HEAD, "frame.bytes"),
        ("streams.tail", True, "frame.integer"),
    ),
)


def _opened(
    status: int, base_seq: int, base_head: bytes, head_seq: int, forks: list[int]
) -> Fields:
    return {
        "stream": GARDEN,
        "grant": GRANT,
        "number": 3,
        "status": status,
        "base_seq": base_seq,
        "base_head": base_head,
        "head_seq": head_seq,
        "forks": forks,
    }


OPENED: Final = Sample(
    "OPENED",
    9,
    (
        _opened(0, 4, HEAD, 9, [2, 0]),
        _opened(1, 0, bytes(32), 9, []),
        _opened(2, 0, bytes(32), 0, []),
        _opened(0, MOST, HEAD, MOST, [MOST] * 64),
    ),
    (
        ("stream", None, "frame.stream"),
        ("grant", b"", "frame.bytes"),
        ("number", 2**53, "frame.integer"),
        ("status", 3, "frame.integer"),
        ("status", False, "frame.integer"),
        ("base_seq", -1, "frame.integer"),
        ("base_head", HEAD8, "frame.bytes"),
        ("head_seq", b"9", "frame.integer"),
        ("forks", None, "frame.list"),
        ("forks", [0] * 65, "frame.list"),
        ("forks", [-1], "frame.integer"),
        ("forks", [True], "frame.integer"),
    ),
)

CLOSESTREAM: Final = Sample(
    "CLOSESTREAM",
    10,
    ({"stream": GARDEN}, {"stream": b"mod"}, {"stream": b"ppl"}, {"stream": b"d:" + b"p" * 16}),
    tuple(("stream", bad, "frame.stream") for bad in (*STREAMS_BAD, "dir", None, 7)),
)


def _event(at_ms: int, event: bytes) -> Fields:
    return {"at_ms": at_ms, "event": event}


EVENTS: Final = [_event(AT_MS, b"one"), _event(AT_MS, b"two"), _event(AT_MS + 1, b"three")]
CONTEXT: Final = [{"seq": 3, "at_ms": AT_MS, "event": b"root"}]
FULL: Final = [_event(MOST, bytes(110))] * 500
"""500 events of 110 bytes: both bounds but for 296 bytes."""

BAD_EVENTS: Final[Bad] = (
    ("events", None, "frame.list"),
    ("events", [AT_MS, b"x"] * 501, "frame.list"),
    ("events", [AT_MS], "frame.stamped"),
    ("events", [b"x", AT_MS], "frame.stamped"),
    ("events", [[AT_MS, b"x"]] * 2, "frame.stamped"),
    ("events", [-1, b"x"], "frame.stamped"),
    ("events", [2**53, b"x"], "frame.stamped"),
    ("events", [True, b"x"], "frame.stamped"),
    ("events", [AT_MS, b""], "frame.stamped"),
    ("events", [AT_MS, "x"], "frame.stamped"),
    ("events", [AT_MS, bytes(16_641)], "frame.stamped"),
    ("events", [AT_MS, bytes(13_824)] * 4 + [AT_MS, b"x"], "frame.page"),
    ("context", 1, "frame.list"),
    ("context", CONTEXT * 65, "frame.list"),
    ("context", [b"root"], "frame.record"),
    ("context", [[3, AT_MS]], "frame.short"),
    ("context.seq", -1, "frame.integer"),
    ("context.at_ms", None, "frame.integer"),
    ("context.event", b"", "frame.bytes"),
)


def _page(events: list[Fields], context: list[Fields]) -> Fields:
    return {"number": 3, "first_seq": 5, "events": events, "context": context}


PAGE: Final = Sample(
    "PAGE",
    16,
    (
        _page(EVENTS, CONTEXT),
        _page(EVENTS, []),
        _page([], []),
        _page(FULL, []),
        _page([_event(0, bytes(13_824))] * 4, []),
        _page([_event(0, bytes(16_640))], CONTEXT * 64),
    ),
    (
        ("number", -1, "frame.integer"),
        ("number", None, "frame.integer"),
        ("first_seq", 2**53, "frame.integer"),
        *BAD_EVENTS,
    ),
)

BACK: Final = Sample(
    "BACK",
    17,
    (
        {"stream": GARDEN, "grant": GRANT, "before_seq": 9, "limit": 50},
        {"stream": b"dir", "grant": bytes(8), "before_seq": 0, "limit": MOST},
    ),
    (
        ("stream", b"", "frame.stream"),
        ("grant", None, "frame.bytes"),
        ("before_seq", -1, "frame.integer"),
        ("before_seq", 2**53, "frame.integer"),
        ("limit", "50", "frame.integer"),
        ("limit", True, "frame.integer"),
    ),
)


def _backpage(events: list[Fields], context: list[Fields]) -> Fields:
    return {"number": 3, "first_seq": 5, "base_head": HEAD, "events": events, "context": context}


BACKPAGE: Final = Sample(
    "BACKPAGE",
    18,
    (_backpage(EVENTS, CONTEXT), _backpage(EVENTS, []), _backpage([], []), _backpage(FULL, [])),
    (
        ("number", b"3", "frame.integer"),
        ("first_seq", -1, "frame.integer"),
        ("base_head", HEAD8, "frame.bytes"),
        ("base_head", None, "frame.bytes"),
        *BAD_EVENTS,
    ),
)

CREDIT: Final = Sample(
    "CREDIT",
    19,
    ({"size_bytes": 131_072}, {"size_bytes": 0}, {"size_bytes": MOST}),
    tuple(("size_bytes", bad, "frame.integer") for bad in (-1, 2**53, None, True, "1")),
)

SAMPLES: Final = (OPEN, OPENED, CLOSESTREAM, PAGE, BACK, BACKPAGE, CREDIT)
