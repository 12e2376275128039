"""Which kinds there are: the folder `kinds/` is the registry.

Each file there exposes `KINDS`, a tuple of `Kind`; adding a kind is adding a file. A `Registry`
is a value: a test or an older version is the standard one with kinds added or taken away.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Final

from hobnob_protocol import kinds
from hobnob_protocol.bodies import decode_body, encode_body, layout_of
from hobnob_protocol.errors import UsageError
from hobnob_protocol.kind import Body, Kind, TargetRule
from hobnob_protocol.limits import KIND_MAX


class Registry:
    """An immutable set of kinds, each with its own number, name and body class.

    Iterates in the order of numbers. Raises `UsageError` where two kinds clash or one
    contradicts itself.
    """

    __slots__ = ("_bodies", "_kinds", "_names")

    def __init__(self, kinds: Iterable[Kind]) -> None:
        ordered = sorted(kinds, key=lambda kind: kind.number)
        self._kinds: dict[int, Kind] = {}
        self._names: dict[str, Kind] = {}
        self._bodies: dict[type[Body], Kind] = {}
        for kind in ordered:
            _check(kind)
            if kind.number in self._kinds:
                raise UsageError(f"two kinds have the number {kind.number}")
            if kind.name in self._names:
                raise UsageError(f"two kinds have the name {kind.name}")
            if kind.body in self._bodies:
                raise UsageError(f"two kinds have the body {kind.body.__name__}")
            self._kinds[kind.number] = kind
            self._names[kind.name] = kind
            self._bodies[kind.body] = kind

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._kinds.values())

    def __len__(self) -> int:
        return len(self._kinds)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Registry) and self._kinds == other._kinds

    def __hash__(self) -> int:
        return hash(tuple(self._kinds))

    def get(self, number: int) -> Kind | None:
        """The kind of a header's number, or None where this version knows none."""
        return self._kinds.get(number)

    def named(self, name: str) -> Kind:
        """The kind of this name; raises `UsageError`."""
        try:
            return self._names[name]
        except KeyError:
            raise UsageError(f"no kind has the name {name}") from None

    def of(self, body: type[Body]) -> Kind:
        """The kind with this body; raises `UsageError`."""
        try:
            return self._bodies[body]
        except KeyError:
            raise UsageError(f"no kind has the body {body.__name__}") from None

    def encode(self, body: Body) -> tuple[int, bytes]:
        """The number and the bytes of a body; raises `UsageError` where it breaks a rule."""
        return self.of(type(body)).number, encode_body(body)

    def decode(self, number: int, data: bytes) -> Body | None:
        """The body of an event of this kind, or None where the kind is unknown or opaque.

        Raises `ProtocolError`. A stub has no body to decode: do not ask.
        """
        kind = self._kinds.get(number)
        if kind is None or kind.opaque:
            return None
        return decode_body(kind.body, data)

    def without(self, *names: str) -> "Registry":
        """The registry of a version that does not know the kinds of these names."""
        for name in names:
            self.named(name)
        return Registry(kind for kind in self if kind.name not in names)

    def with_kind(self, kind: Kind) -> "Registry":
        """The registry of a version that knows one more kind."""
        return Registry((*self, kind))


def discover(package: ModuleType) -> Registry:
    """The registry of all `KINDS` in a package's modules."""
    modules = sorted(found.name for found in iter_modules(package.__path__))
    return Registry(
        kind for name in modules for kind in import_module(f"{package.__name__}.{name}").KINDS
    )


def _check(kind: Kind) -> None:
    """A kind must not contradict itself: raises `UsageError` saying how it does."""
    layout = layout_of(kind.body)
    wrong = {
        "its number is out of range": not 0 < kind.number <= KIND_MAX,
        "its name is no identifier": not kind.name.isidentifier(),
        "it has no stream": not kind.streams,
        "it asks for no capability": not kind.capability,
        "it costs nothing": kind.cost < 1,
        "its body has no docstring": not kind.doc,
        "its target is no field": kind.target not in ("", *layout.names),
        "its target rule does not fit its target": bool(kind.target)
        == (kind.target_rule is TargetRule.NONE),
        "the account it is about is no field": kind.about not in ("", *layout.names),
        "it and its body disagree on being opaque": kind.opaque != layout.opaque,
    }
    for what, holds in wrong.items():
        if holds:
            raise UsageError(f"kind {kind.name}: {what}")


STANDARD: Final = discover(kinds)
"""Every kind this version knows."""
