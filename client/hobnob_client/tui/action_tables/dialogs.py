"""What lies above for one thing to be chosen, and goes again."""

from typing import Final

from hobnob_client.tui.action import Action, Pane

_POLL: Final = Pane.POLL
_LINKS: Final = Pane.LINKS
_WERE: Final = Pane.VERSIONS
_PICK: Final = Pane.PICKING
_WHO: Final = Pane.MEMBERS
_SAME: Final = Pane.COMPARING
_STOP: Final = Pane.STOPPED
_MINE: Final = Pane.DEVICES
_SURE: Final = Pane.CONFIRMING
_LOUD: Final = Pane.LOUDNESS
_NEED: Final = Pane.MATCHING
_FOLK: Final = Pane.PEOPLE
_FILL: Final = Pane.FILLING
_FIRST: Final = Pane.QUESTIONS

PICKS: Final = range(1, 6)


def pick_id(number: int) -> str:
    """The id of the action that takes what has that number in the match wizard."""
    return f"pick_{number}"


MARKS: Final = range(1, 10)


def marks_id(number: int) -> str:
    """The id of the action that chooses what has that number among a newcomer's questions."""
    return f"choose_{number}"


DIALOGS: Final[tuple[Action, ...]] = (
    Action("jump", Pane.DAY, ("enter",), "Go there", "Go to the first message of the day."),
    Action("close", Pane.DAY, ("escape",), "Back", "Back to where you were."),
    #
    Action("up", _POLL, ("up", "k"), "", "The option above."),
    Action("down", _POLL, ("down", "j"), "", "The option below."),
    Action("mark", _POLL, ("space",), "Mark", "Choose the option, or not; nothing is said yet."),
    Action("vote", _POLL, ("enter",), "Vote", "Vote for what is marked, else for this option."),
    Action("withdraw", _POLL, ("x",), "Take back", "Take your vote back."),
    Action("close", _POLL, ("escape",), "Back", "Back, and no vote is given."),
    #
    Action("up", _LINKS, ("up", "k"), "", "The link above."),
    Action("down", _LINKS, ("down", "j"), "", "The link below."),
    Action("number", _LINKS, (*"1234567890",), "", "The link of this number."),
    Action("open", _LINKS, ("enter",), "Open", "Open it outside; a message opens here."),
    Action("copy", _LINKS, ("y",), "Copy", "Copy the address."),
    Action("close", _LINKS, ("escape",), "Back", "Back to where you were."),
    #
    Action("up", _WERE, ("up", "k"), "", "A line up."),
    Action("down", _WERE, ("down", "j"), "", "A line down."),
    Action("close", _WERE, ("escape", "E"), "Back", "Back to where you were."),
    #
    Action("up", _PICK, ("up",), "", "The member above."),
    Action("down", _PICK, ("down",), "", "The member below."),
    Action("take", _PICK, ("enter",), "Take", "Take the member; an empty line ends the list."),
    Action("back_one", _PICK, ("backspace",), "", "In an empty line: take the last one back."),
    Action("close", _PICK, ("escape",), "Back", "Back, and nothing has changed."),
    #
    Action("up", _WHO, ("up", "k"), "", "The member above."),
    Action("down", _WHO, ("down", "j"), "", "The member below."),
    Action("first", _WHO, ("home", "g"), "", "The first member."),
    Action("last", _WHO, ("end", "G"), "", "The last member."),
    Action("confide", _WHO, ("enter", "m"), "Message", "Write to them; only you two read it."),
    Action("compare", _WHO, ("v",), "Compare", "Compare a number, to know that it is really them."),
    Action("add", _WHO, ("a", "plus"), "Add", "Let more members in; they read what is said later."),
    Action(
        "remove", _WHO, ("x",), "Put out", "Put them out; they read nothing that is said later."
    ),
    Action("promote", _WHO, ("p",), "Admin", "Let them add and put out members, too."),
    Action("title", _WHO, ("t",), "Title", "Give the group a title that its members alone see."),
    Action("quit_group", _WHO, ("L",), "Leave", "Leave the group; what was kept of it here goes."),
    Action("close", _WHO, ("escape", "w"), "Back", "Back to where you were."),
    #
    Action("same", _SAME, ("y",), "The same", "Both have this number: mark them as verified."),
    Action("differs", _SAME, ("n",), "Another", "They have another number: stop."),
    Action("type", _SAME, ("t",), "Type it", "Type or paste the number as they have it."),
    Action("unverify", _SAME, ("u",), "Unmark", "Let them count as not verified."),
    Action("close", _SAME, ("escape",), "Back", "Back; nothing has changed."),
    #
    Action("compare", _STOP, ("v",), "Compare anew", "Compare a number with whoever is there now."),
    Action("close", _STOP, ("escape",), "Back", "Back; nothing was said."),
    #
    Action("up", _MINE, ("up", "k"), "", "The device above."),
    Action("down", _MINE, ("down", "j"), "", "The device below."),
    Action("rename", _MINE, ("r",), "Name", "Call it by a name that your own devices show."),
    Action(
        "hand", _MINE, ("h",), "Hand over", "Write what was sealed before it into a file for it."
    ),
    Action("revoke", _MINE, ("x",), "End", "Let it speak for you no more."),
    Action("close", _MINE, ("escape", "D"), "Back", "Back to where you were."),
    #
    Action("up", _NEED, ("up", "k"), "", "The choice or the person above."),
    Action("down", _NEED, ("down", "j"), "", "The choice or the person below."),
    Action("take", _NEED, ("enter",), "Choose", "Choose it; of a person: open the first post."),
    *(
        Action(pick_id(nth), _NEED, (f"{nth}",), "", "The choice, or the post, of that number.")
        for nth in PICKS
    ),
    Action("no_matter", _NEED, ("0",), "No matter", "It is no matter: nobody is ruled out."),
    Action("open", _NEED, ("o",), "Open", "Open the first post that speaks for the person."),
    Action(
        "ask", _NEED, ("a",), "Ask", "Ask them for help: a note under seal, which you see first."
    ),
    Action("confide", _NEED, ("n",), "Write", "Begin a note to them that asks for nothing yet."),
    Action("not_now", _NEED, ("l",), "Not now", "Not this person now: the next one comes instead."),
    Action("more_like", _NEED, ("m",), "More like", "More people like this one."),
    Action("why", _NEED, ("w",), "Why", "All that the rank of the person came from."),
    Action("change", _NEED, ("backspace",), "Change", "One answer back, or change the words."),
    Action("agree", _NEED, ("y",), "Be proposed", "Agree to be proposed to others, or no longer."),
    Action("stop", _NEED, ("s",), "Show now", "Ask no more: show three people now."),
    Action("close", _NEED, ("escape",), "Back", "Back to where you were."),
    #
    Action("up", _FOLK, ("up", "k"), "", "The person above."),
    Action("down", _FOLK, ("down", "j"), "", "The person below."),
    Action("page_up", _FOLK, ("pageup",), "", "Some people up."),
    Action("page_down", _FOLK, ("pagedown",), "", "Some people down."),
    Action("profile", _FOLK, ("enter",), "Profile", "Who that is; Esc comes back here."),
    Action("other", _FOLK, ("tab",), "To the list", "From the filter to the list, and back."),
    Action("confide", _FOLK, ("m",), "Message", "Write to them; only you two read it."),
    Action("match", _FOLK, ("M",), "Describe a need", "Say what you need: three people, and why."),
    Action("fill_in", _FOLK, ("f8",), "Your profile", "Your profile, and what you agree to."),
    Action("filter", _FOLK, ("slash",), "Filter", "Back to the words they are found by."),
    Action("close", _FOLK, ("escape",), "Back", "Back to where you were."),
    #
    Action("next", _FILL, ("tab", "down"), "Next", "The next line; the one you leave is kept."),
    Action("before", _FILL, ("shift+tab", "up"), "", "The line before."),
    Action("take", _FILL, ("enter",), "Next, or turn", "The next line; of a switch: turn it."),
    Action("toggle", _FILL, ("space",), "", "Agree, or no longer: it holds at once."),
    Action("close", _FILL, ("escape",), "Keep and go back", "Back; all that fits is kept."),
    #
    Action("up", _FIRST, ("up", "k"), "", "The choice above."),
    Action("down", _FIRST, ("down", "j"), "", "The choice below."),
    Action("take", _FIRST, ("enter",), "Go on", "Choose it and go on; at the end: do it all."),
    Action("mark", _FIRST, ("space",), "Mark", "Choose it too, or no longer."),
    *(
        Action(marks_id(nth), _FIRST, (f"{nth}",), "", "Choose what has that number, or no longer.")
        for nth in MARKS
    ),
    Action("skip", _FIRST, ("s",), "Skip", "Say nothing to this question."),
    Action("change", _FIRST, ("backspace",), "Back one", "The question before."),
    Action("close", _FIRST, ("escape",), "Look around", "Leave the questions; answers are kept."),
    #
    Action("yes", _SURE, ("y",), "Yes", "Do it."),
    Action("close", _SURE, ("escape", "n"), "Back", "Back; nothing has changed."),
    #
    Action("up", _LOUD, ("up", "k"), "", "The line above."),
    Action("down", _LOUD, ("down", "j"), "", "The line below."),
    Action("choose", _LOUD, ("enter",), "Choose", "Let this hold."),
    Action(
        "more",
        _LOUD,
        ("f6",),
        "Keywords and more",
        "Keywords, quiet hours, and what would have pinged.",
    ),
    Action("close", _LOUD, ("escape", "N"), "Back", "Back; nothing has changed."),
)
