"""The failure matrix (sync.md §5): what each row is counted by, or why it is proved elsewhere.

A campaign that never was in a row's trouble has not shown that its promise holds.
"""

from typing import Final

from tests.simulation.evil import LIVE, OWN, PAST

MATRIX: Final[dict[int, tuple[str, ...]]] = {
    1: ("compose died before commit",),
    2: ("compose died after commit",),
    3: ("hub died before a push's commit",),
    4: ("hub died after a push's commit", "push answered again"),
    5: ("echo before ack", "ack before echo"),
    6: ("frame doubled", "frame swapped"),
    7: ("frame lost", "page gap"),
    8: ("back after 30 days offline", "back after 400 days offline"),
    9: ("link vanished", "link one-way", "half-open link noticed"),
    10: ("reader stalled", "reader congested", "stalled reader within bounds", "bye: slow"),
    11: ("client disk full",),
    12: ("hub disk full", "bye: retry"),
    15: ("clock jumped", "long silence"),
    16: ("loser of an edit conflict kept",),
    17: ("push refused gone", "push refused closed"),
    18: ("revoked while offline", "revoked with unsent events"),
    19: (
        "left and joined anew while offline",
        "joined anew with a later floor while offline",
    ),
    20: ("hub restored", "epoch jump of 1", "epoch jump of 2"),
    21: ("hub fenced by a checkpoint",),
    23: ("profile copied", "push gap"),
    24: ("replica rolled back", "push recognised by its id"),
    25: tuple(f"lie noticed: {script}" for script in (*LIVE, *PAST, *OWN)),
    26: ("said: wave", "push refused unknown_kind", "client upgraded"),
    28: ("offer refused erased",),
    31: ("cursor poisoned", "opened 1"),
}
"""By the number of the row, what a campaign counts of it."""

ELSEWHERE: Final = {
    13: "power cuts tear real writes: that is for disks; here a store is committed or is not",
    14: "torn pages are a file's; rot of cells and entries is counted by the steps of healing",
    22: "a lost hub is seeded again by an operator's command, which engines have no part in",
    27: "an upgrade that is killed half-way changes a schema: stores in memory have none",
    29: "ten thousand clients at once are a matter of real sockets",
    30: "one hub process with one store has no bus between its parts and no failover",
}
"""Rows that no scheduler of engines can reach, each with its reason."""
ROWS: Final = 31
