"""What a client's step shows of the corners it was in: only counted, never judged."""

from typing import Final

from hobnob_protocol.frames import Grants, Page
from hobnob_sync.client_engine.engine import ClientEngine
from hobnob_sync.client_engine.inputs import Input, Linked, Received
from hobnob_sync.ports import ReplicaTransaction
from tests.simulation.network import count

SECOND: Final = 2


class Notices:
    """Watches one client's steps."""

    def __init__(self, seen: dict[str, int]) -> None:
        self._seen = seen

    def before(self, engine: ClientEngine, incoming: Input) -> None:
        """An input comes in."""
        if isinstance(incoming, Received):
            if isinstance(incoming.frame, Page):
                self._page(engine, incoming.frame)
        elif isinstance(incoming, Linked):
            lineage, epoch = incoming.welcome.lineage, engine.state.epoch
            if epoch is not None and epoch in lineage:
                behind = len(lineage) - 1 - lineage.index(epoch)
                if behind:
                    count(self._seen, "epoch jump of 1" if behind < SECOND else "epoch jump of 2")

    def after(self, engine: ClientEngine, incoming: Input, transaction: ReplicaTransaction) -> None:
        """What the engine has decided, before it is durable."""
        announced = isinstance(incoming, Received) and isinstance(incoming.frame, Grants)
        if announced and transaction.purges:
            self._grants_changed(engine, transaction)
        for event in transaction.orphans.values():
            if event is not None:
                count(self._seen, "acknowledged event orphaned")

    def _page(self, engine: ClientEngine, page: Page) -> None:
        link = engine.link
        stream = None if link is None else link.numbers.get(page.number)
        row = None if stream is None else engine.state.streams.get(stream)
        if row is not None and page.first_seq > row.hi + 1:
            count(self._seen, "page gap")

    def _grants_changed(self, engine: ClientEngine, transaction: ReplicaTransaction) -> None:
        """Rights have changed since the last connection."""
        assert engine.link is not None
        count(self._seen, "grant change while offline")
        for stream in transaction.purges:
            again = engine.link.granted.get(stream)
            if again is None:
                count(self._seen, "revoked while offline")
                if any(row.stream == stream for row in engine.state.outbox.values()):
                    count(self._seen, "revoked with unsent events")
            else:
                count(self._seen, "left and joined anew while offline")
                if again[1]:
                    count(self._seen, "joined anew with a later floor while offline")
