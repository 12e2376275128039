"""A value is what a frozen dataclass is, and costs less to define."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import MISSING, FrozenInstanceError, field, fields, is_dataclass, replace
from typing import Any, cast

import pytest

from hobnob_protocol.errors import UsageError
from hobnob_protocol.value import UNCOMPILED_CALLS, declared, record, value


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


@value
class Bag:
    """What holds many."""

    many: list[int] = field(default_factory=list[int])


@value
class Marked:
    """A number and what somebody has written beside it."""

    x: int
    beside: str = field(default="", compare=False)


@value
class Loud:
    """It says for itself how it is shown, and what it equals."""

    x: int

    def __repr__(self) -> str:
        return "LOUD"

    def __eq__(self, other: object) -> bool:
        return self.x == other

    def __hash__(self) -> int:
        return self.x


@record
class Tally:
    """What changes."""

    count: int = 0
    names: list[str] = field(default_factory=list[str])


def test_a_record_changes_and_is_no_key() -> None:
    """Only its own fields, and all else is as of a value."""
    tally = Tally()
    tally.count += 1
    tally.names.append("ada")
    assert tally == Tally(1, ["ada"]) != Tally()
    assert replace(tally, count=2) == Tally(2, ["ada"])
    assert repr(tally) == "Tally(count=1, names=['ada'])"
    with pytest.raises(TypeError, match="unhashable"):
        hash(tally)
    with pytest.raises(AttributeError):
        setattr(tally, "other", 1)  # noqa: B010  # The checkers know that it cannot be.


def test_a_value_is_made_by_place_and_by_name() -> None:
    """With its defaults; too little, too much and what is unknown or given twice is an error: the
    first time, and when so many were made that it is compiled."""
    make: Any = Point
    for _ in range(2 * UNCOMPILED_CALLS):
        assert (Point(1).x, Point(1).y) == (1, 0)
        assert Point(1, y=2) == Point(1, 2)
        for args, named in (((), {}), ((1, 2, "", 4), {}), ((1,), {"z": 1}), ((1,), {"x": 1})):
            with pytest.raises(TypeError):
                make(*args, **named)


def test_the_first_value_ever_made_is_made_rightly_or_not_at_all() -> None:
    """Before anything is compiled for its class; and what is wrong says what a function says."""

    @value
    class Fresh:
        """Never made before."""

        x: int
        many: list[int] = field(default_factory=list[int])

    made, make = Fresh(1), cast("Any", Fresh)
    assert (made.x, made.many) == (1, [])
    for args, named, said in (
        ((), {}, "missing 1 required positional argument: 'x'"),
        ((1, (), 3), {}, "takes from 2 to 3 positional arguments but 4 were given"),
        ((1,), {"x": 2}, "multiple values for argument 'x'"),
        ((1,), {"z": 2}, "unexpected keyword argument 'z'"),
    ):
        with pytest.raises(TypeError, match=said):
            make(*args, **named)


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


def test_each_has_a_list_of_its_own_where_one_is_made() -> None:
    """As a dataclass's."""
    one, other = Bag(), Bag()
    assert one == other == Bag([])
    assert one.many is not other.many


def test_what_is_not_compared_makes_no_difference() -> None:
    """Neither to equality nor to the hash."""
    assert Marked(1, "a") == Marked(1, "b")
    assert hash(Marked(1, "a")) == hash(Marked(1, "b"))


def test_what_a_class_says_itself_stays() -> None:
    """How it is shown, and what it is equal to."""
    assert repr(Loud(1)) == "LOUD"
    assert Loud(1) == 1


def test_a_method_is_compiled_once_and_is_the_classs_own() -> None:
    """When it has been called a few times; also where a class that inherits was used before."""

    @value
    class Base:
        """A base."""

        x: int

    @value
    class Derived(Base):
        """What inherits."""

        y: int

    for _ in range(UNCOMPILED_CALLS + 1):
        assert (Derived(1, 2).y, Base(1).x) == (2, 1)
    compiled = Base.__init__
    assert Base(2) != Base(3)
    assert Base.__init__ is compiled


def test_many_threads_may_make_the_first_at_once() -> None:
    """Each of them gets a whole one."""

    @value
    class Fresh(Root):
        """Never made before."""

        x: int

    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(Fresh, range(100)))
    assert [each.x for each in made] == list(range(100))


def test_its_declarations_are_told_in_their_order() -> None:
    """What a field's default is, without a detour over `dataclasses`."""
    assert list(declared(Point)) == ["x", "y", "secret"]
    assert declared(Point)["x"] is MISSING
    assert declared(Point)["y"] == 0


def test_what_it_cannot_have_is_refused_when_it_is_defined() -> None:
    """What is not given when it is made."""
    with pytest.raises(UsageError, match=r"Late\.one"):

        @value
        class Late:
            one: int = field(init=False)
