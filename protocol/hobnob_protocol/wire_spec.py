"""Frames as the specification tells them: read from the dataclasses, so that it stays true."""

from dataclasses import is_dataclass
from inspect import cleandoc
from typing import Any, get_args, get_type_hints

from hobnob_protocol.frames import Frame, Stamped
from hobnob_protocol.layout import Layout, layout_of
from hobnob_protocol.senders import SENDERS
from hobnob_protocol.value import value


@value
class FieldDescription:
    """One field: its name, what it holds on the wire, and whether it may be absent at the end."""

    name: str
    wire: str
    optional: bool


@value
class FrameDescription:
    """One frame: its op, name, senders, phase, fields in order, and meaning."""

    op: int
    name: str
    senders: tuple[str, ...]
    when: str
    fields: tuple[FieldDescription, ...]
    meaning: str


@value
class ValueDescription:
    """One value that travels inside frames, as an array of its fields."""

    name: str
    fields: tuple[FieldDescription, ...]
    meaning: str


def describe() -> tuple[FrameDescription, ...]:
    """Every frame, in the order of ops."""
    return tuple(
        FrameDescription(
            frame.op,
            frame.__name__,
            tuple(side.value for side in turn.sides),
            turn.phase.value,
            _fields(layout_of(frame)),
            _meaning(frame),
        )
        for frame, turn in SENDERS.items()
    )


def describe_values() -> tuple[ValueDescription, ...]:
    """Every value inside frames, in the order of the frames that carry them."""
    # A dictionary keeps each once, in order.
    carried = {value: None for frame in SENDERS for value in _carried_by(frame)}
    return tuple(
        ValueDescription(value.__name__, _fields(layout_of(value)), _meaning(value))
        for value in carried
    )


def _fields(layout: Layout[Any]) -> tuple[FieldDescription, ...]:
    return tuple(
        FieldDescription(name, wire, at >= layout.required)
        for at, (name, wire) in enumerate(zip(layout.names, layout.described, strict=True))
    )


def _carried_by(frame: type[Frame]) -> list[type[object]]:
    hints = get_type_hints(frame).values()
    inner: list[type[object]] = [
        part for hint in hints for part in get_args(hint) if isinstance(part, type)
    ]
    # A page's events have no array of their own: their field says how they travel.
    return [part for part in inner if part is not Stamped and is_dataclass(part)]


def _meaning(cls: type[object]) -> str:
    """The first paragraph of the docstring, on one line."""
    return " ".join(cleandoc(cls.__doc__ or "").split("\n\n")[0].split())
