"""A hub's migrations are what they were when they went out: only ever appended to."""

from typing import Final

from hobnob_server.store.sqlite import SCHEMA
from tests.contract.frozen import digest

FROZEN: Final = (
    "83ced09ef552f5ed",
    "05a85b7417bee890",
    "114d915fb0b04824",
    "ac9396fdbf66f016",
)
"""Of those to version 2, to version 3, and so on: a new one is added here, none is changed."""


def test_what_a_migration_does_never_changes() -> None:
    """Else two hubs of one version would differ by when they came to it."""
    assert tuple(digest(script) for script in SCHEMA.migrations) == FROZEN
