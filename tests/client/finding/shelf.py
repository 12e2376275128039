"""A replica's database that holds texts and nothing else."""

from dataclasses import dataclass

from hobnob_client.finding import marks
from hobnob_client.finding.marks import Trait
from hobnob_client.store import SqliteReplicaStore
from hobnob_client.store.database import SqliteDatabase
from hobnob_client.texts import Text, TextRows
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from tests.client.finding.world import ANA, RUST


@dataclass(frozen=True, slots=True)
class Shelf:
    """Texts, each with a target of its own seq."""

    database: SqliteDatabase

    @classmethod
    def empty(cls) -> "Shelf":
        """One without any."""
        database = SqliteDatabase(":memory:")
        SqliteReplicaStore(database)
        return cls(database)

    def put(
        self,
        at_ms: int,
        text: str,
        stream: StreamId = RUST,
        author: AccountId = ANA,
        traits: tuple[Trait, ...] = (),
    ) -> None:
        """One searchable text; its seq is its moment."""
        found = marks.together(stream, author, (), (), traits)
        target = TargetId(at_ms.to_bytes(16, "big"))
        row = Text(at_ms, target, author, b"", at_ms, text, "", found)
        TextRows(self.database).put(stream, [row])
