"""A hub with three who ask for help and take requests, whose load is settled."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from hobnob_protocol.ids import PEOPLE, AccountId, TargetId
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.request_questions import (
    WEEKLY_REQUESTS,
    LoadAnswer,
    LoadQuestion,
    Request,
    RequestsAnswer,
    RequestsQuestion,
)
from hobnob_server.load.settling import Said, Settling
from tests.stories.client import Client
from tests.stories.hub import Hub, running
from tests.stories.waiting import BOUND_SECONDS, TestClock, until

NOW = 1_900_000_000_000
STRANGER = AccountId(b"s" * 20)


def named(number: int) -> TargetId:
    """A request."""
    return TargetId(number.to_bytes(16, "big"))


@dataclass
class Town:
    """Ada takes two requests a week, Bo and Cy look for somebody; Cy has agreed to nothing."""

    hub: Hub
    ada: Client
    bo: Client
    cy: Client
    settling: Settling = field(default_factory=Settling)

    def all_said(
        self, *said: tuple[Client, LoadQuestion], now_ms: int = NOW
    ) -> list[LoadAnswer | None]:
        """Settled together."""
        several = [
            Said(who.account, who.identity.author.device, question) for who, question in said
        ]
        return self.settled(*several, now_ms=now_ms)

    def settled(self, *said: Said, now_ms: int = NOW) -> list[LoadAnswer | None]:
        """On the writer's thread, once the log is read."""
        while True:
            asked = self.hub.app.writer.ask(
                lambda engine, store: self.settling.settle(
                    engine.state, store, store.ledger, said, now_ms
                )
            )
            answers = asked.result(BOUND_SECONDS)
            if answers is not None:
                return answers

    def say(self, who: Client, question: LoadQuestion, now_ms: int = NOW) -> LoadAnswer | None:
        """One question alone."""
        return self.all_said((who, question), now_ms=now_ms)[0]

    def requests(self, who: Client, now_ms: int = NOW, *, over: bool = False) -> list[Request]:
        """What concerns somebody."""
        answer = self.say(who, RequestsQuestion(over), now_ms)
        assert isinstance(answer, RequestsAnswer)
        return list(answer.requests)


def town(path: Path, story: Callable[[Town], Awaitable[None]]) -> None:
    """A hub with the three."""

    async def run() -> None:
        async with running(path / "hub", TestClock(time.time_ns() // 1_000_000)) as hub:
            await hub.owner()
            ada, bo, cy = [await hub.member(name) for name in ("ada", "bo", "cy")]
            for who in (ada, bo):
                who.say(PEOPLE, Consent("matching"))
            ada.say(PEOPLE, ProfileField(WEEKLY_REQUESTS, "2"))
            await until(lambda: ada.settled and bo.settled)
            await story(Town(hub, ada, bo, cy))
            for client in (ada, bo, cy):
                await client.leave()

    asyncio.run(run())
