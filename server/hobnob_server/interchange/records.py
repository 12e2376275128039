"""Records: one JSON object a line, read with suspicion, written in one spelling.

server/README.md says what the fields mean. A record with a field of the wrong sort is bad as a
whole: it is reported and skipped, never half taken.
"""

import json
import math
from collections.abc import Callable
from typing import Any, Final, TypeAlias, cast

from hobnob_protocol.limits import SOURCE_TEXT_MAX, TIME_SECONDS_MAX

Record: TypeAlias = dict[str, Any]
"""One JSON object."""


class BadRecord(Exception):
    """This line is no record; the text says why, in words of ours alone."""


def parse(line: bytes | None) -> Record:
    """The object that a line holds; BadRecord where it holds none."""
    if line is None:
        raise BadRecord("the line is too long")
    try:
        found = _DECODER.decode(line.decode())
    except (ValueError, RecursionError):
        raise BadRecord("this is no JSON") from None
    if not isinstance(found, dict):
        raise BadRecord("this is no object")
    return cast("Record", found)


def _refuse(_constant: str) -> object:
    raise ValueError("JSON knows no such number")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse)


def spelled(value: object) -> str:
    """A value as JSON, the same for equal values: keys in order, nothing beside ASCII."""
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (ValueError, RecursionError):
        raise BadRecord("a number is too large, or lists are too deep") from None


# What a field may hold.


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= SOURCE_TEXT_MAX and value.isprintable()


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_time(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and 0 <= value < TIME_SECONDS_MAX


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _are_ids(value: object) -> bool:
    return isinstance(value, list) and all(_is_id(one) for one in cast("list[object]", value))


def _is_id_or_ids(value: object) -> bool:
    return _is_id(value) or _are_ids(value)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _are_reactions(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and _is_reaction(cast("Record", one))
        for one in cast("list[object]", value)
    )


def _is_reaction(one: Record) -> bool:
    by = one.get("by")
    return _is_text(one.get("emoji")) and (
        _are_ids(by) if by is not None else "count" not in one or _is_count(one["count"])
    )


_MESSAGE: Final[dict[str, Callable[[object], bool]]] = {
    "id": _is_id,
    "ts": _is_time,
    "channel": _is_id,
    "text": _is_text,
    "author": _is_id,
    "topic_id": _is_id,
    "topic": _is_text,
    "thread": _is_id,
    "reply_to": _is_id_or_ids,
    "mentions": _are_ids,
    "reactions": _are_reactions,
    "kind": _is_text,
    "edited_ts": _is_time,
    "deleted_ts": _is_time,
    "accepted": _is_flag,
    "resolved": _is_flag,
    "pinned": _is_flag,
    "hidden": _is_flag,
}
_MEMBER: Final[dict[str, Callable[[object], bool]]] = {
    "id": _is_id,
    "name": _is_text,
    "bot": _is_flag,
}
_CHANNEL: Final[dict[str, Callable[[object], bool]]] = {
    "id": _is_id,
    "name": _is_text,
    "purpose": _is_text,
    "auto_join": _is_flag,
    "private": _is_flag,
}


def check_message(record: Record) -> None:
    """BadRecord where this is no message."""
    _check(record, _MESSAGE, ("id", "ts", "channel", "text"))


def check_member(record: Record) -> None:
    """BadRecord where this is no member."""
    _check(record, _MEMBER, ("id",))


def check_channel(record: Record) -> None:
    """BadRecord where this is no channel."""
    _check(record, _CHANNEL, ("id", "name"))


def _check(
    record: Record, checks: dict[str, Callable[[object], bool]], required: tuple[str, ...]
) -> None:
    for name in required:
        if name not in record:
            raise BadRecord(f"it has no {name}")
    for name, value in record.items():
        check = checks.get(name)
        # What is null says nothing, which only what must be said may not.
        if check is None or (value is None and name not in required):
            continue
        if not check(value):
            raise BadRecord(f"its {name} is not what it should be")
