"""Typed arguments: what a line of text becomes, and what is said where it does not fit."""

from typing import Literal

import pytest

from hobnob.bot.arguments import NotUnderstood, arguments_of, read
from hobnob_protocol.errors import UsageError


def numbers(message: object, whole: int, share: float = 0.5, yes: bool = True) -> None:
    """One word each."""


def words(message: object, first: str, *others: str) -> None:
    """The rest, word by word."""


def rest(message: object, first: str, *, text: str = "nothing") -> None:
    """The rest, as it stands."""


def choice(message: object, size: Literal["small", "large"], old: int | None = None) -> None:
    """One of two."""


@pytest.mark.parametrize(
    ("handler", "text", "by_place", "by_name"),
    [
        (numbers, "7", [7, 0.5, True], {}),
        (numbers, " -7  1e3 off ", [-7, 1000.0, False], {}),
        (words, "a", ["a"], {}),
        (words, 'a "b c" d', ["a", "b c", "d"], {}),
        (words, '"" b', ["", "b"], {}),
        (rest, "a", ["a"], {"text": "nothing"}),
        (rest, 'a  b "c"  d ', ["a"], {"text": 'b "c"  d'}),
        (rest, "don't say", ["don't"], {"text": "say"}),
        (choice, "small", ["small", None], {}),
        (choice, "large 3", ["large", 3], {}),
    ],
)
def test_a_line_becomes_typed_values(
    handler: object, text: str, by_place: list[object], by_name: dict[str, object]
) -> None:
    """Words in double quotes are one; what is left out is its default."""
    assert callable(handler)
    assert read(arguments_of(handler), text) == (by_place, by_name)


@pytest.mark.parametrize(
    ("handler", "text", "why"),
    [
        (numbers, "", "whole is missing: a whole number."),
        (numbers, "x", "whole must be a whole number, and “x” is not."),
        (numbers, "1.5", "whole must be a whole number, and “1.5” is not."),
        (numbers, "1 nan", "share must be a number, and “nan” is not."),
        (numbers, "1 2 maybe", "yes must be yes or no, and “maybe” is not."),
        (numbers, "1 2 no 4 5", "“4 5” is more than I take."),
        (choice, "huge", "size must be one of small, large, and “huge” is not."),
        (choice, "x" * 1_000, "size must be one of small, large, and “" + "x" * 60 + "…” is not."),
        (numbers, "9" * 5_000, "whole must be a whole number, and “" + "9" * 60 + "…” is not."),
    ],
)
def test_what_does_not_fit_is_said_in_words(handler: object, text: str, why: str) -> None:
    """With what was typed, cut where it is long."""
    assert callable(handler)
    with pytest.raises(NotUnderstood) as told:
        read(arguments_of(handler), text)
    assert str(told.value) == why


def test_usage_shows_what_must_be_given() -> None:
    """Angle brackets for what must, square ones for what may."""
    assert [each.shown for each in arguments_of(numbers)] == ["<whole>", "[share]", "[yes]"]
    assert [each.shown for each in arguments_of(words)] == ["<first>", "[others…]"]
    assert [each.shown for each in arguments_of(rest)] == ["<first>", "[text…]"]


def test_a_handler_no_text_can_call_is_refused_at_once() -> None:
    """When the bot is written, not when somebody calls it."""

    def nobody() -> None: ...
    def bare(*, text: str) -> None: ...
    def odd(message: object, what: bytes) -> None: ...
    def mixed(message: object, what: int | str) -> None: ...
    def counted(message: object, what: Literal[1, 2]) -> None: ...
    def named(message: object, **what: str) -> None: ...

    for handler in (nobody, bare, odd, mixed, counted, named):
        with pytest.raises(UsageError):
            arguments_of(handler)
