"""A replica's migrations are what they were when they went out: only ever appended to."""

from typing import Final

from hobnob_client.store.sqlite import SCHEMA
from tests.contract.frozen import digest

FROZEN: Final = (
    "d3c7dbc4d871f70b",
    "5a383543f3cd9bc8",
    "b830fdd06b3e345c",
    "68919ce8a6a7b526",
    "edf9aa322af4e596",
    "78e7ae67f905f64f",
    "5cd23bf92bdbdd1f",
    "85bf359cc4c5252d",
    "6bfdb73b57509fc7",
    "9b1fb226264637cb",
)
"""Of those to version 2, to version 3, and so on: a new one is added here, none is changed."""


def test_what_a_migration_does_never_changes() -> None:
    """Else two replicas of one version would differ by when they came to it."""
    assert tuple(digest(script) for script in SCHEMA.migrations) == FROZEN
