"""The one table of settings: parser, environment, checks and the manual read it.

A setting is a field of `Config`: its name is the key in hub.toml, `HOBNOB_HUB_<NAME>` its variable,
its annotation the type, `setting` gives default, bounds and help.
"""

from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Final, TypeVar, cast

from hobnob_protocol.limits import (
    ACCOUNT_CONNECTIONS_MAX,
    BOT_BUDGET_PER_SECOND,
    BOT_CONNECTIONS_MAX,
    BUDGET_CAPACITY,
    BUDGET_PER_SECOND,
    NAME_TEXT_MAX,
)
from hobnob_server.logs import FORMATS, LEVELS

T = TypeVar("T")

ENVIRONMENT: Final = "HOBNOB_HUB_"
"""What every variable begins with."""
TEXT_MAX: Final = 1_024
"""Characters of a text no setting bounds otherwise."""


def setting(
    default: T,
    help: str,
    *,
    least: float = 0,
    most: float = TEXT_MAX,
    choices: tuple[str, ...] = (),
) -> T:
    """A field of `Config`; bounds are values of numbers, characters of texts, both inclusive."""
    known = {"help": help, "least": least, "most": most, "choices": choices}
    # A dataclass field stands for a value of its type: that is how dataclasses are typed.
    return field(default=default, metadata=known)


@dataclass(frozen=True, slots=True)
class Config:
    """Everything an operator may set; the defaults are a whole hub for this machine."""

    name: str = setting(
        "hobnob", "What the hub is called; taken at its first start.", least=1, most=NAME_TEXT_MAX
    )
    listen: str = setting(
        "127.0.0.1:4626", "Where to listen: `HOST:PORT` or `unix:PATH`; port 0 takes a free one."
    )
    address: str = setting(
        "", "`HOST` or `HOST:PORT` that members reach the hub by; stands in invite links."
    )
    tls_cert: str = setting(
        "", "File of the TLS certificate chain (PEM); reloaded when it changes."
    )
    tls_key: str = setting("", "File of the certificate's private key (PEM).")
    proxy_cert: str = setting(
        "", "File of the certificate (PEM) that a proxy in front of the hub shows to members."
    )
    proxies: tuple[str, ...] = setting(
        (), "Addresses of proxies whose `X-Forwarded-For` is believed; `unix` for the socket."
    )
    key_file: str = setting("", "File of the hub's key; `hub.key` in its directory if empty.")
    log_level: str = setting("info", "The least that is logged.", choices=LEVELS)
    log_format: str = setting("text", "How a line is written.", choices=FORMATS)
    connections_max: int = setting(2_000, "Connections in all.", least=1, most=100_000)
    connections_per_address: int = setting(
        20, "Connections of one address (IPv6: of one /64).", least=1, most=100_000
    )
    connections_per_account: int = setting(
        ACCOUNT_CONNECTIONS_MAX, "Connections of one member.", least=1, most=100_000
    )
    connections_per_bot: int = setting(
        BOT_CONNECTIONS_MAX, "Connections of one bot.", least=1, most=100_000
    )
    connections_before_login: int = setting(
        64, "Connections that have not logged in yet.", least=1, most=100_000
    )
    frames_per_second: int = setting(
        100, "WebSocket frames a connection may send a second.", least=1, most=1_000_000
    )
    frames_burst: int = setting(200, "... and at once after a silence.", least=10, most=1_000_000)
    budget_capacity: float = setting(
        BUDGET_CAPACITY, "Tokens a quiet member has; a message costs 2.", least=40, most=1e9
    )
    budget_per_second: float = setting(
        BUDGET_PER_SECOND, "Tokens a member gets back a second.", least=0.01, most=1e9
    )
    bot_budget_per_second: float = setting(
        BOT_BUDGET_PER_SECOND, "Tokens a bot gets back a second.", least=0.01, most=1e9
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table."""

    key: str
    type: type
    default: object
    help: str
    least: float
    most: float
    choices: tuple[str, ...]

    @property
    def variable(self) -> str:
        """Its environment variable."""
        return ENVIRONMENT + self.key.upper()

    @property
    def wanted(self) -> str:
        """What a value must be, for messages and the manual."""
        if self.choices:
            return " or ".join(f'"{choice}"' for choice in self.choices)
        if self.type is int:
            return f"an integer from {self.least:,.0f} to {self.most:,.0f}"
        if self.type is float:
            return f"a number from {self.least:g} to {self.most:g}"
        if self.type is str:
            return f"text of {self.least:.0f} to {self.most:,.0f} characters"
        return "a list of texts"

    def check(self, value: Any) -> Any:
        """The value as `Config` holds it; ValueError where it is not what is wanted."""
        if self.type is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if isinstance(value, list) and self.type is tuple:
            value = tuple(cast("list[object]", value))
        value = cast("object", value)
        if type(value) is not self.type or not self._holds(value):
            raise ValueError(f"must be {self.wanted}")
        return value

    def _holds(self, value: object) -> bool:
        if isinstance(value, int | float):
            return self.least <= value <= self.most
        if isinstance(value, str):
            in_choices = not self.choices or value in self.choices
            return in_choices and self.least <= len(value) <= self.most
        return all(isinstance(one, str) for one in cast("tuple[object, ...]", value))

    def read(self, text: str) -> Any:
        """A value from the environment or the command line; lists are parted by commas."""
        if self.type is int or self.type is float:
            try:
                return self.check(self.type(text))
            except ValueError:
                raise ValueError(f"must be {self.wanted}") from None
        if self.type is str:
            return self.check(text)
        return self.check([part.strip() for part in text.split(",") if part.strip()])


_SORTS: Final[dict[object, type]] = {int: int, float: float, str: str}


def _table() -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for one in fields(Config):
        assert one.default is not MISSING
        sort = _SORTS.get(one.type, tuple)
        found[one.name] = Setting(one.name, sort, one.default, **one.metadata)
    return found


SETTINGS: Final = _table()
"""Every setting by its key, in the order of `Config`."""


def markdown_table() -> str:
    """The settings as the manual shows them, written from the table so that it cannot be wrong."""
    rows = ["| key | default | what it is |", "| --- | --- | --- |"]
    for one in SETTINGS.values():
        default = f"`{one.default}`" if one.default not in ("", ()) else ""
        told = one.type is not str or bool(one.choices)
        wanted = f" {one.wanted[0].upper()}{one.wanted[1:]}." if told else ""
        rows.append(f"| `{one.key}` | {default} | {one.help}{wanted} |")
    return "\n".join(rows) + "\n"


def commented() -> str:
    """A hub.toml that sets nothing and shows everything."""
    lines = ["# Every key has a default; remove the # to set one. Variables: HOBNOB_HUB_<KEY>.", ""]
    lines += [f"#{one.key} = {_toml(one.default)}  # {one.help}" for one in SETTINGS.values()]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return "[]" if value == () else f"{value}"
