"""Boards and badges, asked of the hub and kept on this device for when it is away."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final, Generic, TypeVar

from hobnob_client.engine import Engine
from hobnob_client.link import LinkLost
from hobnob_client.not_answered import NotAnswered
from hobnob_client.progress import LinkState
from hobnob_client.recognition import kept
from hobnob_protocol.errors import ProtocolError, WorldError
from hobnob_protocol.ids import AccountId
from hobnob_protocol.questions import (
    BadgesAnswer,
    BadgesQuestion,
    BoardAnswer,
    BoardQuestion,
    Question,
    decode_answer,
)
from hobnob_protocol.value import value

T = TypeVar("T", BoardAnswer, BadgesAnswer)

PURPOSE: Final = "recognition"
LINK_SECONDS: Final = 3.0
"""So long a verb waits for the hub before it shows what was kept."""
AGAIN_SECONDS: Final = 1.0
AGAIN_MAX: Final = 5
"""So often a hub that is still counting is asked once more."""


@value
class Asked(Generic[T]):
    """An answer, the hub's of now or the one that was kept, "" or `why` the hub was not asked."""

    answer: T | None
    why: str = ""


async def board(engine: Engine, question: BoardQuestion) -> Asked[BoardAnswer]:
    """A board of now, or the last one that was kept, without those who have left since; on neither
    is anybody whom one has blocked."""
    asked = await _asked(engine, question, BoardAnswer)
    if asked.answer is None:
        return asked
    blocked, consents = engine.reader.kept().blocked, _consents(engine)

    def named(account: AccountId) -> bool:
        return account not in blocked and (not asked.why or consents(account))

    return Asked(naming(asked.answer, named), asked.why)


async def badges(engine: Engine, account: AccountId) -> Asked[BadgesAnswer]:
    """Somebody's badges of now, or the last that were kept; none of whoever has left since."""
    asked = await _asked(engine, BadgesQuestion(account), BadgesAnswer)
    own = account == engine.reader.me
    if asked.answer is not None and asked.why and not own and not _consents(engine)(account):
        return Asked(replace(asked.answer, takes_part=False, badges=()), asked.why)
    return asked


def naming(answer: BoardAnswer, named: Callable[[AccountId], bool]) -> BoardAnswer:
    """A board as far as it may be shown: nobody but those `named` has a row, is unfolded, or stands
    in a line of somebody's. One's own row is one's own."""
    own = None if answer.own is None else answer.own.account
    unfolded = answer.unfolded
    if unfolded is not None and unfolded.account != own and not named(unfolded.account):
        return naming(replace(answer, unfolded=None, lines=()), named)
    rows = tuple(row for row in answer.rows if named(row.account))
    lines = tuple(
        line if line.other is None or named(line.other) else replace(line, other=None)
        for line in answer.lines
    )
    return replace(answer, rows=rows, lines=lines)


def _consents(engine: Engine) -> Callable[[AccountId], bool]:
    return lambda account: engine.reader.agrees(account, PURPOSE)


async def reached(engine: Engine) -> None:
    """Wait for the hub, for some seconds at most."""
    watch = engine.watch()
    try:
        async with asyncio.timeout(LINK_SECONDS):
            while engine.link in (LinkState.OFFLINE, LinkState.CONNECTING):
                await watch.next()
    except TimeoutError:
        return


async def _asked(engine: Engine, question: Question, cls: type[T]) -> Asked[T]:
    name = kept.name_of(question)
    try:
        data = await _patiently(engine, question)
        answer = decode_answer(cls, data)
    except (LinkLost, NotAnswered, ProtocolError) as failed:
        noted = (await engine.notes()).get(name)
        why = failed.code if isinstance(failed, NotAnswered) else "away"
        if engine.link is LinkState.SHARED:
            why = "shared"
        return Asked(_kept(cls, noted), why)
    # On a disk without room nothing is kept, and the answer is there all the same.
    with suppress(WorldError):
        await _keep(engine, name, data)
    return Asked(answer)


async def _keep(engine: Engine, name: str, data: bytes) -> None:
    await engine.note(name, data)
    for old in kept.beyond(await engine.notes(), name):
        await engine.note(old, b"")


def _kept(cls: type[T], data: bytes | None) -> T | None:
    try:
        return decode_answer(cls, data) if data else None
    except ProtocolError:
        # Of an earlier version: as if it had not been kept.
        return None


async def _patiently(engine: Engine, question: Question) -> bytes:
    for _ in range(AGAIN_MAX):
        try:
            return await engine.ask(question)
        except NotAnswered as failed:
            if failed.code != "later":
                raise
        await asyncio.sleep(AGAIN_SECONDS)
    return await engine.ask(question)
