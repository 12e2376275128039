"""The one table of settings: parser, environment, errors, schema, settings screen and manual read
it.

A setting is a field of `Settings`: `setting` gives its default, its choices and its help, and its
name in the file where that lies in a table. Its variable is `HOBNOB_` and the name in capitals,
with `_` for the dot.
"""

from collections.abc import Mapping
from dataclasses import MISSING, field, fields
from typing import Any, Final, TypeVar

from hobnob_client.catalogue import Clock, later, t
from hobnob_protocol.value import value

T = TypeVar("T")

ENVIRONMENT: Final = "HOBNOB_"
"""What every variable begins with."""
OF_THE_HUB: Final = "HOBNOB_HUB_"
"""What those begin with that are none of the member's."""
KEYS: Final = "keys"
"""The table that binds keys anew, by the names of actions."""
TEXT_MAX: Final = 1_024
"""Characters of a text."""
AUTO: Final = "auto"
"""What suits the terminal."""
THEMES: Final = (
    AUTO,
    "dark",
    "light",
    "contrast-dark",
    "contrast-light",
    "blind-safe-dark",
    "blind-safe-light",
    "ansi-dark",
    "ansi-light",
)
"""The themes in the order in which one goes through them."""


def setting(
    default: T, help: str, *, name: str = "", choices: tuple[str, ...] = (), also: str = ""
) -> T:
    """A field of `Settings`; `choices` are all there are, or with `also` those that have a name,
    beside what it says in words."""
    known = {"help": help, "name": name, "choices": choices, "also": also}
    # A dataclass field stands for a value of its type: that is how dataclasses are typed.
    return field(default=default, metadata=known)


@value
class Settings:
    """What may be set, with what holds where nothing is."""

    profile: str = setting(
        "", later("The directory of the profile that is meant without `--profile`.")
    )
    times: str = setting(
        "local",
        later("The zone that times are shown in: yours, or another."),
        choices=("local", "utc"),
        also=later('a zone such as "Europe/Berlin"'),
    )
    nerd_font: bool = setting(
        False, later("The terminal's font has the private characters of prompts: show them.")
    )
    language: str = setting(
        AUTO,
        later("What the screen speaks; `auto` is the language of your shell."),
        choices=(AUTO, "en", "de"),
    )
    theme: str = setting(
        AUTO,
        later("The colours; `auto` is dark or light as the terminal is."),
        name="look.theme",
        choices=THEMES,
    )
    motion: str = setting(
        "full",
        later("`reduced`: nothing glides, all is there at once."),
        name="look.motion",
        choices=("full", "reduced"),
    )
    bandwidth: str = setting(
        "full",
        later("`low`: few bytes, for a slow line; the terminal's own colours, no motion."),
        name="look.bandwidth",
        choices=("full", "low"),
    )
    clock: str = setting(
        Clock.WHOLE.value,
        later("How times of day are shown: `24h` as 14:30, `12h` as 2:30 pm."),
        name="look.clock",
        choices=tuple(each.value for each in Clock),
    )
    mouse: bool = setting(
        True,
        later("The mouse acts here; without it the terminal's own selecting works as ever."),
        name="look.mouse",
    )
    start: str = setting(
        "last",
        later("Where a start on the same day begins: where you left, or at Home."),
        name="look.start",
        choices=("last", "home"),
    )
    notify: str = setting(
        AUTO,
        later("How you are told of what pings; `auto` is what your desktop or terminal knows."),
        name="attention.notify",
        choices=(AUTO, "desktop", "osc777", "osc9", "osc99", "bell", "off"),
    )
    preview: bool = setting(
        True,
        later("What pings is told with how it begins; else by who and where alone."),
        name="attention.preview",
    )
    shown: bool = setting(
        False,
        later("Others may see that you are here, and you see who of them is; else neither."),
        name="presence.shown",
    )
    typing: str = setting(
        "off",
        later("Where others see that you write, and you see it of them; else neither."),
        name="presence.typing",
        choices=("off", "channels", "everywhere"),
    )
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """The keys of actions that were bound anew, by `pane.action`, as they were written."""


@value
class Setting:
    """One setting as the table has it: `name` is how the file calls it, `field` how `Settings`
    does."""

    name: str
    field: str
    default: bool | str
    help: str
    choices: tuple[str, ...] = ()
    also: str = ""

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return ENVIRONMENT + self.name.upper().replace(".", "_")

    @property
    def wanted(self) -> str:
        """What a value must be, in words."""
        if isinstance(self.default, bool):
            return t("true or false")
        told = [f'"{choice}"' for choice in self.choices] + ([t(self.also)] if self.also else [])
        if len(told) < 2:
            return told[0] if told else t("a text in quotes")
        return t("{several} or {last}", several=", ".join(told[:-1]), last=told[-1])

    def of(self, settings: Settings) -> bool | str:
        """Its value there."""
        value: bool | str = getattr(settings, self.field)
        return value

    def takes(self, value: object) -> bool:
        """May it have this value?"""
        if type(value) is not type(self.default):
            return False
        if isinstance(value, str) and len(value) > TEXT_MAX:
            return False
        return not self.choices or value in self.choices or (bool(self.also) and is_zone(value))


def is_zone(name: object) -> bool:
    """Is it the name of a zone of time that this machine knows?"""
    # Only who has such a setting pays for importing it.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(str(name))
    except (OSError, ValueError, ZoneInfoNotFoundError):
        return False
    return bool(name)


def _table() -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for one in fields(Settings):
        known: dict[str, Any] = dict(one.metadata)
        if one.default is not MISSING:
            name = known.pop("name") or one.name
            found[name] = Setting(name, one.name, one.default, **known)
    return found


SETTINGS: Final = _table()
"""Every setting by its name in the file, in the order of `Settings`."""
