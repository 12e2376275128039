"""The corners a campaign must reach, or it has proved less than it seems."""

from hobnob_protocol.errors import Refusal

REACHED = (
    *(f"push refused {code.value}" for code in Refusal if code is not Refusal.ERASED),
    "push accepted",
    "push gap",
    "push pause",
    "offer in log",
    "offer later",
    "opened 0",
    "welcome same",
    "welcome announced",
    "healed: refold",
    "healed: repull",
    "hub restored",
    "hub crash before commit",
    "hub crash after commit",
    "client crash before commit",
    "client crash after commit",
    "client disk full",
    "hub disk full",
    "replica rolled back",
    "client upgraded",
    "clock jumped",
    "link clogged",
    "frame doubled",
    "frame swapped",
    "bye: auth",
    "bye: recovering",
    "bye: revoked",
    "rogue push",
    "page with context",
    "context at rest",
)
"""What each must be counted at least ten times in a campaign of a thousand seeds."""
