"""Home and the rooms below it, the walk through what is unread, and closer looks."""

from typing import Final

from hobnob_client.tui.action import Action, Needs, Pane

_ROOM: Final = Pane.ROOM
_ENTRY: Final = Needs.MESSAGE
_WALK: Final = Pane.WALK
_TERMS: Final = Pane.TERMS
_SHORT: Final = Pane.OUTLINE
_WHOSE: Final = Pane.PROFILE
_MINE: Final = Pane.BADGES

ROOMS: Final[tuple[Action, ...]] = (
    Action("up", _ROOM, ("up", "k"), "", "The entry above."),
    Action("down", _ROOM, ("down", "j"), "", "The entry below."),
    Action("page_up", _ROOM, ("pageup", "b"), "", "Some entries up."),
    Action("page_down", _ROOM, ("pagedown", "space"), "", "Some entries down."),
    Action("first", _ROOM, ("home", "g"), "", "The first entry."),
    Action("last", _ROOM, ("end", "G"), "", "The last entry."),
    Action(
        "request_accept",
        _ROOM,
        ("a",),
        "Accept",
        "In Requests: say that you help; who asked sees it.",
        Needs.ASKED_OF_ME,
    ),
    Action(
        "request_decline",
        _ROOM,
        ("d",),
        "Decline",
        "In Requests: say that you do not help; nobody is told.",
        Needs.ASKED_OF_ME,
    ),
    Action(
        "request_next",
        _ROOM,
        ("o",),
        "Ask the next",
        "In Requests: ask whoever was ranked behind one who has not answered.",
        Needs.OVERDUE,
    ),
    Action("request_helped", _ROOM, ("y",), "It helped", "In Requests: it helped.", Needs.AGREED),
    Action(
        "request_not_helped",
        _ROOM,
        ("N",),
        "It did not",
        "In Requests: it did not help.",
        Needs.AGREED,
    ),
    Action("request_met", _ROOM, ("e",), "Met", "In Requests: you two have met.", Needs.ACCEPTED),
    Action(
        "request_withdraw",
        _ROOM,
        ("x",),
        "Withdraw",
        "In Requests: take back what you have asked and nobody has answered.",
        Needs.UNANSWERED,
    ),
    Action(
        "request_again",
        _ROOM,
        ("A",),
        "Ask now",
        "In Requests: ask whom the hub has not heard of yet.",
        Needs.UNASKED,
    ),
    Action(
        "go_there",
        _ROOM,
        ("enter", "right", "l"),
        "Open there",
        "Go there; Esc comes back here.",
        _ENTRY,
    ),
    Action(
        "answer_there", _ROOM, ("r",), "Reply", "Reply to the message, where it was said.", _ENTRY
    ),
    Action("done", _ROOM, ("m",), "Mark read", "It is read, or done with; z undoes it.", _ENTRY),
    Action("walk", _ROOM, ("W",), "Catch up", "Walk through what is unread, what needs you first."),
    Action("profile", _ROOM, ("P",), "", "Who that is, and what they said last."),
    Action("save", _ROOM, ("s",), "", "Save the message, or take it off what is saved."),
    Action("feed_terms", _ROOM, ("w",), "", "In the Feed: all reasons; in Boards: the formula."),
    Action("feed_order", _ROOM, ("f",), "", "In the Feed: ranked for you, or newest first."),
    Action(
        "fewer", _ROOM, ("minus",), "", "In the Feed: hide the thread for 14 days; z undoes it."
    ),
    Action(
        "feed_anew",
        _ROOM,
        ("R",),
        "",
        "In the Feed: rank it anew; in Boards and Requests: ask again.",
    ),
    Action("board_period", _ROOM, ("p",), "", "In Boards: the next period."),
    Action("board_place", _ROOM, ("c",), "", "In Boards: of one channel, or of everybody."),
    Action("board_part", _ROOM, ("t",), "", "In Boards: take part, or leave every board at once."),
    Action("match", _ROOM, ("M",), "", "Who should I talk to: three people for what you need."),
    Action("explore", _ROOM, ("X",), "", "Look around and mark nothing as read, or end that."),
    Action("undo", _ROOM, ("z",), "", "Undo what you did last here."),
    Action("next_unread", _ROOM, ("n",), "Next unread", "The next channel with something unread."),
    Action("find", _ROOM, ("slash",), "Search", "Search all history."),
    Action("address", _ROOM, ("at",), "", "Write to somebody by handle; only you two read it."),
    Action("channels", _ROOM, ("left", "h"), "", "To the list of channels."),
    Action("keys", _ROOM, ("question_mark",), "", "All keys, by pane."),
    #
    Action("next_stop", _WALK, ("enter", "n"), "Next stop", "On to the next stop."),
    Action("stop_before", _WALK, ("backspace", "p"), "Back one", "The stop before."),
    Action("walk_page_down", _WALK, ("space", "pagedown"), "Read on", "A screen down."),
    Action("walk_page_up", _WALK, ("b", "pageup"), "", "A screen up."),
    Action("walk_down", _WALK, ("down", "j"), "", "A line down."),
    Action("walk_up", _WALK, ("up", "k"), "", "A line up."),
    Action("walk_into", _WALK, ("right", "l"), "Into it", "To the messages; Esc comes back."),
    Action("undo", _WALK, ("z",), "", "Undo what you did last here."),
    Action("end_walk", _WALK, ("escape", "W"), "End", "End it, back to where you were."),
    #
    Action("up", _TERMS, ("up", "k"), "", "The term above."),
    Action("down", _TERMS, ("down", "j"), "", "The term below."),
    Action("first", _TERMS, ("home", "g"), "", "What they come to."),
    Action("last", _TERMS, ("end", "G"), "", "The term that says least."),
    Action("close", _TERMS, ("escape", "w", "enter"), "Back", "Back to where you were."),
    #
    Action("up", _SHORT, ("up", "k"), "", "The message above."),
    Action("down", _SHORT, ("down", "j"), "", "The message below."),
    Action("first", _SHORT, ("home", "g"), "", "The first message."),
    Action("last", _SHORT, ("end", "G"), "", "The last message."),
    Action("go", _SHORT, ("enter",), "Go there", "Go to the message in its thread."),
    Action("close", _SHORT, ("escape", "O"), "Back", "Back to where you were."),
    #
    Action("up", _WHOSE, ("up", "k"), "", "The message above."),
    Action("down", _WHOSE, ("down", "j"), "", "The message below."),
    Action("go", _WHOSE, ("enter",), "Go there", "Go to the message."),
    Action("confide", _WHOSE, ("m",), "Message", "Write to them; only you two read it."),
    Action("fill_in", _WHOSE, ("e",), "Fill in", "Of your own: fill it in, say what you agree to."),
    Action("hide_badge", _WHOSE, ("h",), "Badges", "Of your own: hide a badge, or show it."),
    Action("compare", _WHOSE, ("v",), "Compare", "Compare a number, to know that it is them."),
    Action("page_up", _WHOSE, ("pageup",), "", "Back up in what is known of them."),
    Action("page_down", _WHOSE, ("pagedown",), "More", "Further down in what is known of them."),
    Action("close", _WHOSE, ("escape", "P"), "Back", "Back to where you were."),
    #
    Action("up", _MINE, ("up", "k"), "", "The badge above."),
    Action("down", _MINE, ("down", "j"), "", "The badge below."),
    Action("toggle", _MINE, ("enter", "space"), "Hide or show", "Hide the badge, or show it."),
    Action("close", _MINE, ("escape", "h"), "Back", "Back to where you were."),
)
