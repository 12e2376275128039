"""The frames by which a member asks the hub for what it has counted (`questions`)."""

from typing import ClassVar

from hobnob_protocol.frames import Frame
from hobnob_protocol.value import value


@value
class Ask(Frame):
    """Client → hub: a question (`questions`), one at a time; TOLD of this number answers."""

    op: ClassVar[int] = 44
    number: int
    question: bytes


@value
class Told(Frame):
    """Hub → client: `status` 0, and the `answer`; 1, it is being counted, or another question
    still is: ask again later; 2, this hub does not answer that."""

    op: ClassVar[int] = 45
    number: int
    status: int
    answer: bytes


THERE = 0
LATER = 1
NO = 2
