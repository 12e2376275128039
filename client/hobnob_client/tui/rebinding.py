"""Keys bound anew: what somebody wrote in the settings, checked against the table of actions.

An action is named by its pane and its id, as "timeline.reply". What is in force is asked of here by
footer, help, palette and hints alike, so that none of them can name a key that does something else.
"""

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from hobnob_client.catalogue import t
from hobnob_client.config.nearest import nearest
from hobnob_client.tui.action import Action, Pane
from hobnob_client.tui.action_table import ACTIONS
from hobnob_client.tui.key_names import is_written, key_name, parsed, written_name
from hobnob_protocol.value import value

Keymap: TypeAlias = Mapping[str, tuple[str, ...]]
"""Keys as the screen names them, by `pane.action`."""

WRITTEN_IN: Final = frozenset(
    {
        Pane.EVERYWHERE,
        Pane.COMPOSER,
        Pane.SEARCH,
        Pane.DAY,
        Pane.ASKING,
        Pane.PICKING,
        Pane.PALETTE,
        Pane.JUMPING,
        Pane.REACTING,
    }
)
"""Where one writes, or may: no key that writes a character can do anything else there."""


NUMBERED_MIN: Final = 9
"""An action with so many keys counts with them."""


@value
class Wrong:
    """What is wrong with the keys of `name`, as a sentence."""

    name: str
    said: str


def name_of(action: Action) -> str:
    """How the settings call an action."""
    return f"{action.pane}.{action.id}"


_BY_NAME: Final = {name_of(action): action for action in ACTIONS}


def checked(written: Mapping[str, Iterable[str]]) -> tuple[Keymap, tuple[Wrong, ...]]:
    """The keymap that is meant, and all that is wrong with what was written; what is wrong is left
    out of it."""
    keymap: dict[str, tuple[str, ...]] = {}
    wrongs: list[Wrong] = []
    for name, keys in written.items():
        action = _BY_NAME.get(name)
        if action is None:
            wrongs.append(Wrong(name, _unknown(name)))
            continue
        try:
            keymap[name] = tuple(_taken(action, key) for key in keys)
        except ValueError as wrong:
            wrongs.append(Wrong(name, f"{name}: {wrong}."))
    for name in tuple(keymap):
        said = _collision(_BY_NAME[name], keymap)
        if said:
            wrongs.append(Wrong(name, said))
            del keymap[name]
    return keymap, tuple(wrongs)


def kept(written: str) -> str:
    """A key as the file keeps it, whatever language it was written in; what is none stays as it is,
    for whoever tells what is wrong with it."""
    try:
        return written_name(parsed(written))
    except ValueError:
        return written


def _taken(action: Action, written: str) -> str:
    if len(action.keys) >= NUMBERED_MIN:
        raise ValueError(t("its keys are the numbers themselves"))
    key = parsed(written)
    if action.pane in WRITTEN_IN and is_written(key):
        raise ValueError(
            t("{key} is written there; take one with Ctrl or Alt, or an F key", key=key_name(key))
        )
    return key


def _collision(action: Action, keymap: Keymap) -> str:
    """What one of its keys does already in the same pane, or in every pane; "" for nothing."""
    for other in ACTIONS:
        near = other.pane is action.pane or Pane.EVERYWHERE in (other.pane, action.pane)
        if other is action or not near:
            continue
        # What both hold from the start is meant: a pane's own Tab goes before that of everywhere.
        meant = set(action.keys) & set(other.keys)
        both = set(keys_of(action, keymap)) & set(keys_of(other, keymap)) - meant
        if both:
            return t(
                "{name}: {key} is {other} already; bind that one anew, too.",
                name=name_of(action),
                key=key_name(min(both)),
                other=name_of(other),
            )
    return ""


def keys_of(action: Action, keymap: Keymap) -> tuple[str, ...]:
    """The keys of an action under a keymap."""
    return keymap.get(name_of(action), action.keys)


def _unknown(name: str) -> str:
    found = nearest(name, _BY_NAME)
    if not found:
        return t("there is no action '{name}'.", name=name)
    return t("there is no action '{name}'; did you mean '{near}'?", name=name, near=found)


class InForce:
    """The keymap that the one screen of this process has now."""

    def __init__(self) -> None:
        self._keymap: Keymap = {}

    def put(self, keymap: Keymap) -> None:
        """From now on these hold."""
        self._keymap = dict(keymap)

    def keys(self, action: Action) -> tuple[str, ...]:
        """The keys of an action now, the one that is shown first."""
        return keys_of(action, self._keymap)

    def named(self, pane: Pane, id: str) -> tuple[str, ...]:
        """The same of the action that has this id in this pane."""
        return self.keys(_BY_NAME[f"{pane}.{id}"])


IN_FORCE: Final = InForce()
"""One, as there is one keyboard."""
