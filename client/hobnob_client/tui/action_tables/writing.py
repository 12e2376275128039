"""Where one writes: the field, a poll that is asked, a reaction, and a text that is too long."""

from typing import Final

from hobnob_client.tui.action import Action, Pane

_WRITE: Final = Pane.COMPOSER
_ASK: Final = Pane.ASKING

WRITING: Final[tuple[Action, ...]] = (
    Action("send", _WRITE, ("enter",), "Send", "Send, or queue while the hub is away."),
    Action("new_line", _WRITE, ("alt+enter", "ctrl+j"), "New line", "Begin a new line."),
    Action("complete", _WRITE, ("tab",), "", "Take what is offered above, or the next pane."),
    Action(
        "edit_last",
        _WRITE,
        ("up",),
        "",
        "Another offer; in an empty field: change what you said last.",
    ),
    Action("offer_below", _WRITE, ("down",), "", "Another offer, or the line below."),
    Action("preview", _WRITE, ("alt+p",), "", "See how it will look, while you write."),
    Action("editor", _WRITE, ("ctrl+e",), "Editor", "Write in your $EDITOR."),
    Action("older", _WRITE, ("alt+up",), "", "What you said here before; the draft waits."),
    Action("newer", _WRITE, ("alt+down",), "", "What you said after that, at last the draft."),
    Action("line_start", _WRITE, ("ctrl+a", "home"), "", "The beginning of the line."),
    Action("line_end", _WRITE, ("alt+e", "end"), "", "The end of the line; Ctrl+E is $EDITOR."),
    Action("word_left", _WRITE, ("alt+b", "ctrl+left"), "", "The word before."),
    Action("word_right", _WRITE, ("alt+f", "ctrl+right"), "", "The next word."),
    Action("kill_to_blank", _WRITE, ("ctrl+w",), "", "Cut out what is before, up to a blank."),
    Action("kill_word_left", _WRITE, ("alt+backspace",), "", "Cut out the word before."),
    Action("kill_word_right", _WRITE, ("alt+d", "alt+delete"), "", "Cut out the next word."),
    Action("kill_line_start", _WRITE, ("ctrl+u",), "", "Cut out the line up to here."),
    Action("kill_line_end", _WRITE, ("alt+k",), "", "Cut out the rest of the line."),
    Action("yank", _WRITE, ("ctrl+y",), "", "Put back what was cut out."),
    Action("yank_before", _WRITE, ("alt+y",), "", "Instead of it, what was cut out before."),
    Action("take_back", _WRITE, ("ctrl+z", "ctrl+underscore"), "", "Undo the last change."),
    Action("bring_back", _WRITE, ("alt+z",), "", "Bring back what was undone."),
    Action("leave", _WRITE, ("escape",), "To messages", "To the messages; the draft stays."),
    #
    Action("take", _ASK, ("enter",), "Take", "Take the line; an empty one asks the poll."),
    Action("back_one", _ASK, ("backspace",), "", "In an empty line: take the last one back."),
    Action("several", _ASK, ("ctrl+t",), "Several", "Let one choose several options, or one."),
    Action("close", _ASK, ("escape",), "Back", "Back, and nothing is asked."),
    #
    Action("up", Pane.REACTING, ("up",), "", "The reaction above."),
    Action("down", Pane.REACTING, ("down",), "", "The reaction below."),
    Action("give", Pane.REACTING, ("enter",), "Give", "Give it, or take yours back."),
    Action("close", Pane.REACTING, ("escape",), "Back", "Back, and nothing is given."),
    #
    Action("split", Pane.LONG, ("s",), "Split", "Send it as several messages."),
    Action("thread", Pane.LONG, ("t",), "Thread", "Begin a thread; what is too long goes there."),
    Action("close", Pane.LONG, ("escape",), "Back", "Back to the text, to shorten it."),
)
