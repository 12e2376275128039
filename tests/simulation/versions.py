"""Clients of three versions in one world: an older one, today's, and one that knows a kind more."""

from random import Random
from typing import Final

from hobnob_protocol import fields, writing
from hobnob_protocol.ids import StreamType, TargetId
from hobnob_protocol.kind import Body, Kind, TargetRule, Write
from hobnob_protocol.registry import STANDARD, Registry


@fields.body
class Wave(Body):
    """A kind of a version that this hub does not know yet."""

    target: TargetId = fields.target()


WAVE: Final = Kind(
    number=200,
    name="wave",
    body=Wave,
    streams=frozenset({StreamType.CHANNEL}),
    capability="react",
    writes=writing.acts(Wave, lambda fact, body: (Write("wave", body.target, True),)),
    target="target",
    target_rule=TargetRule.PRESENT,
)

NEWEST: Final = STANDARD.with_kind(WAVE)
"""What tomorrow's clients know."""
OLD: Final = STANDARD.without("react", "poll", "vote", "poll_close", "pin")
"""What yesterday's clients knew."""


def any_version(rng: Random) -> Registry:
    """What some client of a mixed community knows."""
    if rng.random() < 0.4:
        return OLD
    return NEWEST if rng.random() < 0.4 else STANDARD
