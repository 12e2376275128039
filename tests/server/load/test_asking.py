"""Questions of load that cannot be settled: they fail alone, and nothing that failed counts."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from hobnob_protocol.errors import StoreBroken, StoreFull
from hobnob_protocol.question_frames import LATER, NO, THERE
from hobnob_protocol.request_questions import (
    LoadsQuestion,
    RequestQuestion,
    RequestsQuestion,
)
from hobnob_server.engines.load.rows import Keys, Rows
from hobnob_server.store.ledger import SqliteLedger
from tests.server.load.town import STRANGER, Town, named, town
from tests.stories.client import Client
from tests.stories.waiting import BOUND_SECONDS


class FullDisk(SqliteLedger):
    """Nothing can be written."""

    def commit(self, rows: Rows, forget_before_ms: int) -> None:
        """It fails."""
        raise StoreFull("full")


class Rotten(SqliteLedger):
    """The row of one person does not decode."""

    of = STRANGER

    def load(self, keys: Iterable[Keys]) -> Rows:
        """Whoever asks for it fails."""
        wanted = list(keys)
        if any(self.of in each.people for each in wanted):
            raise StoreBroken("a row does not decode")
        return super().load(wanted)


def connection(here: Town, who: Client) -> int:
    """The one connection of somebody."""
    (conn,) = here.hub.app.writer.ask(
        lambda engine, _: tuple(engine.sessions.by_account[who.account])
    ).result(BOUND_SECONDS)
    return conn


def test_a_fault_fails_nobody_but_whose_question_meets_it(tmp_path: Path) -> None:
    """Those who are settled together with it are settled all the same, each once."""

    async def story(here: Town) -> None:
        store, desk = here.hub.app.hub.store, here.hub.app.load
        store.ledger = Rotten(store.ledger.database)
        ada, bo, cy = (connection(here, who) for who in (here.ada, here.bo, here.cy))
        asked = RequestQuestion(named(1), here.ada.account)
        told = await asyncio.gather(
            desk.ask(bo, asked),
            desk.ask(cy, RequestQuestion(named(2), STRANGER)),
            desk.ask(ada, LoadsQuestion((here.bo.account,))),
        )
        assert [status for status, _ in told] == [THERE, LATER, THERE]
        # Those who come next are settled together again.
        again = await asyncio.gather(desk.ask(bo, asked), desk.ask(ada, RequestsQuestion(False)))
        assert [status for status, _ in again] == [THERE, THERE]
        assert [each.request for each in here.requests(here.ada, over=True)] == [named(1)]

    town(tmp_path, story)


def test_what_cannot_be_written_is_not_answered(tmp_path: Path) -> None:
    """One is told to ask later, and nothing has been counted; who is not there gets no answer."""

    async def story(here: Town) -> None:
        store, desk = here.hub.app.hub.store, here.hub.app.load
        held = store.ledger
        conn = connection(here, here.bo)
        question = RequestQuestion(named(1), here.ada.account)
        store.ledger = FullDisk(store.ledger.database)
        assert await desk.ask(conn, question) == (LATER, b"")
        store.ledger = held
        assert here.requests(here.bo) == []
        assert (await desk.ask(conn, question))[0] == THERE
        assert await desk.ask(conn + 1_000, question) == (NO, b"")
        await desk.stop()
        assert await desk.ask(conn, question) == (LATER, b"")

    town(tmp_path, story)
