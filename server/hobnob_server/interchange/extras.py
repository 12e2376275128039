"""What a record says that its event does not: kept as pairs of texts, so that nothing is lost.

A record that is written back is made from its event, and then corrected by these pairs. They hold,
as JSON, each field that would come out otherwise; an empty value says that the record has no such
field. Two sorts of names are ours: `author` is the author's name for whoever shows the message, and
what begins with `=` says something of the event itself. Fields whose own names cannot stand there
are held together in `=`. A value too long for one pair goes on in the next of the same name.
"""

import json
from collections.abc import Iterable
from typing import Final, TypeAlias, cast

from hobnob_protocol.limits import FIELD_NAME_MAX, FIELD_TEXT_MAX
from hobnob_server.interchange.records import Record, spelled
from hobnob_sync.views.elsewhere import joined

Pairs: TypeAlias = tuple[tuple[str, str], ...]

AUTHOR: Final = "author"
"""The name of who wrote it, for eyes."""
PART: Final = "=part"
"""This event goes on with the message before it."""
ABSENT: Final = "=absent"
"""This event stands in for a record that the archive lacks."""
_OTHERS: Final = "="


def corrections(record: Record, restored: Record) -> Pairs:
    """The pairs that make `restored` equal to `record`."""
    pairs: list[tuple[str, str]] = []
    others: Record = {}
    for name, value in record.items():
        if name in restored and _same(restored[name], value):
            continue
        if _can_stand(name):
            pairs += _pieces(name, _json(value))
        else:
            others[name] = value
    for name in restored:
        # Whoever is the author of a record without one is not known, so `author` is none of these.
        if name not in record:
            pairs.append((name, ""))
    if others:
        pairs += _pieces(_OTHERS, _json(others))
    return tuple(pairs)


def corrected(restored: Record, pairs: Iterable[tuple[str, str]]) -> Record:
    """`restored` as these pairs correct it; what is ours among them, or no JSON, is left out."""
    record = dict(restored)
    for name, value in joined(pairs).items():
        if name == AUTHOR or (name.startswith("=") and name != _OTHERS):
            continue
        if not value:
            record.pop(name, None)
            continue
        try:
            found = json.loads(value)
        except (ValueError, RecursionError):
            # Another importer's pairs need not be ours: what it said is a text then.
            found = value
        if name == _OTHERS and isinstance(found, dict):
            record.update(cast("Record", found))
        else:
            record[name] = found
    return record


def _same(one: object, other: object) -> bool:
    # 1, 1.0 and true are equal to Python, and three things in JSON.
    return type(one) is type(other) and one == other


def _can_stand(name: str) -> bool:
    fits = 0 < len(name) <= FIELD_NAME_MAX and name.isprintable()
    return fits and name != AUTHOR and not name.startswith("=")


def _json(value: object) -> str:
    shortest = spelled(value)
    if "\\u" not in shortest:
        return shortest
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text if text.isprintable() else shortest


def _pieces(name: str, value: str) -> list[tuple[str, str]]:
    return [
        (name, value[start : start + FIELD_TEXT_MAX])
        for start in range(0, len(value), FIELD_TEXT_MAX)
    ]
