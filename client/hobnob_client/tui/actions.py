"""Everything a person can do on the screen: one table, from which keys, footer and help are made.

A widget takes its bindings from here and nowhere else. What it cannot do itself it asks of its
screen. Plain letters stand in lists only, never where one writes. `Esc` is
always one step back.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, ClassVar, Final, Protocol, runtime_checkable

from textual.binding import Binding
from textual.widget import Widget

from hobnob_client.catalogue import t
from hobnob_client.tui.action import Action, Needs, Pane
from hobnob_client.tui.action_table import ACTIONS
from hobnob_client.tui.key_names import key_name
from hobnob_client.tui.rebinding import IN_FORCE, name_of

__all__ = (
    "Actor",
    "Doer",
    "Does",
    "act",
    "ask",
    "bindings",
    "hint",
    "hints",
    "key_name",
    "of",
    "pressed",
)


NO_LABELS: Final[Mapping[str, str]] = MappingProxyType({})


def of(pane: Pane) -> tuple[Action, ...]:
    """The actions of a pane, in the order of the footer: with the keys they have now, called in the
    member's language."""
    return tuple(
        replace(action, keys=IN_FORCE.keys(action), label=t(action.label), help=t(action.help))
        for action in ACTIONS
        if action.pane is pane
    )


def pressed(pane: Pane, key: str) -> Action | None:
    """What a key asks for there, as the table has it; None where it asks for nothing."""
    there = (action for action in ACTIONS if action.pane is pane)
    return next((action for action in there if key in IN_FORCE.keys(action)), None)


def hints(
    pane: Pane, offered: Container[str] | None = None, labels: Mapping[str, str] = NO_LABELS
) -> list[str]:
    """The labelled keys of a pane, for what has no footer; only those `offered`, by id, where not
    all are. `labels` say more than those of the table."""
    return [
        f"{key_name(each.keys[0])} {labels.get(each.id, each.label)}"
        for each in of(pane)
        if each.label and (offered is None or each.id in offered)
    ]


def hint(
    pane: Pane,
    offered: Container[str] | None = None,
    width: int = 0,
    labels: Mapping[str, str] = NO_LABELS,
) -> str:
    """The same in one line, or where `width` cells are given in as many as it takes: a key stays
    beside its label."""
    lines = [""]
    for each in hints(pane, offered, labels):
        longer = f"{lines[-1]} · {each}" if lines[-1] else each
        if width and lines[-1] and len(longer) > width:
            lines.append(each)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def bindings(pane: Pane) -> list[Binding]:
    """What a widget of this pane binds. Its id is by what the app's keymap binds it anew. Labels
    are in English here: it binds before a language is chosen; who shows them speaks it."""
    return [
        Binding(
            ",".join(action.keys),
            f"act('{action.id}')",
            action.label or action.help,
            show=bool(action.label),
            key_display=key_name(action.keys[0]),
            tooltip=action.help,
            id=name_of(action),
        )
        for action in ACTIONS
        if action.pane is pane
    ]


@runtime_checkable
class Actor(Protocol):
    """A widget that has actions of its own: `PANE` is where they are at home."""

    PANE: ClassVar[Pane]

    def fits(self, needs: Needs) -> bool:
        """Is that there upon which an action acts?"""
        ...

    def action_act(self, action: str) -> None:
        """Do it, by its id."""
        ...


@runtime_checkable
class Doer(Protocol):
    """A screen that does what its panes leave to it."""

    def asked(self, pane: Widget, action: str) -> None:
        """Somebody asked for an action in a pane."""


Does = Mapping[str, Callable[[Any], object]]
"""What a pane does itself, by the id of the action."""


def act(pane: Widget, does: Does, action: str) -> None:
    """Do it, or report that it was asked for."""
    found = does.get(action)
    if found is not None:
        found(pane)
    else:
        ask(pane, action)


def ask(pane: Widget, action: str) -> None:
    """Report that an action was asked for. No message carries that: the next key may already
    belong where this one leads."""
    if isinstance(pane.screen, Doer):
        pane.screen.asked(pane, action)
