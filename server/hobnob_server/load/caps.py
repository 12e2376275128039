"""What people take here, by the rules of matching that an operator has put into force."""

import tomllib
from collections.abc import Mapping
from typing import Final, cast

from hobnob_protocol.limits import ASKS_DEFAULT, ASKS_MAX
from hobnob_protocol.value import value
from hobnob_server.errors import ConfigError

TABLE: Final = "caps"


@value
class Caps:
    """Requests a week, 0 to `ASKS_MAX`: `default_requests` of one who has not chosen, and
    `most_requests` of anybody, whatever they chose."""

    default_requests: int = ASKS_DEFAULT
    most_requests: int = ASKS_MAX

    def takes(self, chosen: int | None) -> int:
        """What somebody takes who chose so much, or nothing."""
        return min(self.default_requests if chosen is None else chosen, self.most_requests)


SHIPPED: Final = Caps()


def caps_of(data: bytes) -> Caps:
    """Those of a file; the rest of it is for devices. ConfigError where they cannot be read."""
    try:
        table = tomllib.loads(data.decode()).get(TABLE, {})
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as broken:
        raise ConfigError(f"no TOML: {broken}") from broken
    if not isinstance(table, dict):
        raise ConfigError(f"[{TABLE}] is a table")
    found = cast("dict[str, object]", table)
    return Caps(
        _whole(found, "default_requests", ASKS_DEFAULT), _whole(found, "most_requests", ASKS_MAX)
    )


def _whole(table: Mapping[str, object], name: str, otherwise: int) -> int:
    found = table.get(name, otherwise)
    if type(found) is not int or not 0 <= found <= ASKS_MAX:
        raise ConfigError(f"{name} is a whole number from 0 to {ASKS_MAX}")
    return found
