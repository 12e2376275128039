"""The hub's answers that this device keeps, each as a note by its question: a bounded number."""

from collections.abc import Mapping
from typing import Final

from hobnob_client.recognition.limits import ANSWERS_KEPT_MAX
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.questions import (
    BadgesAnswer,
    BoardAnswer,
    BoardQuestion,
    Question,
    decode_answer,
    decode_question,
    encode_question,
)

_TOLD: Final = "told:"


def name_of(question: Question) -> str:
    """Under which name a profile keeps the answer to this."""
    return f"{_TOLD}{encode_question(question).hex()}"


def beyond(notes: Mapping[str, bytes], newest: str) -> list[str]:
    """The names of those to be forgotten, for only so many to stay with the one that came last:
    what cannot be read, then what was counted longest ago."""
    others = [name for name in notes if name.startswith(_TOLD) and name != newest]
    others.sort(key=lambda name: (_as_of_ms(name, notes[name]), name))
    return others[: max(0, len(others) + 1 - ANSWERS_KEPT_MAX)]


def _as_of_ms(name: str, data: bytes) -> int:
    """When that was counted; before everything where it cannot be read."""
    try:
        question = decode_question(bytes.fromhex(name.removeprefix(_TOLD)))
        if isinstance(question, BoardQuestion):
            return decode_answer(BoardAnswer, data).as_of_ms
        return decode_answer(BadgesAnswer, data).as_of_ms
    except (ProtocolError, ValueError):
        return -1
