"""The frames by which people see that others are here and write: nothing of them is an event, is
kept, or is answered for, and all of them may be lost.

A hub that takes them says so in its WELCOME; it sends none to whoever has not said HERE.
"""

from typing import ClassVar

from hobnob_protocol.frames import Frame
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_protocol.value import value


@value
class Here(Frame):
    """Client → hub: `shown` others may be told that I am here, `typing` tell me who writes; the
    last one holds for this connection, and without any nothing is told."""

    op: ClassVar[int] = 70
    shown: bool
    typing: bool


@value
class Typing(Frame):
    """Client → hub: somebody writes here; hub → client: `account` does."""

    op: ClassVar[int] = 71
    stream: StreamId
    account: AccountId | None = None


@value
class Who(Frame):
    """Client → hub: who of this stream is here? WHOIS answers."""

    op: ClassVar[int] = 72
    stream: StreamId


@value
class WhoIs(Frame):
    """Hub → client: they follow the stream and want to be shown; with `more` there are others."""

    op: ClassVar[int] = 73
    stream: StreamId
    present: tuple[AccountId, ...]
    more: bool
