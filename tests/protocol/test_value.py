"""A value is what a frozen dataclass is, and costs less to define."""

import copy
import pickle
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace
from typing import Any

import pytest

from hobnob_protocol.errors import UsageError
from hobnob_protocol.value import value


@value
class Root:
    """The root of some values."""


@value
class Point(Root):
    """A place."""

    x: int
    y: int = 0
    secret: str = field(default="", repr=False)


@value
class Other(Root):
    """Another sort of value with fields of the same names."""

    x: int
    y: int = 0
    secret: str = ""


def test_a_value_is_made_by_place_and_by_name() -> None:
    """With its defaults; too little and too much is an error."""
    assert (Point(1).x, Point(1).y) == (1, 0)
    assert Point(1, y=2) == Point(1, 2)
    make: Any = Point
    for wrong in ((), (1, 2, "", 4)):
        with pytest.raises(TypeError):
            make(*wrong)


def test_values_are_equal_by_what_they_hold_and_are() -> None:
    """Never to a value of another sort."""
    assert Point(1, 2) == Point(1, 2)
    assert hash(Point(1, 2)) == hash(Point(1, 2))
    assert Point(1, 2) != Point(1, 3)
    others: tuple[object, ...] = (Other(1, 2), (1, 2, ""), None)
    assert Point(1, 2) not in others
    assert len({Point(1), Point(1), Other(1)}) == 2
    assert Root() == Root()


def test_nothing_of_a_value_changes() -> None:
    """No field, and nothing beside them."""
    point = Point(1)
    for name in ("x", "z"):
        with pytest.raises(FrozenInstanceError, match=name):
            setattr(point, name, 2)
        with pytest.raises(FrozenInstanceError, match=name):
            delattr(point, name)
    assert not hasattr(point, "__dict__")
    assert point == Point(1)


def test_dataclasses_know_it_as_one_of_theirs() -> None:
    """Its fields, and a changed copy."""
    assert [each.name for each in fields(Point)] == ["x", "y", "secret"]
    assert replace(Point(1), y=5) == Point(1, 5)
    assert is_dataclass(Point)


def test_it_is_shown_without_what_is_to_stay_hidden() -> None:
    """As a dataclass is."""
    assert repr(Point(1, 2, "hush")) == "Point(x=1, y=2)"


def test_copies_are_equal() -> None:
    """Also such as come from another process."""
    point = Point(1, 2, "hush")
    assert copy.copy(point) == copy.deepcopy(point) == pickle.loads(pickle.dumps(point)) == point


def test_a_pattern_matches_it_by_place() -> None:
    """In the order of its fields."""
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_what_it_cannot_have_is_refused_when_it_is_defined() -> None:
    """A list for each, and what is not given."""
    with pytest.raises(UsageError, match=r"Wrong\.many"):

        @value
        class Wrong:
            many: list[int] = field(default_factory=list[int])

    with pytest.raises(UsageError, match=r"Late\.one"):

        @value
        class Late:
            one: int = field(init=False)
