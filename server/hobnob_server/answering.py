"""Who on a hub answers which question of a member."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId
from hobnob_protocol.question_frames import NO
from hobnob_protocol.questions import (
    BadgesQuestion,
    BoardQuestion,
    RankingQuestion,
    WelcomeQuestion,
    decode_question,
)
from hobnob_protocol.request_questions import LoadQuestion

Status: TypeAlias = tuple[int, bytes]
"""A status of TOLD, and the answer."""


class Answering:
    """`recognition` counts beside the hub, `load` is settled between two commits, `welcome` and
    `ranking` read files."""

    def __init__(
        self,
        recognition: Callable[[AccountId, bytes], Awaitable[Status]],
        load: Callable[[int, LoadQuestion], Awaitable[Status]],
        welcome: Callable[[], Awaitable[Status]],
        ranking: Callable[[], Awaitable[Status]],
    ) -> None:
        self._recognition: Final = recognition
        self._load: Final = load
        self._welcome: Final = welcome
        self._ranking: Final = ranking

    async def answer(self, conn: int, asker: AccountId, question: bytes) -> Status:
        """To a member who is logged in on a connection; NO to what is no question."""
        try:
            asked = decode_question(question)
        except ProtocolError:
            return NO, b""
        if isinstance(asked, BoardQuestion | BadgesQuestion):
            return await self._recognition(asker, question)
        if isinstance(asked, WelcomeQuestion):
            return await self._welcome()
        if isinstance(asked, RankingQuestion):
            return await self._ranking()
        return await self._load(conn, asked)
