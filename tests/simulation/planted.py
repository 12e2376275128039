"""Every mutant that a campaign must kill: faults planted in the engines by hand, and put back.

A campaign that does not kill them would prove nothing (sync.md §7.3).
"""

from typing import Final

from tests.simulation.mutant import Mutant
from tests.simulation.planted_found import FOUND
from tests.simulation.planted_hub import HUB_AND_FOLD
from tests.simulation.planted_replica import REPLICA

MUTANTS: Final[tuple[Mutant, ...]] = (*REPLICA, *HUB_AND_FOLD, *FOUND)
"""Every planted fault."""


def by_name(name: str) -> Mutant:
    """The mutant of this name; KeyError where there is none."""
    return {mutant.name: mutant for mutant in MUTANTS}[name]
