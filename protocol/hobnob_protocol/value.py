"""Frozen values, and records that change, which cost next to nothing to define.

`dataclass(frozen=True, slots=True)` compiles six methods for each class; a verb defines some three
hundred before it has done anything, and makes values of a tenth of them. Here a class gets its
slots when it is defined, and each method is compiled when it is first called, `__init__` when it
has been called a few times: from then on it is what a dataclass's would be. Values inherit from
values only; `fields`, `replace` and `asdict` of `dataclasses` work as for any other.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from typing import Any, ClassVar, Final, TypeVar, cast, dataclass_transform

from hobnob_protocol.errors import UsageError

T = TypeVar("T")

UNCOMPILED_CALLS: Final = 16
"""So many values of a class are made without compiling: it costs as much as some thirty of them."""
_DECLARED: Final = "__declared__"
"""Where a class keeps what its fields were declared with, by name and in order."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(cls: type[T]) -> type[T]:
    """Make a frozen value, with slots, of a class whose fields are annotated as a dataclass's.

    What the class defines itself stays. Raises `UsageError` for what is kept out of `__init__`.
    """
    return _made(cls, {"__setattr__": _refuse, "__delattr__": _refuse})


@dataclass_transform(field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """The same of a class whose fields change: it is not frozen, and no key of a table."""
    return _made(cls, {"__hash__": None})


def _made(cls: type[T], methods: Mapping[str, object]) -> type[T]:
    namespace = dict(cls.__dict__)
    own = {
        name: namespace.pop(name, MISSING)
        for name, hint in namespace.get("__annotations__", {}).items()
        if getattr(hint, "__origin__", hint) is not ClassVar
    }
    for name, declared_as in own.items():
        if isinstance(declared_as, Field) and not declared_as.init:
            raise UsageError(f"{cls.__name__}.{name} is no field that a value can have")
    inherited: Mapping[str, Any] = getattr(cls, _DECLARED, {})
    whole = {**inherited, **own}
    for name in ("__dict__", "__weakref__"):
        namespace.pop(name, None)
    namespace |= {
        "__qualname__": cls.__qualname__,
        "__slots__": tuple(name for name in own if name not in inherited),
        "__match_args__": tuple(whole),
        _DECLARED: whole,
        "__dataclass_fields__": _FIELDS,
        _ABOUT: _PARAMS,
        "__reduce__": _reduce,
    }
    namespace |= methods
    namespace.setdefault("__repr__", _repr)
    for name, first in _AT_FIRST.items():
        namespace.setdefault(name, first)
    return cast("type[T]", cast("Any", type(cls))(cls.__name__, cls.__bases__, namespace))


def declared(cls: type) -> Mapping[str, Any]:
    """What the fields of a value were declared with, in their order: a default, a
    `dataclasses.field`, or `MISSING` where there is nothing."""
    found: Mapping[str, Any] = getattr(cls, _DECLARED)
    return found


class _Asked:
    """What `dataclasses` keeps beside a class: made when it is asked for, which is seldom."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, _: object, owner: type) -> Any:
        hints: dict[str, Any] = {}
        for base in reversed(owner.__mro__):
            hints |= getattr(base, "__annotations__", {})
        given = {name: each for name, each in declared(owner).items() if each is not MISSING}
        said = {"__annotations__": {name: hints[name] for name in declared(owner)}}
        about = {"__module__": owner.__module__, "__doc__": owner.__doc__}
        # What refuses to be set would be compiled, and is no field.
        frozen = self._name == _ABOUT and owner.__setattr__ is _refuse
        like: Any = dataclass(init=False, repr=False, eq=False, frozen=frozen)(
            type(owner.__name__, (), {**about, **said, **given})
        )
        found = getattr(like, self._name)
        setattr(owner, self._name, found)
        return found


_ABOUT: Final = "__dataclass_params__"
_FIELDS: Final = _Asked("__dataclass_fields__")
_PARAMS: Final = _Asked(_ABOUT)

# Methods that are compiled for each class, when they are called. Until then all classes share them:
# to give each its own costs as much as half of its definition.

_inits: dict[type, int] = {}
"""How many values a class has made that is not compiled yet."""
_made_by_us: set[object] = set()
"""All methods that were compiled."""


def _first_init(self: object, *args: Any, **named: Any) -> None:
    """Stands for `__init__` until there are so many values that it pays to compile it."""
    cls = _owner(self, "__init__", _first_init)
    made = _inits[cls] = _inits.get(cls, 0) + 1
    if made > UNCOMPILED_CALLS or not _filled(self, declared(cls), args, named):
        _compiled(cls, "__init__", _init)(self, *args, **named)


def _first_eq(self: object, other: object) -> Any:
    """Stands for `__eq__` until it is called."""
    return _compiled(_owner(self, "__eq__", _first_eq), "__eq__", _eq)(self, other)


def _first_hash(self: object) -> Any:
    """Stands for `__hash__` until it is called."""
    return _compiled(_owner(self, "__hash__", _first_hash), "__hash__", _hash)(self)


def _owner(value: object, name: str, first: object) -> type:
    """The class that was given `first`; another thread may have compiled it just now."""
    return next(
        cls
        for cls in type(value).__mro__
        if (own := cls.__dict__.get(name)) is first or own in _made_by_us
    )


def _compiled(cls: type, name: str, compiling: Callable[[type], Any]) -> Callable[..., Any]:
    """The method of a class, which is its own from now on."""
    method: Callable[..., Any] = compiling(cls)
    method.__name__, method.__qualname__ = name, f"{cls.__qualname__}.{name}"
    _made_by_us.add(method)
    setattr(cls, name, method)
    return method


def _filled(
    made: object, fields: Mapping[str, Any], args: tuple[Any, ...], named: Mapping[str, Any]
) -> bool:
    """Give a new value what its fields hold; False where these are not the arguments for it, which
    the compiled one says better."""
    given = {**dict(zip(fields, args, strict=False)), **named}
    if len(given) != len(args) + len(named) or not given.keys() <= fields.keys():
        return False
    for name, each in fields.items():
        if name in given:
            held = given[name]
        else:
            default, make = _default(each)
            held = make() if make is not MISSING else default
            if held is MISSING:
                return False
        object.__setattr__(made, name, held)
    return True


def _init(cls: type) -> Callable[..., Any]:
    """It writes the slots themselves, past what refuses to write them."""
    known: dict[str, Any] = {"_nothing": MISSING}
    parameters, lines = ["self"], ["pass"]
    for name, each in declared(cls).items():
        known[f"_set_{name}"] = getattr(cls, name).__set__
        given, parameter = name, name
        default, make = _default(each)
        if make is not MISSING:
            known[f"_make_{name}"] = make
            parameter = f"{name}=_nothing"
            given = f"_make_{name}() if {name} is _nothing else {name}"
        elif default is not MISSING:
            known[f"_default_of_{name}"] = default
            parameter = f"{name}=_default_of_{name}"
        parameters.append(parameter)
        lines.append(f"_set_{name}(self, {given})")
    return _function(parameters, lines, known)


def _default(declared_as: Any) -> tuple[object, Any]:
    """What a field is where it is not given, and what makes that; `MISSING` for neither."""
    if isinstance(declared_as, Field):
        asked = cast("Field[object]", declared_as)
        return asked.default, asked.default_factory
    return declared_as, MISSING


def _eq(cls: type) -> Callable[..., Any]:
    mine, others = (_tuple(of, _compared(cls)) for of in ("self", "other"))
    lines = ("if other.__class__ is not self.__class__: return NotImplemented",)
    return _function(("self", "other"), (*lines, f"return {mine} == {others}"), {})


def _hash(cls: type) -> Callable[..., Any]:
    compared = tuple(_compared(cls))
    # Of one field there is no need of a tuple.
    hashed = f"self.{compared[0]}" if len(compared) == 1 else _tuple("self", compared)
    return _function(("self",), (f"return hash({hashed})",), {})


def _compared(cls: type) -> Iterable[str]:
    return (
        name for name, each in declared(cls).items() if not isinstance(each, Field) or each.compare
    )


def _tuple(of: str, names: Iterable[str]) -> str:
    return f"({''.join(f'{of}.{name}, ' for name in names)})"


def _function(
    parameters: Iterable[str], lines: Iterable[str], known: dict[str, Any]
) -> Callable[..., Any]:
    # All of it is ours: names of fields, which are identifiers.
    body = "".join(f"\n  {line}" for line in lines)
    exec(f"def made({', '.join(parameters)}):{body}", known)
    made: Callable[..., Any] = known["made"]
    return made


_AT_FIRST: Final = {"__init__": _first_init, "__eq__": _first_eq, "__hash__": _first_hash}

# Methods that all classes share.


def _repr(self: object) -> str:
    shown = ", ".join(
        f"{name}={getattr(self, name)!r}"
        for name, each in declared(type(self)).items()
        if not isinstance(each, Field) or each.repr
    )
    return f"{self.__class__.__qualname__}({shown})"


def _reduce(self: object) -> tuple[type, tuple[Any, ...]]:
    """To copy and to pickle: made anew, for nothing can be set."""
    return self.__class__, tuple(getattr(self, name) for name in declared(type(self)))


def _refuse(self: object, name: str, _: object = None) -> None:
    raise FrozenInstanceError(f"cannot change {name!r} of a {self.__class__.__name__}")
