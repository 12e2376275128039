"""By which rules people are matched here: the hub is asked for them, and what it said is kept."""

import asyncio
from typing import TYPE_CHECKING, Final

from hobnob_client.link import LinkLost
from hobnob_client.match.rules import NOTE, Rules
from hobnob_client.match.rules_file import those_of
from hobnob_client.not_answered import NotAnswered
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.questions import RankingAnswer, RankingQuestion, decode_answer

if TYPE_CHECKING:
    from hobnob_client.engine import Engine

SECONDS_MAX: Final = 2.0
"""So long somebody who needs help waits for the rules; then those that were kept hold."""


async def learn(engine: "Engine") -> Rules:
    """The rules as of now; as they were kept where the hub does not tell, and those of this version
    where it never did."""
    kept = (await engine.notes()).get(NOTE, b"")
    try:
        async with asyncio.timeout(SECONDS_MAX):
            file = decode_answer(RankingAnswer, await engine.ask(RankingQuestion())).ranking
    except (LinkLost, NotAnswered, ProtocolError, TimeoutError):
        return those_of(kept)
    if file != kept:
        await engine.note(NOTE, file)
    return those_of(file)
