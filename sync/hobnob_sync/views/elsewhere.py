"""What an imported message was where it came from, as far as hobnob has a look for it.

Its fields that hobnob has no name for travel as pairs of a name and JSON (server/README.md lists
what an archive may hold). Nothing of them is trusted: what is not as it should be says nothing.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, cast

from hobnob_protocol.ids import AccountId, imported_account
from hobnob_protocol.limits import OPTION_TEXT_MAX, OPTIONS_MAX
from hobnob_protocol.nouns import ImportedValue

POLL: Final = "poll"
OPTIONS_MIN: Final = 2


class Manner(StrEnum):
    """How something was said."""

    SAID = "said"
    DID = "did"
    """A `/me`: the author's name is the sentence's subject."""
    HAPPENED = "happened"
    """Nobody's words: somebody came, left, took another name; a system's note."""


_MANNERS: Final = {
    "me": Manner.DID,
    **dict.fromkeys(("join", "leave", "nick", "system"), Manner.HAPPENED),
}


def joined(extra: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each name with its whole value: one too long for a pair goes on in the next of its name."""
    found: dict[str, str] = {}
    for name, value in extra:
        found[name] = found.get(name, "") + value
    return found


def kind(value: ImportedValue) -> str:
    """What sort of message it was there; "" for a plain one."""
    found = _field(value, "kind")
    return found if isinstance(found, str) else ""


def manner(value: ImportedValue) -> Manner:
    """How it was said there."""
    return _MANNERS.get(kind(value), Manner.SAID)


def options(value: ImportedValue) -> tuple[tuple[str, tuple[AccountId, ...]], ...]:
    """A poll's options and who chose each, by the accounts that stand for them here; none where it
    is no poll, or not one that can be shown."""
    if kind(value) != POLL:
        return ()
    given = _field(value, "options")
    listed = cast("list[object]", given) if isinstance(given, list) else []
    found = tuple(
        (text[:OPTION_TEXT_MAX], _accounts(value.source, one.get("by")))
        for one in map(_table, listed[:OPTIONS_MAX])
        if isinstance(text := one.get("text"), str)
    )
    return found if len(found) >= OPTIONS_MIN else ()


def holds(value: ImportedValue, name: str) -> bool:
    """Was a field true there?"""
    return _field(value, name) is True


def _table(given: object) -> dict[str, object]:
    return cast("dict[str, object]", given) if isinstance(given, dict) else {}


def _accounts(source: str, by: object) -> tuple[AccountId, ...]:
    names = cast("list[object]", by) if isinstance(by, list) else []
    accounts = (imported_account(source, name) for name in names if isinstance(name, str))
    return tuple(dict.fromkeys(accounts))


def _field(value: ImportedValue, name: str) -> object:
    # Only where something was imported is this needed.
    import json

    try:
        return json.loads(joined(value.extra).get(name, "null"))
    except (ValueError, RecursionError):
        return None
