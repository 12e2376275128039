"""A world of a few names for queries to be about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, tzinfo

from hobnob_protocol.ids import AccountId, StreamId, TargetId

ANA, ANDY, BO, CI = (AccountId(letter * 20) for letter in (b"a", b"d", b"b", b"c"))
RUST, HELP, WITH_BO = (StreamId(name + bytes(16)) for name in (b"c:rust", b"c:help", b"o:bo"))
ROOT = TargetId(b"r" * 16)


@dataclass(slots=True)
class SmallWorld:
    """A `World` of three people and a program, two channels and a conversation."""

    claimed: tuple[AccountId, ...] = ()
    today: date = date(2026, 3, 31)
    zone: tzinfo = UTC
    muted: tuple[AccountId, ...] = ()
    programs: tuple[AccountId, ...] = (CI,)
    asked: list[str] = field(default_factory=list)

    def mine(self) -> tuple[AccountId, ...]:
        """As a `World`."""
        return (BO, *self.claimed)

    def people(self) -> Mapping[str, tuple[AccountId, ...]]:
        """As a `World`."""
        return {"ana": (ANA,), "andy": (ANDY,), "bo": (BO,), "ci": (CI,), "ana ruiz": (ANA, ANDY)}

    def places(self) -> Mapping[str, tuple[StreamId, ...]]:
        """As a `World`."""
        return {"#rust": (RUST,), "#help": (HELP,), "@bo": (WITH_BO,)}

    def threads(self, term: str) -> tuple[TargetId, ...]:
        """As a `World`."""
        self.asked.append(term)
        return (ROOT,) if "lifetimes" in term else ()

    def bots(self) -> tuple[AccountId, ...]:
        """As a `World`."""
        return self.programs

    def blocked(self) -> tuple[AccountId, ...]:
        """As a `World`."""
        return self.muted
