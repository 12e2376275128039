"""What a timeline shows of one message: a value, already safe to draw.

Who makes rows (from the replica) has put every text through `term_safe`; who draws them adds
nothing but lines and colours.
"""

from enum import StrEnum
from typing import Final

from hobnob_protocol.ids import TargetId
from hobnob_protocol.value import value
from hobnob_sync.views.elsewhere import Manner

IMPORTED_SIGN: Final = "⇢"
"""Behind the name of who wrote elsewhere: only what they said was brought along."""


class Sending(StrEnum):
    """How far one's own message has come."""

    THERE = ""
    """In the hub's log."""
    QUEUED = "queued"
    """In the outbox."""
    REFUSED = "refused"
    """In the tray, with a reason."""


@value
class Reacted:
    """One emoji on a message: how many members gave it, and whether I did."""

    emoji: str
    count: int
    mine: bool


@value
class Choice:
    """One option of a poll: how many chose it, and whether I did."""

    text: str
    count: int
    mine: bool


@value
class Ballot:
    """A poll's options and its state. `voters` counts people; `pending` says that my vote or its
    close waits to be sent; one that is `imported` takes no votes here."""

    choices: tuple[Choice, ...]
    voters: int
    multiple: bool = False
    closed: bool = False
    imported: bool = False
    pending: bool = False

    @property
    def open(self) -> bool:
        """Does it take votes here?"""
        return not self.closed and not self.imported

    @property
    def mine(self) -> tuple[int, ...]:
        """What I have chosen, ascending from 0."""
        return tuple(nth for nth, choice in enumerate(self.choices) if choice.mine)


@value
class Row:
    """One message as shown. `order` sorts rows; `target` names the message and so the row.

    `title` is the thread's if the message is a titled root, `replies` how many it has there;
    `thread` names the thread it belongs to, a titled root its own; `quote` says which one that is,
    for a row that does not follow another of the same thread. `note` says instead of a text
    why there is none ("deleted by its author"). `why` is the reason where it was refused, or
    still waits and that is known. `ballot`
    is what a poll lets one choose from. `thanks` are counted, I am among them if `thanked`.
    """

    target: TargetId
    order: int
    author: str
    at_ms: int
    text: str
    mine: bool = False
    bot: bool = False
    mentions_me: bool = False
    edited: bool = False
    conflict: bool = False
    imported: bool = False
    note: str = ""
    thread: TargetId | None = None
    quote: str = ""
    title: str = ""
    resolved: bool = False
    replies: int = 0
    accepted: bool = False
    reactions: tuple[Reacted, ...] = ()
    thanks: int = 0
    thanked: bool = False
    sending: Sending = Sending.THERE
    why: str = ""
    manner: Manner = Manner.SAID
    ballot: Ballot | None = None
