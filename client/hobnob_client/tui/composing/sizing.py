"""What fits into a message: so many characters, and so many bytes."""

from typing import Final

from hobnob_client.catalogue import number, t
from hobnob_protocol.limits import BODY_BYTES_MAX, POST_TEXT_MAX, SEALED_BYTES_MAX
from hobnob_protocol.value import value

AROUND_BYTES: Final = 320
"""What a body holds beside its text, at most: a thread, an answer, ten mentions; under seal a name
and a time too."""
NEAR_CHARS: Final = 500
"""From so many characters before the end the room left is told."""


@value
class Size:
    """How much of a message a text takes: in characters and in UTF-8 bytes, and what it may."""

    chars: int
    bytes: int
    bytes_max: int

    @property
    def fits(self) -> bool:
        """Is it no longer than a message?"""
        return self.chars <= POST_TEXT_MAX and self.bytes <= self.bytes_max

    @property
    def short(self) -> str:
        """In few words, once the room left gets little; "" before."""
        if self.chars > POST_TEXT_MAX:
            return t("{amount} characters too long", amount=number(self.chars - POST_TEXT_MAX))
        if self.bytes > self.bytes_max:
            return t("{amount} bytes too long", amount=number(self.bytes - self.bytes_max))
        left = min(POST_TEXT_MAX - self.chars, self.bytes_max - self.bytes)
        return t("{amount} left", amount=number(left)) if left <= NEAR_CHARS else ""

    @property
    def why(self) -> str:
        """What is wrong with one that does not fit, in a sentence."""
        if self.chars > POST_TEXT_MAX:
            return t(
                "A message has at most {most} characters; this has {amount}.",
                most=number(POST_TEXT_MAX),
                amount=number(self.chars),
            )
        return t(
            "A message has at most {most} bytes; this has {amount}: letters beyond ASCII take two "
            "to four each.",
            most=number(self.bytes_max),
            amount=number(self.bytes),
        )


def size(text: str, *, sealed: bool) -> Size:
    """Of a text; `sealed` ones have a little less room."""
    bytes_max = (SEALED_BYTES_MAX if sealed else BODY_BYTES_MAX) - AROUND_BYTES
    return Size(len(text), len(text.encode(errors="replace")), bytes_max)
