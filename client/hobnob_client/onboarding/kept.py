"""What a device remembers of a newcomer's questions, as the bytes that it keeps."""

from dataclasses import field
from typing import TYPE_CHECKING, Final, cast

from hobnob_client.onboarding.first import First
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.value import value

if TYPE_CHECKING:
    from hobnob_client.onboarding.plan import Answers

NOTE: Final = "welcome:answers"
"""Under which name a profile keeps it."""
_BYTES_MAX: Final = 8_192


@value
class Kept:
    """`done` once the person said yes, or no, to what followed; `first` and `topics` order their
    first steps from then on."""

    answers: "Answers" = field(default_factory=dict[str, tuple[str, ...]])
    done: bool = False
    first: First | None = None
    topics: tuple[str, ...] = ()
    wants_buddy: bool = False

    @property
    def is_begun(self) -> bool:
        """Was a question answered, or skipped?"""
        return bool(self.answers)


def to_bytes(kept: Kept) -> bytes:
    """`[[[question, [option, …]], …], done, first, [topic, …], wants_buddy]`."""
    answers = tuple((name, chosen) for name, chosen in kept.answers.items())
    return encode(
        (answers, kept.done, kept.first.value if kept.first else "", kept.topics, kept.wants_buddy)
    )


def from_bytes(data: bytes) -> Kept:
    """As `to_bytes` gave it; nothing where it is damaged."""
    try:
        match decode(data, _BYTES_MAX) if data else ():
            case (tuple() as answers, bool() as done, str() as first, tuple() as topics, *more):
                pairs = cast("tuple[tuple[str, tuple[str, ...]], ...]", answers)
                return Kept(
                    {str(name): tuple(map(str, chosen)) for name, chosen in pairs},
                    done,
                    First(first) if first in tuple(First) else None,
                    tuple(map(str, topics)),
                    more[:1] == [True],
                )
            case _:
                return Kept()
    except (ProtocolError, TypeError, ValueError):
        return Kept()
