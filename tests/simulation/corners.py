"""The corners a campaign must reach, or it has proved less than it seems."""

from typing import Final

from hobnob_protocol.errors import Refusal
from tests.simulation.matrix import MATRIX

LEAST: Final = 10
"""So often each corner must be reached in a campaign of `CAMPAIGN_SEEDS` or more."""
CAMPAIGN_SEEDS: Final = 1_000

OFFERED_ONLY: Final = (Refusal.ERASED,)
"""What a push is never told: an event that was erased is in the log, and known by its id."""

REACHED: Final = tuple(
    dict.fromkeys(
        (
            *(f"push refused {code.value}" for code in Refusal if code not in OFFERED_ONLY),
            *(f"offer refused {code.value}" for code in OFFERED_ONLY),
            *(f"healed: {step}" for step in ("refold", "repull", "reopen", "rebuild")),
            "push accepted",
            "push pause",
            "orphan accepted",
            "orphan postponed",
            "orphan duplicate",
            "dirty, page, live",
            "grant change while offline",
            "abreast without a reconnect",
            "begun anew",
            "begun anew after a restore",
            "newcomers lost whom only members had met",
            "came by a member's invite",
            "said: hub_invite",
            "said: hub_invite_revoke",
            "group: founded",
            "group: added",
            "group: removed",
            "operated: claim",
            "sealed",
            "sealed and taken back",
            "sealed anew",
            "sealed and refused",
            "handed back unsealed",
            "sealed, refused and said again",
            "reported under seal",
            "unsealed across a crash",
            "start taken back",
            "a conversation that the other began first",
            "joined or left already",
            "composed by another process",
            "seal record kept",
            "seal records told",
            "unread counted",
            "unread counted at an older head",
            "unread counted by a replica",
            "unread taken from the announcement",
            "stubs folded like bodies",
            "erased bytes in no store",
            "welcome same",
            "welcome announced",
            "history above a floor",
            "bye: auth",
            "bye: elsewhere",
            "bye: recovering",
            "bye: revoked",
            "rogue: forged",
            "rogue: gap",
            "rogue: stale open",
            "rogue: foreign open",
            "rogue: deep back",
            *(corner for corners in MATRIX.values() for corner in corners),
        )
    )
)
"""What each must be counted `LEAST` times."""


def unreached(seen: dict[str, int], least: int = LEAST) -> list[str]:
    """The corners a campaign has not reached often enough."""
    return [corner for corner in REACHED if seen.get(corner, 0) < least]
