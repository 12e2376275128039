"""The frames of the login, and the announcement after it."""

from typing import Final

from tests.protocol.vectors.frames import NOTHING, Fields, Sample
from tests.protocol.vectors.values import (
    ALICE,
    AT_MS,
    DEVICE,
    EPOCH,
    GARDEN,
    GRANT,
    HEAD,
    HEAD8,
    HUB,
    MOST,
    REPLICA,
    SIGNATURE,
)

NONCE: Final = b"n" * 32
SEEN: Final = b"s" * 32


def _hello(expected: bytes | None, *versions: int, client: str = "test") -> Fields:
    return {"versions": versions, "nonce": NONCE, "expected_hub": expected, "client": client}


HELLO: Final = Sample(
    "HELLO",
    1,
    (_hello(HUB, 1), _hello(None, 1, 2, client=""), _hello(None, *range(8), client="ä" * 64)),
    (
        ("versions", 1, "frame.list"),
        ("versions", list(range(9)), "frame.list"),
        ("versions", [True], "frame.integer"),
        ("versions", [-1], "frame.integer"),
        ("versions", [2**53], "frame.integer"),
        ("nonce", b"n" * 31, "frame.bytes"),
        ("nonce", "n" * 32, "frame.bytes"),
        ("expected_hub", b"H" * 33, "frame.bytes"),
        ("expected_hub", False, "frame.bytes"),
        ("client", None, "frame.text"),
        ("client", b"test", "frame.text"),
        ("client", "x" * 65, "frame.text"),
        ("client", "a\nb", "frame.text"),
        ("client", "\x1b[31m", "frame.text"),
        ("client", "\u202e", "frame.text"),
    ),
)


def _challenge(certificates: list[bytes], version: int = 1, time_ms: int = AT_MS) -> Fields:
    return {
        "version": version,
        "hub": HUB,
        "hub_key": b"k" * 32,
        "nonce": NONCE,
        "time_ms": time_ms,
        "certificates": certificates,
        "signature": SIGNATURE,
    }


CHALLENGE: Final = Sample(
    "CHALLENGE",
    2,
    (_challenge([SEEN]), _challenge([], 2, 0), _challenge([SEEN] * 8, MOST, MOST)),
    (
        ("version", "1", "frame.integer"),
        ("version", None, "frame.integer"),
        ("hub", b"H" * 31, "frame.bytes"),
        ("hub", None, "frame.bytes"),
        ("hub_key", b"", "frame.bytes"),
        ("nonce", b"n" * 33, "frame.bytes"),
        ("time_ms", -1, "frame.integer"),
        ("time_ms", 2**53, "frame.integer"),
        ("certificates", None, "frame.list"),
        ("certificates", [SEEN] * 9, "frame.list"),
        ("certificates", [SEEN[1:]], "frame.bytes"),
        ("certificates", [None], "frame.bytes"),
        ("signature", SIGNATURE[1:], "frame.bytes"),
    ),
)


def _auth(seen: bytes | None, epoch: bytes | None, digest: bytes | None) -> Fields:
    return {
        "account": ALICE,
        "device": DEVICE,
        "certificate": seen,
        "replica": REPLICA,
        "epoch": epoch,
        "digest": digest,
        "signature": SIGNATURE,
    }


AUTH: Final = Sample(
    "AUTH",
    3,
    (_auth(SEEN, EPOCH, b"d" * 16), _auth(None, None, None), _auth(SEEN, EPOCH, None)),
    (
        ("account", b"a" * 19, "frame.bytes"),
        ("account", None, "frame.bytes"),
        ("device", b"device!", "frame.bytes"),
        ("certificate", b"", "frame.bytes"),
        ("certificate", SEEN.hex(), "frame.bytes"),
        ("replica", None, "frame.bytes"),
        ("epoch", b"epoch", "frame.bytes"),
        ("digest", b"d" * 32, "frame.bytes"),
        ("signature", SIGNATURE + b"\0", "frame.bytes"),
    ),
)


def _join(invite: bytes, handle: str, seen: bytes | None, link: bytes = b"link") -> Fields:
    return {
        "invite": invite,
        "link": link,
        "link_signature": SIGNATURE,
        "handle": handle,
        "certificate": seen,
        "replica": REPLICA,
        "signature": SIGNATURE,
    }


JOIN: Final = Sample(
    "JOIN",
    4,
    (
        _join(b"secret", "ada", SEEN),
        _join(b"x", "", None),
        _join(bytes(4_096), "a" * 32, None, bytes(2_048)),
    ),
    (
        ("invite", b"", "frame.bytes"),
        ("invite", bytes(4_097), "frame.bytes"),
        ("link", b"", "frame.bytes"),
        ("link", bytes(2_049), "frame.bytes"),
        ("link_signature", b"", "frame.bytes"),
        ("handle", "a" * 33, "frame.text"),
        ("handle", "a\0", "frame.text"),
        ("handle", 7, "frame.text"),
        ("certificate", SEEN + b"\0", "frame.bytes"),
        ("replica", b"", "frame.bytes"),
        ("signature", None, "frame.bytes"),
    ),
)


def _welcome(
    lineage: list[bytes],
    same: bool,
    grants: int,
    last_push_no: int = 3,
    questions: int = 0,
    *,
    presence: bool = False,
) -> Fields:
    return {
        "lineage": lineage,
        "time_ms": AT_MS,
        "last_push_no": last_push_no,
        "same": same,
        "grants": grants,
        "questions": questions,
        "presence": presence,
    }


WELCOME: Final = Sample(
    "WELCOME",
    5,
    (
        _welcome([EPOCH, b"epoch--2"], False, 4, questions=2, presence=True),
        _welcome([EPOCH, b"epoch--2"], False, 4, questions=2),
        _welcome([EPOCH], True, 0, 0),
        _welcome([EPOCH] * 64, False, MOST, MOST),
    ),
    (
        ("lineage", EPOCH, "frame.list"),
        ("lineage", [EPOCH] * 65, "frame.list"),
        ("lineage", [b"epoch"], "frame.bytes"),
        ("time_ms", 2**53, "frame.integer"),
        ("last_push_no", -1, "frame.integer"),
        ("same", 1, "frame.boolean"),
        ("same", None, "frame.boolean"),
        ("grants", True, "frame.integer"),
        ("questions", None, "frame.integer"),
        ("presence", 1, "frame.boolean"),
        ("presence", None, "frame.boolean"),
    ),
)


def _grant(stream: bytes, number: int, forks: list[int], count: int = 4) -> Fields:
    return {
        "stream": stream,
        "number": number,
        "grant": GRANT,
        "floor": 2,
        "head_seq": 9,
        "head8": HEAD8,
        "unread": count,
        "mentions": count,
        "forks": forks,
    }


GRANTS: Final = Sample(
    "GRANTS",
    6,
    (
        {"entries": [_grant(GARDEN, 3, [5, 6]), _grant(b"dir", 1, [])], "more": True},
        {"entries": [], "more": False},
        {"entries": [_grant(b"u:" + ALICE, MOST, list(range(64)), MOST)] * 48, "more": False},
    ),
    (
        ("entries", None, "frame.list"),
        ("entries", [_grant(GARDEN, 3, [])] * 49, "frame.list"),
        ("entries", [b"dir"], "frame.record"),
        ("entries", [NOTHING], "frame.short"),
        ("entries.stream", b"", "frame.stream"),
        ("entries.stream", "dir", "frame.stream"),
        ("entries.number", -1, "frame.integer"),
        ("entries.grant", b"", "frame.bytes"),
        ("entries.floor", False, "frame.integer"),
        ("entries.head_seq", 2**53, "frame.integer"),
        ("entries.head8", b"", "frame.bytes"),
        ("entries.unread", None, "frame.integer"),
        ("entries.mentions", "4", "frame.integer"),
        ("entries.forks", 5, "frame.list"),
        ("entries.forks", [0] * 65, "frame.list"),
        ("entries.forks", [-1], "frame.integer"),
        ("more", 0, "frame.boolean"),
    ),
)

RECOVER: Final = Sample(
    "RECOVER",
    11,
    (
        {"handle": "ada", "recovery": DEVICE, "certificate": SEEN, "signature": SIGNATURE},
        {"handle": "a" * 32, "recovery": DEVICE, "certificate": None, "signature": SIGNATURE},
    ),
    (
        ("handle", "a" * 33, "frame.text"),
        ("handle", b"ada", "frame.text"),
        ("recovery", b"device!", "frame.bytes"),
        ("recovery", None, "frame.bytes"),
        ("certificate", b"", "frame.bytes"),
        ("signature", SIGNATURE[1:], "frame.bytes"),
    ),
)


CHAIN_HEAD: Final = Sample(
    "CHAINHEAD",
    12,
    (
        {"account": ALICE, "links": 3, "head": HEAD},
        {"account": bytes(20), "links": MOST, "head": bytes(32)},
    ),
    (
        ("account", b"a" * 19, "frame.bytes"),
        ("links", -1, "frame.integer"),
        ("links", True, "frame.integer"),
        ("head", HEAD[1:], "frame.bytes"),
        ("head", None, "frame.bytes"),
    ),
)

SSH_RECOVER: Final = Sample(
    "SSHRECOVER",
    20,
    (
        {"handle": "ada", "recovery": DEVICE, "certificate": SEEN, "proof": b"p"},
        {"handle": "a" * 32, "recovery": DEVICE, "certificate": None, "proof": bytes(640)},
    ),
    (
        ("handle", "a" * 33, "frame.text"),
        ("recovery", b"device!", "frame.bytes"),
        ("certificate", b"", "frame.bytes"),
        ("proof", b"", "frame.bytes"),
        ("proof", bytes(641), "frame.bytes"),
    ),
)

SAMPLES: Final = (HELLO, CHALLENGE, AUTH, JOIN, WELCOME, GRANTS)
RECOVERY: Final = (RECOVER, CHAIN_HEAD)
BY_SSH: Final = (SSH_RECOVER,)

SLOT: Final = b"w" * 32


def _await(seen: bytes | None) -> Fields:
    return {
        "slot": SLOT,
        "account": ALICE,
        "device": DEVICE,
        "certificate": seen,
        "signature": SIGNATURE,
    }


AWAIT: Final = Sample(
    "AWAIT",
    13,
    (_await(SEEN), _await(None)),
    (
        ("slot", SLOT[1:], "frame.bytes"),
        ("slot", None, "frame.bytes"),
        ("account", b"a" * 19, "frame.bytes"),
        ("device", b"device!", "frame.bytes"),
        ("certificate", b"", "frame.bytes"),
        ("signature", SIGNATURE[1:], "frame.bytes"),
    ),
)

MEET: Final = Sample(
    "MEET",
    14,
    ({"slot": SLOT, "certificate": SEEN}, {"slot": bytes(32), "certificate": None}),
    (
        ("slot", SLOT + b"w", "frame.bytes"),
        ("slot", "w" * 32, "frame.bytes"),
        ("certificate", SEEN[1:], "frame.bytes"),
    ),
)

CARRY: Final = Sample(
    "CARRY",
    15,
    ({"data": b""}, {"data": b"sealed"}, {"data": bytes(1_024)}),
    (
        ("data", bytes(1_025), "frame.bytes"),
        ("data", None, "frame.bytes"),
        ("data", "sealed", "frame.bytes"),
    ),
)
MEETING: Final = (AWAIT, MEET, CARRY)
