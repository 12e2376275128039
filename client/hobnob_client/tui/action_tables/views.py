"""What fills the screen for a while: hits, the outbox, settings, bare texts, the welcome."""

from typing import Final

from hobnob_client.tui.action import Action, Pane

_FIND: Final = Pane.SEARCH
_OUT: Final = Pane.OUTBOX
_DOES: Final = Pane.PALETTE
_LEAP: Final = Pane.JUMPING
_BARE: Final = Pane.BARE
_CALLS: Final = Pane.ATTENTION

VIEWS: Final[tuple[Action, ...]] = (
    Action("hit_up", _FIND, ("up",), "", "The hit above."),
    Action("hit_down", _FIND, ("down",), "", "The hit below."),
    Action("page_up", _FIND, ("pageup",), "", "Some hits up."),
    Action("page_down", _FIND, ("pagedown",), "", "Some hits down."),
    Action("month_before", _FIND, ("ctrl+up",), "", "The newest hit of the month before."),
    Action("month_after", _FIND, ("ctrl+down",), "", "The newest hit of the month behind."),
    Action("complete", _FIND, ("tab",), "", "Type what is offered; again: the next of it."),
    Action("go", _FIND, ("enter",), "Open there", "Go to the message; Esc comes back here."),
    Action(
        "save", _FIND, ("ctrl+s",), "Keep", "Keep the search in the list of channels, or drop it."
    ),
    Action("ask", _FIND, ("ctrl+n",), "Ask", "Ask the words where you were; nothing is sent yet."),
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
    #
    Action("up", _DOES, ("up",), "", "The line above."),
    Action("down", _DOES, ("down",), "", "The line below."),
    Action("page_up", _DOES, ("pageup",), "", "Some lines up."),
    Action("page_down", _DOES, ("pagedown",), "", "Some lines down."),
    Action("take", _DOES, ("enter",), "Do it", "Do what the line says."),
    Action("close", _DOES, ("escape", "ctrl+p"), "Back", "Back; nothing was done."),
    #
    Action("close", _LEAP, ("escape", "ctrl+g"), "Back", "Back to where you were."),
    #
    Action("up", _BARE, ("up", "k"), "", "A line up."),
    Action("down", _BARE, ("down", "j"), "", "A line down."),
    Action("page_up", _BARE, ("pageup", "b"), "", "A screen up."),
    Action("page_down", _BARE, ("pagedown", "space"), "", "A screen down."),
    Action("first", _BARE, ("home", "g"), "", "The oldest text that is held."),
    Action("last", _BARE, ("end", "G"), "", "The newest text that is held."),
    Action("close", _BARE, ("escape", "f9"), "Back", "Back to where you were."),
    #
    Action("up", _CALLS, ("up", "k"), "", "The line above."),
    Action("down", _CALLS, ("down", "j"), "", "The line below."),
    Action("open", _CALLS, ("enter",), "Open", "Go to the message, or set it otherwise."),
    Action(
        "keyword", _CALLS, ("a", "plus"), "Keyword", "Add a keyword that pings wherever it is said."
    ),
    Action("remove", _CALLS, ("x",), "Take away", "Set it no more."),
    Action("other", _CALLS, ("tab",), "Other list", "From last week to what is set, and back."),
    Action("close", _CALLS, ("escape", "f6"), "Back", "Back to where you were."),
    #
    Action("up", Pane.SETTINGS, ("up", "k"), "", "The setting above."),
    Action("down", Pane.SETTINGS, ("down", "j"), "", "The setting below."),
    Action("page_up", Pane.SETTINGS, ("pageup",), "", "Some up."),
    Action("page_down", Pane.SETTINGS, ("pagedown",), "", "Some down."),
    Action("first", Pane.SETTINGS, ("home", "g"), "", "The first."),
    Action("last", Pane.SETTINGS, ("end", "G"), "", "The last."),
    Action(
        "next",
        Pane.SETTINGS,
        ("right", "space", "l"),
        "Next",
        "The next of its choices, kept at once.",
    ),
    Action("before", Pane.SETTINGS, ("left", "h"), "", "The choice before, kept at once."),
    Action("change", Pane.SETTINGS, ("enter",), "Change", "Type it; of a key: press the new one."),
    Action("reset", Pane.SETTINGS, ("d",), "Default", "Let the default hold again."),
    Action("keys", Pane.SETTINGS, ("tab",), "Keys", "From the settings to the keys, and back."),
    Action("close", Pane.SETTINGS, ("escape", "f2"), "Back", "Back; what was changed is kept."),
    #
    Action("up", Pane.WELCOME, ("up", "k"), "", "The way above."),
    Action("down", Pane.WELCOME, ("down", "j"), "", "The way below."),
    Action("choose", Pane.WELCOME, ("enter",), "Choose", "Go this way."),
    Action("tour", Pane.WELCOME, ("1",), "", "Take a tour in the demo world."),
    Action("join", Pane.WELCOME, ("2",), "", "Join a hub by an invite link."),
    Action("link", Pane.WELCOME, ("3",), "", "Link this device to an account that you have."),
    Action(
        "next_theme",
        Pane.WELCOME,
        ("f3",),
        "Colours",
        "Other colours: the next theme, which is kept.",
    ),
    Action("quit", Pane.WELCOME, ("ctrl+q", "escape", "q"), "Leave", "Leave; nothing has changed."),
)
