"""What the settings make of the screen, and how they are changed while it is open."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, Protocol, cast

from textual.message_pump import MessagePump

from hobnob_client.catalogue import t
from hobnob_client.config import SETTINGS, Loaded, read, writing
from hobnob_client.config.settings import AUTO, ENVIRONMENT, KEYS, THEMES, Settings
from hobnob_client.failures import Exit, Failure
from hobnob_client.tui import rebinding
from hobnob_client.tui.thrifty_app import ThriftyApp

BASIC_TERMS: Final = ("dumb", "linux", "vt100", "vt220", "ansi")
"""Terminals that have sixteen colours, or none."""
LATER: Final = frozenset(
    {
        *("profile", "times", "nerd_font", "language", "look.clock", "look.mouse", "look.start"),
        *("attention.notify", "attention.preview"),
    }
)
"""Settings that hold from the next start on."""


def wants_few_colors(environ: Mapping[str, str]) -> bool:
    """Are the terminal's own sixteen colours, or none, all it may show?"""
    return "NO_COLOR" in environ or environ.get("TERM", "dumb") in BASIC_TERMS


def theme_for(settings: Settings, environ: Mapping[str, str], *, dark: bool) -> str:
    """The theme that is meant on a terminal of this ground: the terminal's own sixteen colours
    where it has no others, none are wanted (NO_COLOR), or each byte counts."""
    own = f"ansi-{'dark' if dark else 'light'}"
    if settings.theme.startswith("ansi-"):
        own = settings.theme
    if wants_few_colors(environ) or settings.bandwidth == "low":
        return own
    return ("dark" if dark else "light") if settings.theme == AUTO else settings.theme


def theme_after(settings: Settings, environ: Mapping[str, str], *, dark: bool) -> str:
    """The next theme that looks different here: a key that changes nothing seems broken. The very
    next where a terminal shows its own colours alone, which is said."""
    at = THEMES.index(settings.theme)
    others = (*THEMES[at + 1 :], *THEMES[:at])
    if wants_few_colors(environ) or settings.bandwidth == "low":
        return others[0]
    now = theme_for(settings, environ, dark=dark)
    shown = (theme_for(replace(settings, theme=each), environ, dark=dark) for each in others)
    return next(theme for theme, look in zip(others, shown, strict=True) if look != now)


class Look:
    """The settings of a screen that is open. `environ` is what counts more than the file; `dark` is
    the terminal's ground; `heed` is told what holds whenever something was changed."""

    def __init__(
        self,
        app: ThriftyApp,
        loaded: Loaded,
        environ: Mapping[str, str],
        *,
        dark: bool,
        heed: Callable[[Settings], object] = lambda _: None,
    ) -> None:
        self._app = app
        self._environ = environ
        self._dark = dark
        self._heed = heed
        self.loaded = loaded

    @property
    def settings(self) -> Settings:
        """What holds."""
        return self.loaded.settings

    def apply(self) -> None:
        """Let what is set hold."""
        self.show_theme(self.settings)
        keymap = rebinding.checked(self.settings.keys)[0]
        rebinding.IN_FORCE.put(keymap)
        self._app.set_keymap({name: ",".join(keys) for name, keys in keymap.items()})

    def show_theme(self, settings: Settings) -> None:
        """Show these colours and this motion, which need not be kept."""
        calm = settings.motion == "reduced" or settings.bandwidth == "low"
        self._app.animation_level = "none" if calm else "full"
        self._app.be_thrifty(settings.bandwidth == "low")
        self._app.theme = theme_for(settings, self._environ, dark=self._dark)

    def change(self, name: str, value: writing.Value | None) -> str:
        """Keep a setting, and let it hold; what there is to say of it beside. Failure where it
        cannot be kept."""
        before = self.loaded
        fresh = read(before.path, {})
        for mistake in fresh.mistakes:
            raise mistake.failure
        writing.save(before.path, name, value)
        self.loaded = read(before.path, self._environ)
        self.apply()
        self._heed(self.settings)
        origin = self.loaded.origins.get(name, "")
        if origin.startswith(ENVIRONMENT):
            return t("{variable} is set in the environment and counts more.", variable=origin)
        return t("It holds from the next start on.") if name in LATER else ""

    def bind(self, name: str, keys: tuple[str, ...] | None) -> None:
        """Bind an action anew, or with None as it was. Failure where that cannot be."""
        wanted = {**self.settings.keys, name: keys or ()}
        if keys is None:
            del wanted[name]
        for wrong in rebinding.checked(wanted)[1]:
            raise Failure(wrong.said, Exit.USAGE)
        self.change(f"{KEYS}.{name}", keys)

    def next_theme(self) -> str:
        """Go to the theme after this one, and keep it; what is said of it."""
        return self.turn_to_theme(theme_after(self.settings, self._environ, dark=self._dark))

    def turn_to_theme(self, name: str) -> str:
        """Go to the theme of this name, or for "" to the next, and keep it; what is said of it.
        Failure for a name that no theme has."""
        if not name:
            return self.next_theme()
        if name not in THEMES:
            raise Failure(
                t("There is no theme {name}: {names}.", name=name, names=", ".join(THEMES)),
                Exit.USAGE,
            )
        said = self.change("look.theme", name)
        if not said and self.settings.bandwidth == "low":
            said = t("To be seen once look.bandwidth is full.")
        elif not said and wants_few_colors(self._environ):
            said = t("This terminal shows its own colours, or none.")
        return f"{t('Theme: {name}.', name=name)} {said}".strip()


assert SETTINGS.keys() >= LATER


class HasLook(Protocol):
    """An app with settings."""

    look: Look


def look_of(node: MessagePump) -> Look:
    """The look of the app that a widget or a screen is in."""
    return cast("HasLook", node.app).look  # pyright: ignore[reportUnknownMemberType]  # Textual leaves its type open.
