"""Frozen values that cost little to define.

`dataclass(frozen=True, slots=True)` compiles six methods for each class; a verb defines some two
hundred before it has done anything. Here only `__init__` is compiled, and the others are shared: a
value is made as fast, and compared, hashed and printed more slowly. What is a key in a hot table
stays a plain dataclass. Values inherit from values only; `fields`, `replace` and `asdict` of
`dataclasses` work as for any other.
"""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, Final, TypeVar, dataclass_transform

from hobnob_protocol.errors import UsageError

T = TypeVar("T")

_DEFAULT: Final = "_default_of_"
_SET: Final = "_set_"


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(cls: type[T]) -> type[T]:
    """Make a frozen value, with slots, of a class whose fields are annotated as a dataclass's.

    Raises `UsageError` for what it does not know: factories, and what is kept out of `__init__`.
    """
    made = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    methods: dict[str, Callable[..., object]] = {
        "__init__": _init(made),
        "__eq__": _eq,
        "__hash__": _hash,
        "__repr__": _repr,
        "__reduce__": _reduce,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    for name, method in methods.items():
        setattr(made, name, method)
    return made


def _init(made: type) -> Callable[..., object]:
    """`__init__` of a value: it writes the slots themselves, past what refuses to write them."""
    names: dict[str, Any] = {}
    parameters, lines = ["self"], ["pass"]
    for each in fields(made):
        if each.default_factory is not MISSING or not each.init:
            raise UsageError(f"{made.__name__}.{each.name} is no field that a value can have")
        names[f"{_SET}{each.name}"] = getattr(made, each.name).__set__
        lines.append(f"{_SET}{each.name}(self, {each.name})")
        parameters.append(each.name)
        if each.default is not MISSING:
            names[f"{_DEFAULT}{each.name}"] = each.default
            parameters[-1] += f"={_DEFAULT}{each.name}"
    # All of it is ours: names of fields, which are identifiers.
    exec(f"def __init__({', '.join(parameters)}):\n  {'; '.join(lines)}", names)
    init: Callable[..., object] = names["__init__"]
    return init


def _values(self: object) -> tuple[Any, ...]:
    return tuple(getattr(self, each.name) for each in fields(self))  # type: ignore[arg-type]  # It is one.


def _eq(self: object, other: object) -> object:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return _values(self) == _values(other)


def _hash(self: object) -> int:
    return hash((self.__class__, _values(self)))


def _repr(self: object) -> str:
    shown = ", ".join(
        f"{each.name}={getattr(self, each.name)!r}"
        for each in fields(self)  # type: ignore[arg-type]  # It is one.
        if each.repr
    )
    return f"{self.__class__.__qualname__}({shown})"


def _reduce(self: object) -> tuple[type, tuple[Any, ...]]:
    """To copy and to pickle: made anew, for nothing can be set."""
    return self.__class__, _values(self)


def _refuse(self: object, name: str, _: object = None) -> None:
    raise FrozenInstanceError(f"cannot change {name!r} of a {self.__class__.__name__}")
