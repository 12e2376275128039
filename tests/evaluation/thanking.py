"""Thank-yous, as far as texts show them; an archive knows none by itself.

A message thanks somebody if it has a word of thanks outside of quotes and code (not "in advance",
for nothing was done yet; not "no thanks"), and it is clear whom it means:

1. whom it answers or mentions, if they had written in this topic within the last day;
2. else, where the text is at most 60 characters or begins with the word, whoever else wrote last
   in this topic, within the last ten minutes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.evaluation.archive import NONE, Archive

WITHIN_MS: Final = 86_400_000
JUST_BEFORE_MS: Final = 600_000
SHORT: Final = 60
BEGIN: Final = 12

_WORDS: Final = re.compile(
    r"\b(?:thanks|thank\s+you|thank\s+u|thankyou|thx|thnx|tysm|danke|merci|gracias|grazie"
    r"|obrigad[oa]|bedankt|dank\s+je|tack\s+så\s+mycket|dzięki|díky|děkuji|teşekkürler)\b"
    r"|спасибо|谢谢|多谢|ありがとう|감사합니다|ευχαριστώ",
    re.IGNORECASE,
)
_PARTS: Final = (
    "than", "thx", "tysm", "dank", "merci", "graci", "grazi", "obrig", "tack", "dzi", "dík", "děk",
    "teşek", "спас", "谢", "ありがとう", "감사", "ευχ",
)  # fmt: skip
"""What every word of thanks has in it."""
_NOT_YET: Final = re.compile(
    r"\bno,?\s+thanks\b|\b(?:thanks|thank\s+you|thx|danke)(?:\s+\w+){0,3}\s+(?:in\s+advance"
    r"|im\s+voraus)\b|\bthanks\s+to\b",
    re.IGNORECASE,
)
_LEFT_OUT: Final = re.compile(r"(`{3,})[\s\S]*?(?:\1|\Z)|`[^`\n]*`|^>.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ThankYou:
    """Places and people in the archive."""

    at: int
    """The message that thanks."""
    giver: int
    receiver: int
    message: int
    """The last one that the receiver had written in this topic."""


def thanks(text: str) -> int:
    """Where in what somebody said themselves the word of thanks is, or -1."""
    # The quickest look first: most texts have no such word.
    low = text.lower()
    if not any(part in low for part in _PARTS):
        return -1
    said = _LEFT_OUT.sub(" ", text).strip()
    found = _WORDS.search(_NOT_YET.sub(" ", said))
    if found is None:
        return -1
    return 0 if len(said) <= SHORT else found.start()


def thank_yous(archive: Archive) -> Iterator[ThankYou]:
    """All that the texts show, in order."""
    spoke: dict[int, dict[int, int]] = {}
    for at, text in enumerate(archive.texts):
        author, now_ms = archive.authors[at], archive.times_ms[at]
        lately = spoke.setdefault(archive.topics[at], {})
        if text is not None and (place := thanks(text)) >= 0:
            for receiver in _meant(archive, at, place, lately):
                yield ThankYou(at, author, receiver, lately[receiver])
        # Whoever spoke last comes last.
        lately.pop(author, None)
        lately[author] = at
        if len(lately) > 64:
            _forget(archive, lately, now_ms)


def _meant(archive: Archive, at: int, place: int, lately: dict[int, int]) -> list[int]:
    author, now_ms, answered = archive.authors[at], archive.times_ms[at], archive.answered[at]
    named = list(archive.mentions.get(at, ()))
    if answered != NONE:
        named.insert(0, archive.authors[answered])
    meant = [
        one
        for one in dict.fromkeys(named)
        if one != author and one in lately and now_ms - archive.times_ms[lately[one]] <= WITHIN_MS
    ]
    if meant or place > BEGIN:
        return meant
    others = [one for one in reversed(lately) if one != author]
    near = others[:1] if others else []
    return [one for one in near if now_ms - archive.times_ms[lately[one]] <= JUST_BEFORE_MS]


def _forget(archive: Archive, lately: dict[int, int], now_ms: int) -> None:
    for one in [who for who, at in lately.items() if now_ms - archive.times_ms[at] > WITHIN_MS]:
        del lately[one]
