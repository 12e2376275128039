"""The frames of who is here and writes, which nobody keeps."""

from typing import Final

from tests.protocol.vectors.frames import Sample
from tests.protocol.vectors.values import ALICE, BOB, GARDEN

_MANY: Final = [bytes((n, m)) * 10 for n in (1, 2) for m in range(129)]

HERE: Final = Sample(
    "HERE",
    70,
    (
        {"shown": True, "typing": False},
        {"shown": False, "typing": True},
        {"shown": False, "typing": False},
    ),
    (
        ("shown", 1, "frame.boolean"),
        ("shown", None, "frame.boolean"),
        ("typing", 0, "frame.boolean"),
        ("typing", "true", "frame.boolean"),
    ),
)

TYPING: Final = Sample(
    "TYPING",
    71,
    (
        {"stream": GARDEN, "account": ALICE},
        {"stream": GARDEN, "account": None},
        {"stream": b"dir", "account": BOB},
    ),
    (
        ("stream", b"x:nothing", "frame.stream"),
        ("stream", None, "frame.stream"),
        ("account", ALICE[1:], "frame.bytes"),
        ("account", b"", "frame.bytes"),
        ("account", "ada", "frame.bytes"),
    ),
)

WHO: Final = Sample(
    "WHO",
    72,
    ({"stream": GARDEN},),
    (("stream", b"", "frame.stream"), ("stream", "dir", "frame.stream")),
)

WHOIS: Final = Sample(
    "WHOIS",
    73,
    (
        {"stream": GARDEN, "present": [ALICE, BOB], "more": False},
        {"stream": GARDEN, "present": [], "more": False},
        {"stream": GARDEN, "present": _MANY[:256], "more": True},
    ),
    (
        ("stream", b"c:short", "frame.stream"),
        ("present", None, "frame.list"),
        ("present", ALICE, "frame.list"),
        ("present", _MANY[:257], "frame.list"),
        ("present", [BOB, ALICE], "frame.order"),
        ("present", [ALICE, ALICE], "frame.order"),
        ("present", [ALICE, BOB[1:]], "frame.bytes"),
        ("present", [None], "frame.bytes"),
        ("more", 1, "frame.boolean"),
        ("more", None, "frame.boolean"),
    ),
)

SAMPLES: Final = (HERE, TYPING, WHO, WHOIS)
