"""Deeds: what the engine reads of a community, in the order in which it happened.

People, channels, threads and events are numbers, for a community has millions of them; whoever
feeds the engine knows what they stand for. Only what is public becomes a deed: nothing that
somebody read, nothing of a conversation.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

Person: TypeAlias = int
Channel: TypeAlias = int
Thread: TypeAlias = int
Ref: TypeAlias = int
"""An event: its place in the log, so that a later one is greater."""

DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody came, by a link of `inviter` or by one of nobody in particular."""

    ref: Ref
    at_ms: int
    person: Person
    inviter: Person | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A public message."""

    ref: Ref
    at_ms: int
    author: Person
    channel: Channel
    thread: Thread
    length: int
    """In characters."""
    begins: bool = False
    """It is the first one of its thread."""
    answered: Ref | None = None
    """The message it answers, where it says so."""
    answers: Person | None = None
    """... and who wrote that."""
    named: tuple[Person, ...] = ()
    """Who is mentioned."""


@dataclass(frozen=True, slots=True)
class Thanked:
    """A public thank-you, for a message or for nothing that is named."""

    ref: Ref
    at_ms: int
    giver: Person
    receiver: Person
    channel: Channel
    message: Ref | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """Whoever asked says which message answers the question."""

    ref: Ref
    at_ms: int
    asker: Person
    helper: Person
    channel: Channel
    thread: Thread
    message: Ref


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An earlier event counts no more: a message deleted or hidden, an acceptance or thanks
    taken back. Whatever is withdrawn `for_good` is never restored."""

    ref: Ref
    at_ms: int
    target: Ref
    for_good: bool = True


@dataclass(frozen=True, slots=True)
class Restored:
    """What was withdrawn, and not for good, counts again: a message that was hidden is shown."""

    ref: Ref
    at_ms: int
    target: Ref


Deed: TypeAlias = Joined | Said | Thanked | Accepted | Withdrawn | Restored


def day_of(at_ms: int) -> int:
    """The day of a time, in UTC, counted from 1970."""
    return at_ms // DAY_MS


def week_of(at_ms: int) -> int:
    """The week of a time, from Monday on, in UTC, counted from 1970."""
    return (at_ms // DAY_MS + 3) // 7
