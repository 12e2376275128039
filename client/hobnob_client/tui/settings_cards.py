"""Settings and keys as entries of a list, with what there is to say of the one that is selected."""

from typing import Final

from hobnob_client import term_safe
from hobnob_client.catalogue import t
from hobnob_client.config import SETTINGS, Loaded, Setting
from hobnob_client.config.settings import ENVIRONMENT
from hobnob_client.tui import rebinding
from hobnob_client.tui.action import Action
from hobnob_client.tui.action_table import ACTIONS
from hobnob_client.tui.key_names import key_name
from hobnob_client.tui.timeline.wrap import fit
from hobnob_client.tui.widgets.card_list import Card
from hobnob_protocol.value import value

NAME_CELLS: Final = max(map(len, SETTINGS)) + 2
VALUE_CELLS: Final = 22
ACTION_CELLS: Final = 26
KEYS_CELLS: Final = 18


@value
class About:
    """What is said of the selected entry, safe to draw."""

    text: str
    where: str


def setting_cards(loaded: Loaded) -> list[Card]:
    """One a setting: its name, what holds, and where that was set."""
    return [
        Card(
            one.name.encode(),
            _columns(
                (one.name, NAME_CELLS),
                (shown(one.of(loaded.settings)), VALUE_CELLS),
                (origin_of(one.name, loaded), 0),
            ),
        )
        for one in SETTINGS.values()
    ]


def key_cards() -> list[Card]:
    """One an action: its name, its keys now, and what it does; a star where it was bound anew."""
    return [
        Card(
            rebinding.name_of(action).encode(),
            _columns(
                (rebinding.name_of(action), ACTION_CELLS),
                (_keys(action), KEYS_CELLS),
                (t(action.help), 0),
            ),
        )
        for action in ACTIONS
    ]


def about_setting(one: Setting, loaded: Loaded) -> About:
    """Its help and what it may be, and where it is set."""
    where = term_safe.line(str(loaded.path))
    origin = loaded.origins.get(one.name, "")
    if origin.startswith(ENVIRONMENT):
        where = t("Set in the environment: {variable}.", variable=origin)
    elif origin:
        where = f"{where}, {origin_of(one.name, loaded)}"
    value = one.of(loaded.settings)
    choices = " · ".join(f"[{each}]" if each == value else each for each in one.choices)
    also = f" · {t(one.also)}" if one.also else ""
    return About("\n".join(filter(None, (plain(one.help), choices + also))), where)


def plain(help: str) -> str:
    """A setting's help, as the screen says it."""
    return t(help).replace("`", "")


def about_action(action: Action, loaded: Loaded) -> About:
    """What it does, and by which keys it was done before it was bound anew."""
    before = ", ".join(map(key_name, action.keys))
    said = t("{help} From the start: {keys}.", help=t(action.help), keys=before)
    return About(said, term_safe.line(str(loaded.path)))


def origin_of(name: str, loaded: Loaded) -> str:
    """Where a setting was set, in a word."""
    origin = loaded.origins.get(name, "")
    if origin.startswith("line "):
        return t("line {number}", number=origin.removeprefix("line "))
    return origin or t("default")


def shown(value: bool | str) -> str:
    """A value as the list has it."""
    if isinstance(value, bool):
        return t("on") if value else t("off")
    return term_safe.line(value) or "-"


def _keys(action: Action) -> str:
    keys = rebinding.IN_FORCE.keys(action)
    return " ".join(map(key_name, keys)) + (" *" if keys != action.keys else "")


def _columns(*columns: tuple[str, int]) -> str:
    return "".join(fit(text, cells - 1).ljust(cells) if cells else text for text, cells in columns)
