"""Whoever answers questions about a replica, whatever they are about."""

from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import People
from hobnob_protocol.ids import AccountId


class Answering:
    """Answers out of what lies on a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._people = People(desk)

    @property
    def me(self) -> AccountId:
        """Whose replica this is."""
        return self._desk.me
