"""A mutant: a fault that a hurried hand might make, as a text that stands in one module once."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: in `module`, `old` is replaced by `new`.

    `equivalent` traces why nobody can ever see it, and is "" for all the others, which a campaign
    must kill.
    """

    name: str
    module: str
    old: str
    new: str
    equivalent: str = ""


CLIENT: Final = "hobnob_sync.client_engine."
HUB: Final = "hobnob_sync.hub_engine."
"""Where the two engines' modules are."""
