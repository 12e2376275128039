"""With what a newcomer's Home begins, by what brings them."""

from enum import StrEnum


class First(StrEnum):
    """What Home begins with."""

    HELLO = "hello"
    THREAD = "thread"
    PERSON = "person"
    ASK = "ask"
    ANSWER = "answer"
