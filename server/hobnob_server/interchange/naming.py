"""What things are called in an export: ids of their source where they were imported, else ours.

Ids of one source are told apart from each other, not from those of another. So with several sources
each id is written behind its source's name.
"""

import sqlite3
from collections.abc import Callable, Iterable
from typing import Final, cast

from hobnob_protocol.ids import AccountId, TargetId
from hobnob_server.interchange.people import People
from hobnob_server.interchange.records import Record

_ONE: Final = ("id", "channel", "author", "thread", "topic_id", "parent")
_MANY: Final = ("reply_to", "mentions")


class Naming:
    """The names of one export; `people` are the members of each source."""

    def __init__(self, people: Iterable[People]) -> None:
        self._people: Final = {one.source: one for one in people}
        self._said = sqlite3.connect("", isolation_level=None)
        self._said.execute("PRAGMA journal_mode = OFF")
        self._said.execute(
            "CREATE TABLE said (target BLOB NOT NULL PRIMARY KEY, id TEXT NOT NULL) "
            "STRICT, WITHOUT ROWID"
        )
        self._said.execute("BEGIN")

    def close(self) -> None:
        """Let go of what was remembered."""
        self._said.close()

    def member_of(self, source: str) -> Callable[[AccountId], str | None]:
        """Who an account is at a source, where that is known."""
        return self._people[source].member_of

    def member(self, account: AccountId) -> str:
        """Who an account is, wherever it came from."""
        for source, people in self._people.items():
            found = people.member_of(account)
            if found is not None:
                return self.qualified(source, found)
        return account.hex()

    def remember(self, target: TargetId, source: str, source_id: str) -> None:
        """A message was imported under this id; what members answer to it will name it so."""
        row = (target, self.qualified(source, source_id))
        self._said.execute("INSERT OR IGNORE INTO said VALUES (?, ?)", row)

    def said(self, target: TargetId) -> str:
        """What a message is called."""
        query = "SELECT id FROM said WHERE target = ?"
        row = self._said.execute(query, (target,)).fetchone()
        return target.hex() if row is None else row[0]

    def qualified(self, source: str, name: str) -> str:
        """An id of a source as this export writes it."""
        return f"{source}/{name}" if len(self._people) > 1 else name

    def qualify(self, source: str, record: Record) -> Record:
        """A record of a source with all ids in it as this export writes them."""
        if len(self._people) <= 1:
            return record
        changed = dict(record)
        for name in _ONE:
            if isinstance(record.get(name), str):
                changed[name] = self.qualified(source, record[name])
        for name in _MANY:
            changed.update(self._all(source, name, record.get(name)))
        if isinstance(record.get("reactions"), list):
            changed["reactions"] = [
                {**one, **self._all(source, "by", one.get("by"))}
                for one in cast("list[Record]", record["reactions"])
            ]
        return changed

    def _all(self, source: str, name: str, given: object) -> Record:
        if isinstance(given, str):
            return {name: self.qualified(source, given)}
        if isinstance(given, list):
            ids = cast("list[str]", given)
            return {name: [self.qualified(source, one) for one in ids]}
        return {}
