"""Bodies of what is private to one account."""

from typing import Final

from tests.protocol.vectors.kinds import Sample, integer, size
from tests.protocol.vectors.values import DEVICE, HEAD, HEAD8, MOST, OTHER, TARGET

_WRAPPED: Final = bytes(1_168)
_SLICE: Final = [DEVICE, HEAD8, _WRAPPED]
_ALL: Final = [[bytes((n,)) * 8, HEAD8, _WRAPPED] for n in range(9)]

SAMPLES: Final = (
    Sample(
        "private",
        "key name number sealed",
        (
            (TARGET, OTHER, 1_700_000_000_000, b"s" * 96),
            (bytes(16), bytes(16), 1, bytes(15_904)),
            (OTHER, TARGET, MOST, b"x" * 136),
        ),
        (
            *size("key", 16),
            *size("name", 16),
            *integer("number", MOST),
            ("number", 0, "body.integer"),
            *size("sealed", 96, 15_904),
        ),
    ),
    Sample(
        "own_key",
        "key links head slices",
        (
            (TARGET, 2, HEAD, [_SLICE]),
            (bytes(16), 1, bytes(32), _ALL[:8]),
            (OTHER, 256, HEAD, _ALL[:2]),
        ),
        (
            *size("key", 16),
            *integer("links", 256),
            ("links", 0, "body.integer"),
            *size("head", 32),
            ("slices", None, "body.many.type"),
            ("slices", [], "body.many.count"),
            ("slices", _ALL, "body.many.count"),
            ("slices", [_ALL[1], _ALL[0]], "body.many.ascending"),
            ("slices", [_SLICE, _SLICE], "body.many.ascending"),
            ("slices", [DEVICE], "body.record"),
            ("slices", [_SLICE[:2]], "body.record"),
            ("slices", [[*_SLICE, HEAD]], "body.record"),
            ("slices", [[DEVICE[1:], HEAD8, _WRAPPED]], "body.blob"),
            ("slices", [[DEVICE, HEAD, _WRAPPED]], "body.blob"),
            ("slices", [[DEVICE, HEAD8, _WRAPPED + b"x"]], "body.blob"),
        ),
    ),
)
