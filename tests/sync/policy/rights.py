"""The rights as `rights.txt` tells them, read in another way than the table reads its own."""

from itertools import product
from pathlib import Path
from typing import Final

from hobnob_protocol.ids import StreamType
from hobnob_sync.policy.table import Membership

Cell = tuple[str, StreamType, Membership, str]
"""Capability, sort of stream, membership, role."""

ROLES: Final = ("owner", "admin", "moderator", "member", "bot")


def read() -> frozenset[Cell]:
    """Every cell that is allowed."""
    cells: list[Cell] = []
    stream, membership, role = StreamType.USER, Membership.NONE, ""
    for line in Path(__file__).with_name("rights.txt").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if not line.startswith(" "):
            stream, membership, role = StreamType(words[0]), Membership(words[1]), ""
            continue
        if words[0] in ROLES and words[0] != role:
            role, *words = words
        cells.extend((capability, stream, membership, role) for capability in words)
    assert len(set(cells)) == len(cells), "a right is told once"
    return frozenset(cells)


ALLOWED: Final = read()
CAPABILITIES: Final = (*sorted({cell[0] for cell in ALLOWED}), "hub", "fly")
"""All capabilities, with one that no member holds and one that does not exist."""
EVERY_CELL: Final = tuple(product(CAPABILITIES, StreamType, Membership, ROLES))


def told(cell: Cell) -> str:
    """A cell as the name of a test."""
    capability, stream, membership, role = cell
    return f"{role}-{capability}-{stream.value}-{membership.value}"


def neighbours(cell: Cell) -> tuple[Cell, ...]:
    """The denied cells that differ from `cell` in the stream, the membership or the role only."""
    capability, stream, membership, role = cell
    near = (
        *((capability, other, membership, role) for other in StreamType),
        *((capability, stream, other, role) for other in Membership),
        *((capability, stream, membership, other) for other in (*ROLES, "guest", "")),
    )
    return tuple(other for other in near if other not in ALLOWED)
