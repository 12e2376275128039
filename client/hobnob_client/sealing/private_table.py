"""What the replica keeps of what is private to the account, in the clear."""

from dataclasses import replace
from typing import Final

from hobnob_client.sealing.meeting import Held
from hobnob_protocol.kinds.private import OwnKeyId
from hobnob_protocol.limits import PRIVATE_CELLS_MAX
from hobnob_protocol.sealing.draft import beside
from hobnob_sync.ports_sql import Database, Row

COLUMNS: Final = "name, value, number, base, own_key, edited_ms"
GET: Final = f"SELECT {COLUMNS} FROM private WHERE name = ?"
ALL: Final = f"SELECT {COLUMNS} FROM private WHERE value <> x'' ORDER BY name"
BEGUN_WITH: Final = f"""
    SELECT {COLUMNS} FROM private WHERE name >= ? AND name < ? AND value <> x'' ORDER BY name
"""
EDITED: Final = f"SELECT {COLUMNS} FROM private WHERE edited_ms > 0 ORDER BY edited_ms, name"
PUT: Final = f"INSERT OR REPLACE INTO private ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)"
DROP: Final = "DELETE FROM private WHERE name = ?"
OLDEST: Final = f"""
    SELECT {COLUMNS} FROM private WHERE value <> x'' AND name <> ?
    ORDER BY max(number, edited_ms) DESC, name LIMIT -1 OFFSET {PRIVATE_CELLS_MAX - 1}
"""
FORGET_GONE: Final = f"""
    DELETE FROM private WHERE name IN (
        SELECT name FROM private WHERE value = x'' AND edited_ms = 0
        ORDER BY number DESC, name LIMIT -1 OFFSET {PRIVATE_CELLS_MAX}
    )
"""


def held(row: Row) -> Held:
    """A row as what holds under its name."""
    name, value, number, base, own_key, edited_ms = row
    return Held(name, value, number, base, OwnKeyId(own_key), edited_ms)


class PrivateTable:
    """Inside the transactions of whoever calls."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.version = 0
        """Another one whenever something was put by this process."""

    def get(self, name: bytes) -> Held | None:
        """What holds under a name; its value is empty where it was taken away."""
        for row in self._database.query(GET, (name,)):
            return held(row)
        return None

    def all(self) -> tuple[Held, ...]:
        """All that holds."""
        return tuple(map(held, self._database.query(ALL)))

    def begun_with(self, prefix: bytes) -> tuple[Held, ...]:
        """All that holds under names that begin so, and go on with a byte below 255."""
        return tuple(map(held, self._database.query(BEGUN_WITH, (prefix, prefix + b"\xff"))))

    def edited(self) -> tuple[Held, ...]:
        """What was changed here and is not at the hub, the first change first."""
        return tuple(map(held, self._database.query(EDITED)))

    def put(self, row: Held) -> None:
        """Keep it."""
        self.version += 1
        values = (row.name, row.value, row.number, row.base, row.own_key, row.edited_ms)
        self._database.run(PUT, [values])

    def drop(self, name: bytes) -> None:
        """As if there had never been anything."""
        self._database.run(DROP, [(name,)])

    def edit(self, name: bytes, value: bytes, at_ms: int, known: bytes | None = None) -> bool:
        """The person sets a value, or takes it away with no bytes; False where nothing changes.

        Where they have not seen what is there, but had `known` before them, it is kept beside, or
        where they have left that as it was, instead.
        Beyond `private_cells_max` values the oldest goes.
        """
        before = self.get(name) or Held(name, b"")
        if value in (before.value, known):
            return False
        if known not in (None, before.value):
            self.put_beside(name, before, value)
        self.put(replace(before, value=value, edited_ms=max(at_ms, 1)))
        for row in map(held, self._database.query(OLDEST, (name,))):
            self.put(replace(row, value=b"", edited_ms=max(at_ms, 1)))
        self._database.run(FORGET_GONE, [()])
        return True

    def put_beside(self, name: bytes, loser: Held, winner: bytes) -> None:
        """Keep a draft that loses against another one of its name, unless that says all of it."""
        place = None if loser.value in winner else beside(name, loser.value)
        if place is not None and self.get(place) is None:
            self.edit(place, loser.value, loser.time_ms)
