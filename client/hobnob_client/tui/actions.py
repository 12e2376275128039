"""Everything a person can do on the screen: one table, from which keys, footer and help are made.

A widget takes its bindings from here and nowhere else. What it cannot do itself it asks of its
screen. Plain letters stand in lists only, never where one writes. `Esc` is
always one step back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from textual.binding import Binding
from textual.widget import Widget


class Pane(StrEnum):
    """Where an action is at home."""

    EVERYWHERE = "everywhere"
    CHANNELS = "channels"
    TIMELINE = "timeline"
    COMPOSER = "composer"
    SEARCH = "search"
    OUTBOX = "outbox"


class Needs(StrEnum):
    """What must be selected for an action to be offered."""

    NOTHING = ""
    MESSAGE = "message"
    OTHERS = "a message of somebody else"
    OWN = "a message of one's own"
    REFUSED = "a message that was not sent"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: `keys` as Textual names them, the first is shown; `label` is the footer's
    word, "" where the footer leaves it out; `help` is a sentence of the manual; `needs` says upon
    what it acts."""

    id: str
    pane: Pane
    keys: tuple[str, ...]
    label: str
    help: str
    needs: Needs = Needs.NOTHING


_ALL, _LIST, _LINE, _WRITE, _FIND, _OUT = (
    Pane.EVERYWHERE,
    Pane.CHANNELS,
    Pane.TIMELINE,
    Pane.COMPOSER,
    Pane.SEARCH,
    Pane.OUTBOX,
)

ACTIONS: tuple[Action, ...] = (
    Action("back", _ALL, ("escape",), "", "One step back; what you have written stays."),
    Action("switch", _ALL, ("ctrl+k",), "Go to", "Go to a channel by some letters of its name."),
    Action("search", _ALL, ("ctrl+f",), "", "Search all history that is on this device."),
    Action("next_pane", _ALL, ("tab",), "", "The next pane."),
    Action("previous_pane", _ALL, ("shift+tab",), "", "The pane before."),
    Action("next_unread", _ALL, ("alt+a",), "", "The next channel with something unread."),
    Action("outbox", _ALL, ("ctrl+o",), "", "What waits to be sent, and what was refused."),
    Action("reconnect", _ALL, ("ctrl+r",), "", "Try to reach the hub now."),
    Action("help", _ALL, ("f1",), "", "All keys, by pane."),
    Action("quit", _ALL, ("ctrl+q",), "", "Leave; what waits is sent at the next start."),
    #
    Action("up", _LIST, ("up", "k"), "", "The channel above."),
    Action("down", _LIST, ("down", "j"), "", "The channel below."),
    Action("open", _LIST, ("enter", "right", "l"), "Open", "Open the channel."),
    Action("write", _LIST, ("i",), "Write", "Write in the channel that is shown."),
    Action("next_unread", _LIST, ("n",), "Next unread", "The next channel with something unread."),
    Action("find", _LIST, ("slash",), "Search", "Search all history."),
    Action("mute", _LIST, ("m",), "Mute", "Mute the channel, or hear it again."),
    Action("keys", _LIST, ("question_mark",), "Keys", "All keys, by pane."),
    #
    Action("up", _LINE, ("up", "k"), "", "The message above."),
    Action("down", _LINE, ("down", "j"), "", "The message below."),
    Action("page_up", _LINE, ("pageup", "b"), "", "A screen up."),
    Action("page_down", _LINE, ("pagedown", "space"), "", "A screen down."),
    Action("begin", _LINE, ("home", "g"), "", "The oldest message on this device."),
    Action("end", _LINE, ("end", "G"), "", "The newest message, and follow what comes."),
    Action("open", _LINE, ("enter",), "Thread", "Open the thread of the message.", Needs.MESSAGE),
    Action("reply", _LINE, ("r",), "Reply", "Answer the message.", Needs.MESSAGE),
    Action("write", _LINE, ("i",), "Write", "Write in this channel or thread."),
    Action("react", _LINE, ("plus",), "React", "Give or take back a thumbs-up.", Needs.MESSAGE),
    Action("edit", _LINE, ("e",), "Edit", "Change a message of your own.", Needs.OWN),
    Action(
        "delete",
        _LINE,
        ("d",),
        "",
        "Take back a message of your own; z undoes it first.",
        Needs.OWN,
    ),
    Action("undo", _LINE, ("z",), "", "Undo what you did last here."),
    Action("copy", _LINE, ("y",), "", "Copy the text of the message.", Needs.MESSAGE),
    Action("retry", _LINE, ("R",), "", "Send a refused message again.", Needs.REFUSED),
    Action(
        "report",
        _LINE,
        ("exclamation_mark",),
        "",
        "Report the message, with a reason.",
        Needs.OTHERS,
    ),
    Action(
        "hide",
        _LINE,
        ("H",),
        "",
        "Hide the message for all (moderators), or show it again.",
        Needs.OTHERS,
    ),
    Action(
        "block",
        _LINE,
        ("B",),
        "",
        "Block its author on your devices, or hear them again.",
        Needs.OTHERS,
    ),
    Action("next_unread", _LINE, ("n",), "", "The next channel with something unread."),
    Action("find", _LINE, ("slash",), "Search", "Search all history."),
    Action("channels", _LINE, ("left", "h"), "", "To the list of channels."),
    Action("keys", _LINE, ("question_mark",), "", "All keys, by pane."),
    #
    Action("send", _WRITE, ("enter",), "Send", "Send, or queue while the hub is away."),
    Action("new_line", _WRITE, ("alt+enter", "ctrl+j"), "New line", "Begin a new line."),
    Action("edit_last", _WRITE, ("up",), "", "In an empty field: change what you said last."),
    Action("editor", _WRITE, ("ctrl+e",), "Editor", "Write in your $EDITOR."),
    Action("leave", _WRITE, ("escape",), "To the list", "To the list; the draft stays."),
    #
    Action("hit_up", _FIND, ("up",), "", "The hit above."),
    Action("hit_down", _FIND, ("down",), "", "The hit below."),
    Action("go", _FIND, ("enter",), "Open there", "Go to the message in its channel."),
    Action("close", _FIND, ("escape",), "Back", "Back to where you were."),
    #
    Action("up", _OUT, ("up", "k"), "", "The one above."),
    Action("down", _OUT, ("down", "j"), "", "The one below."),
    Action("go", _OUT, ("enter",), "Go there", "Go to where it belongs."),
    Action("retry", _OUT, ("R",), "Send again", "Send a refused one again."),
    Action("rewrite", _OUT, ("e",), "Edit", "Take a refused text back into its field."),
    Action("copy", _OUT, ("y",), "Copy", "Copy its text."),
    Action("drop", _OUT, ("d",), "Drop", "Forget a refused one, once you leave; z undoes it."),
    Action("undo", _OUT, ("z",), "", "Keep after all what you dropped."),
    Action("close", _OUT, ("escape",), "Back", "Back to where you were."),
)
"""Every action; one may have several panes, and one id only once in each."""


def of(pane: Pane) -> tuple[Action, ...]:
    """The actions of a pane, in the order of the footer."""
    return tuple(action for action in ACTIONS if action.pane is pane)


def hint(pane: Pane) -> str:
    """The labelled keys of a pane in one line, for what has no footer."""
    return " · ".join(f"{key_name(each.keys[0])} {each.label}" for each in of(pane) if each.label)


def bindings(pane: Pane) -> list[Binding]:
    """What a widget of this pane binds."""
    return [
        Binding(
            ",".join(action.keys),
            f"act('{action.id}')",
            action.label or action.help,
            show=bool(action.label),
            key_display=key_name(action.keys[0]),
            tooltip=action.help,
            id=f"{pane}.{action.id}",
        )
        for action in of(pane)
    ]


_NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "slash": "/",
    "question_mark": "?",
    "exclamation_mark": "!",
    "plus": "+",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
}


def key_name(key: str) -> str:
    """A key as people write it: "Ctrl+K", "Alt+Enter", "PgUp"."""
    *held, last = key.split("+")
    words = [word.capitalize() for word in held]
    if last.startswith("f") and last[1:].isdigit():
        return "+".join((*words, last.upper()))
    return "+".join((*words, _NAMES.get(last, last.upper() if held else last)))


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
