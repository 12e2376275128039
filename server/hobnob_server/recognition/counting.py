"""Counts a hub's log, slice by slice, and answers from what it has counted."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_protocol.questions import (
    BadgesQuestion,
    BoardQuestion,
    decode_question,
    encode_answer,
)
from hobnob_server.engines.recognition.chronicle import Chronicle, Heard
from hobnob_server.engines.recognition.ledger import Ledger
from hobnob_server.engines.recognition.shipped import shipped
from hobnob_server.logs import Log as Lines
from hobnob_server.recognition.answers import Answers, Town
from hobnob_server.recognition.limits import SLICE_EVENTS, UNREAD_TOLD_MAX
from hobnob_server.recognition.log import Log, Rewound

PURPOSE: Final = "recognition"


class Counting:
    """All of it is derived from the log: a fresh one, once abreast, says the same. `lines` is where
    an operator hears of an event that cannot be read or counted, which is passed over."""

    def __init__(self, path: Path, now_ms: Callable[[], int], lines: Lines) -> None:
        self.lines: Final = lines
        self._log: Final = Log(path, Ed25519Verifier(), self._unread)
        self._now_ms: Final = now_ms
        self._told: Final[set[tuple[StreamId, int]]] = set()
        """Events of which an operator has heard."""
        self._stuck = False
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
        try:
            for heard in self._log.read(self._now_ms(), most):
                self._take(heard)
        except Rewound:
            self._begin()
        self._stuck = False
        return self._log.abreast

    def _take(self, heard: Heard) -> None:
        try:
            self._ledger.advance(self._chronicle.deeds(heard))
        except Exception as fault:
            # One event that we do not master keeps nobody from what all others come to.
            self._unread(heard.fact.stream, heard.fact.seq, fault)

    def _unread(self, stream: StreamId, seq: int, failed: Exception) -> None:
        if (stream, seq) in self._told or len(self._told) >= UNREAD_TOLD_MAX:
            return
        self._told.add((stream, seq))
        why = type(failed).__name__
        self.lines.warning("recognition.unread", stream=stream.hex(), seq=seq, why=why)

    def stuck(self, failed: Exception) -> None:
        """The log cannot be read for now: told once, until it could."""
        if not self._stuck:
            self.lines.warning("recognition.stuck", why=type(failed).__name__)
        self._stuck = True

    def answer(self, asker: AccountId, question: bytes) -> bytes:
        """The answer to a question, as of what was counted; ProtocolError where it is none."""
        asked = decode_question(question)
        if not isinstance(asked, BoardQuestion | BadgesQuestion):
            raise ProtocolError("frame.op", type(asked).__name__)
        log = self._log
        with log.snapshot():
            people = log.members(), log.consents(PURPOSE), log.stewards()
            town = Town(*people, log.hidden_badges)
            return encode_answer(self._answers.answer(asked, asker, town, self._now_ms()))
