"""All settings and all keys, over the same file that one may edit; what is changed is kept at
once."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import t
from hobnob_client.config import SETTINGS, Setting
from hobnob_client.config.settings import TEXT_MAX
from hobnob_client.config.writing import Value
from hobnob_client.failures import Failure
from hobnob_client.tui import rebinding
from hobnob_client.tui.action import Pane
from hobnob_client.tui.action_table import ACTIONS
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.key_names import written_name
from hobnob_client.tui.look import Look
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import warn
from hobnob_client.tui.screens.dialog import Dialog, ask
from hobnob_client.tui.screens.line import LineScreen
from hobnob_client.tui.screens.press import PressScreen
from hobnob_client.tui.settings_cards import (
    about_action,
    about_setting,
    key_cards,
    plain,
    setting_cards,
)
from hobnob_client.tui.widgets.card_list import CardList

_ACTIONS: Final = {rebinding.name_of(action): action for action in ACTIONS}


LINES_MAX: Final = 34
"""Of the frame."""
BELOW_LINES: Final = 12
"""Of it: its edge, what is said of the selected one, and the keys."""


class SettingsScreen(Dialog[None]):
    """Changes `look`, and shows what comes of it behind itself."""

    PANE = Pane.SETTINGS
    CSS = """
    SettingsScreen > #frame { width: 100; height: 90%; max-height: 34; }
    SettingsScreen.-whole > #frame { height: auto; }
    SettingsScreen.-whole #about { min-height: 3; }
    SettingsScreen #about { height: auto; margin-top: 1; }
    SettingsScreen #where { height: auto; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.SETTINGS)]

    def __init__(self, look: Look) -> None:
        super().__init__(t("Settings"))
        self._look = look
        self._of_keys = False
        self._list = CardList()
        self._about = Static(id="about")
        self._where = Static(id="where")

    def inside(self) -> ComposeResult:
        """The list above what is said of the one that is selected."""
        yield self._list
        yield self._about
        yield self._where

    def on_mount(self) -> None:
        """All of them."""
        self.show()

    def show(self) -> None:
        """As it is now."""
        look, frame = self._look, self.query_one("#frame")
        frame.border_title = Content(t("Keys") if self._of_keys else t("Settings"))
        self._list.put(key_cards() if self._of_keys else setting_cards(look.loaded))
        self._fit()
        self._tell()

    def on_resize(self) -> None:
        """All settings have room now, or no longer."""
        super().on_resize()
        self._fit()

    def _fit(self) -> None:
        """Where a list has room as a whole, what is said of the selected one stands right below."""
        entries = len(self._list.cards)
        whole = entries + BELOW_LINES <= min(LINES_MAX, self.size.height * 9 // 10)
        self.set_class(whole, "-whole")
        self._list.styles.height = entries if whole else "1fr"

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        page = max(1, self._list.size.height - 1)
        return {
            "up": partial(self._move, -1),
            "down": partial(self._move, 1),
            "page_up": partial(self._move, -page),
            "page_down": partial(self._move, page),
            "first": partial(self._move, -len(self._list.cards)),
            "last": partial(self._move, len(self._list.cards)),
            "next": partial(self._step, 1),
            "before": partial(self._step, -1),
            "change": self._change,
            "reset": self._reset,
            "keys": self._turn,
            "close": lambda: self.dismiss(None),
        }

    @property
    def _chosen(self) -> str:
        card = self._list.card
        return card.key.decode() if card is not None else ""

    def _move(self, entries: int) -> None:
        self._list.move(entries)
        self._tell()

    def _turn(self) -> None:
        self._of_keys = not self._of_keys
        self._list.cursor = 0
        self.show()

    def _tell(self) -> None:
        loaded, name = self._look.loaded, self._chosen
        if self._of_keys:
            about = about_action(_ACTIONS[name], loaded)
        else:
            about = about_setting(SETTINGS[name], loaded)
        self._about.update(Content(about.text))
        self._where.update(Content(about.where))
        choices = not self._of_keys and bool(_choices(SETTINGS[name]))
        shown = {"next"} if choices else {"change"}
        self.offer(shown | {"reset", "keys", "close"})

    def _step(self, by: int) -> None:
        """The next of the choices; what has none is asked for."""
        if self._of_keys:
            return
        one = SETTINGS[self._chosen]
        choices = _choices(one)
        if not choices:
            self._ask(one)
            return
        value = one.of(self._look.settings)
        nth = choices.index(value) + by if value in choices else 0
        self._keep(one.name, choices[nth % len(choices)])

    def _change(self) -> None:
        if self._of_keys:
            name = self._chosen
            ask(app_of(self), PressScreen(name), partial(self._bind, name))
        elif not _choices(SETTINGS[self._chosen]) or SETTINGS[self._chosen].also:
            self._ask(SETTINGS[self._chosen])
        else:
            self._step(1)

    def _ask(self, one: Setting) -> None:
        def lacking(text: str) -> str:
            if one.takes(text):
                return ""
            return t("{name} is {wanted}.", name=one.name, wanted=one.wanted)

        dialog = LineScreen(
            one.name,
            plain(one.help),
            t("Nothing: the default"),
            text_max=TEXT_MAX,
            needed=False,
            lacking=lacking,
            value=str(one.of(self._look.settings)),
        )
        ask(app_of(self), dialog, partial(self._typed, one))

    def _typed(self, one: Setting, text: str | None) -> None:
        if text is not None:
            self._keep(one.name, text or None)

    def _reset(self) -> None:
        if self._of_keys:
            self._bind(self._chosen, None, reset=True)
        else:
            self._keep(self._chosen, None)

    def _keep(self, name: str, value: Value | None) -> None:
        try:
            said = self._look.change(name, value)
        except (Failure, OSError) as failed:
            warn(self, str(failed))
        else:
            if said:
                self.notify(said, markup=False)
        self.show()

    def _bind(self, name: str, key: str | None, reset: bool = False) -> None:
        if key is None and not reset:
            return
        try:
            self._look.bind(name, None if key is None else (written_name(key),))
        except (Failure, OSError) as failed:
            warn(self, str(failed))
        self.show()


def _choices(one: Setting) -> tuple[bool | str, ...]:
    return (True, False) if isinstance(one.default, bool) else one.choices
