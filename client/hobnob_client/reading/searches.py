"""Searches that one keeps, on any of one's own devices."""

from hobnob_client.reading.desk import Desk
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_protocol.sealing.kept_search import is_search


def kept(desk: Desk) -> tuple[str, ...]:
    """The queries, in the order of their letters."""
    found = [held.value for held in PrivateTable(desk.store.sql).all() if is_search(held.name)]
    return tuple(sorted(value.decode(errors="replace") for value in found))
