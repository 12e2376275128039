"""Counts a hub's log, slice by slice, and answers from what it has counted."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId
from hobnob_protocol.questions import (
    BadgesQuestion,
    BoardQuestion,
    decode_question,
    encode_answer,
)
from hobnob_server.engines.recognition.chronicle import Chronicle
from hobnob_server.engines.recognition.ledger import Ledger
from hobnob_server.engines.recognition.shipped import shipped
from hobnob_server.recognition.answers import Answers, Town
from hobnob_server.recognition.limits import SLICE_EVENTS
from hobnob_server.recognition.log import Log, Rewound

PURPOSE: Final = "recognition"


class Counting:
    """All of it is derived from the log: a fresh one, once abreast, says the same."""

    def __init__(self, path: Path, now_ms: Callable[[], int]) -> None:
        self._log: Final = Log(path, Ed25519Verifier())
        self._now_ms: Final = now_ms
        self._begin()

    def _begin(self) -> None:
        self._log.rewind()
        self._ledger, self._chronicle = Ledger(shipped()), Chronicle()
        self._answers = Answers(self._ledger, self._chronicle, shipped())

    def close(self) -> None:
        """Let go of the log."""
        self._log.close()

    def count(self, most: int = SLICE_EVENTS) -> bool:
        """Take up to `most` events more; is there nothing more to take?"""
        taken = 0
        try:
            for heard in self._log.read(self._now_ms(), most):
                taken += 1
                self._ledger.advance(self._chronicle.deeds(heard))
        except Rewound:
            self._begin()
            return False
        return taken < most

    def answer(self, asker: AccountId, question: bytes) -> bytes:
        """The answer to a question, as of what was counted; ProtocolError where it is none."""
        asked = decode_question(question)
        if not isinstance(asked, BoardQuestion | BadgesQuestion):
            raise ProtocolError("frame.op", type(asked).__name__)
        log = self._log
        town = Town(log.members(), log.consents(PURPOSE), log.stewards())
        return encode_answer(self._answers.answer(asked, asker, town, self._now_ms()))
