"""Marks: words no text can hold, by which the index of words knows who said something, and where.

Each condition of a query that is about more than words is a word too, so the one index answers any
mixture of them in the order of time, and costs what is shown rather than what is stored.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from hobnob_protocol.ids import AccountId, StreamId, TargetId

SIGN: Final = "\ue000"
"""Begins each mark. The index takes it for a letter, and no text that is safe to show has it."""
EVERY: Final = SIGN
"""The mark that everything has."""
NAME_BYTES: Final = 8
"""So much of an account's, a stream's or a thread's name: no two of one replica begin alike."""


class Trait(StrEnum):
    """What a message has or is."""

    LINK = "link"
    CODE = "code"
    IMAGE = "image"
    QUESTION = "question"
    POLL = "poll"
    EDITED = "edited"
    IMPORTED = "imported"
    SEALED = "sealed"
    REPLY = "reply"
    RESOLVED = "resolved"
    ANSWERED = "answered"


_LINK: Final = re.compile(r"\bhttps?://\S")
_CODE: Final = re.compile(r"```|~~~|`[^`\n]+`")
_IMAGE: Final = re.compile(r"!\[|\.(?:png|jpe?g|gif|webp|svg)\b", re.IGNORECASE)
_QUESTION: Final = re.compile(r"\?(?:\s|$)")
_SHAPES: Final = (
    (Trait.LINK, "://", _LINK),
    (Trait.CODE, "", _CODE),
    (Trait.IMAGE, "", _IMAGE),
    (Trait.QUESTION, "?", _QUESTION),
)
_LETTERS: Final = dict(zip(Trait, "lciqpemstra", strict=True))


def of_author(account: AccountId) -> str:
    """What this account has said."""
    return f"{SIGN}a{account[:NAME_BYTES].hex()}"


def of_stream(stream: StreamId) -> str:
    """What is said there; conversations by the stream where they are kept opened."""
    return f"{SIGN}s{stream[2 : 2 + NAME_BYTES].hex()}"


def of_thread(root: TargetId) -> str:
    """What is said in the thread, its root too where that is titled."""
    return f"{SIGN}t{root[:NAME_BYTES].hex()}"


def of_mention(account: AccountId) -> str:
    """What addresses this account."""
    return f"{SIGN}m{account[:NAME_BYTES].hex()}"


def mentions(several: Iterable[str]) -> frozenset[str]:
    """Those among these marks that say whom a message addresses."""
    return frozenset(mark for mark in several if mark.startswith(f"{SIGN}m"))


def of_trait(trait: Trait) -> str:
    """What has this trait."""
    return f"{SIGN}h{_LETTERS[trait]}"


def shapes(text: str) -> Iterable[Trait]:
    """What can be told by a text alone."""
    # To look for a sign first costs a tenth of looking for a pattern.
    return (trait for trait, sign, shape in _SHAPES if sign in text and shape.search(text))


def together(
    stream: StreamId,
    author: AccountId,
    threads: Iterable[TargetId],
    mentions: Iterable[AccountId],
    traits: Iterable[Trait],
) -> str:
    """All marks of one message."""
    return " ".join(
        (
            EVERY,
            of_author(author),
            of_stream(stream),
            *map(of_thread, threads),
            *map(of_mention, mentions),
            *map(of_trait, traits),
        )
    )
