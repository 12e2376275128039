"""Where one is: the list of channels, the messages, and what can be done from everywhere."""

from typing import Final

from hobnob_client.tui.action import Action, Needs, Pane

_ALL: Final = Pane.EVERYWHERE
_LIST: Final = Pane.CHANNELS
_LINE: Final = Pane.TIMELINE

HOT_NUMBERS: Final = range(1, 10)


def hot_id(number: int) -> str:
    """The id of the action that goes to a place of the line at the top."""
    return f"hot_{number}"


PLACES: Final[tuple[Action, ...]] = (
    Action("back", _ALL, ("escape",), "", "One step back; what you have written stays."),
    Action(
        "switch",
        _ALL,
        ("ctrl+k",),
        "Go to",
        "Go to a channel by some letters, or to somebody by @.",
    ),
    Action(
        "palette",
        _ALL,
        ("ctrl+p",),
        "",
        "Everything you can do here: type to find it.",
    ),
    Action("search", _ALL, ("ctrl+f",), "", "Search all history that is on this device."),
    Action("next_pane", _ALL, ("tab",), "", "The next pane."),
    Action("previous_pane", _ALL, ("shift+tab",), "", "The pane before."),
    Action("jump_mode", _ALL, ("ctrl+g",), "", "Letters beside everything: type one to go there."),
    Action("maximise", _ALL, ("f11",), "", "The focused pane alone, and back."),
    Action("bare", _ALL, ("f9",), "", "The texts alone, for copying with the mouse."),
    Action("next_unread", _ALL, ("alt+a",), "", "The next channel with something unread."),
    *(
        Action(hot_id(nth), _ALL, (f"alt+{nth}",), "", "The place of that number at the top.")
        for nth in HOT_NUMBERS
    ),
    Action("outbox", _ALL, ("ctrl+o",), "", "What waits to be sent, and what was refused."),
    Action("reconnect", _ALL, ("ctrl+r",), "", "Try to reach the hub now."),
    Action(
        "veto", _ALL, ("f4",), "", "Keep out a device that asks to speak for you by an SSH key."
    ),
    Action(
        "attention", _ALL, ("f6",), "", "What would have pinged you, why, and what you have set."
    ),
    Action("match", _ALL, ("f12",), "", "Who should I talk to: three people for what you need."),
    Action("requests", _ALL, ("f10",), "", "Who asks you for help, and whom you have asked."),
    Action("people", _ALL, ("f5",), "", "People, by what they help with, languages and hours."),
    Action(
        "welcome",
        _ALL,
        ("alt+w",),
        "",
        "Some questions: channels and first steps for you.",
    ),
    Action("leave_channel", _ALL, ("alt+l",), "", "Leave the channel; z in time undoes it."),
    Action("fill_in", _ALL, ("f8",), "", "Your profile, and what you agree to."),
    Action("settings", _ALL, ("f2",), "", "All settings, and all keys, to be changed."),
    Action("next_theme", _ALL, ("f3",), "", "Other colours: the next theme, which is kept."),
    Action("help", _ALL, ("f1",), "", "All keys, by pane."),
    Action("quit", _ALL, ("ctrl+q",), "", "Leave; what waits is sent at the next start."),
    #
    Action("up", _LIST, ("up", "k"), "", "The channel above."),
    Action("down", _LIST, ("down", "j"), "", "The channel below."),
    Action("page_up", _LIST, ("pageup",), "", "A screen up."),
    Action("page_down", _LIST, ("pagedown",), "", "A screen down."),
    Action("first", _LIST, ("home", "g"), "", "The first of the list."),
    Action("last", _LIST, ("end", "G"), "", "The last of the list."),
    Action("open", _LIST, ("enter", "right", "l"), "Open", "Open the channel."),
    Action("write", _LIST, ("i",), "Write", "Write in the channel that is shown.", Needs.TALK),
    Action("address", _LIST, ("at",), "", "Write to somebody by handle; only you two read it."),
    Action("group", _LIST, ("ampersand",), "", "Begin a private group; its members alone read it."),
    Action(
        "who", _LIST, ("w",), "", "Who is there; in private, whose devices can read it.", Needs.TALK
    ),
    Action("devices", _LIST, ("D",), "", "Your devices: name, end, or give older history to one."),
    Action("next_unread", _LIST, ("n",), "Unread", "The next channel with something unread."),
    Action("find", _LIST, ("slash",), "Search", "Search all history."),
    Action("walk", _LIST, ("W",), "", "Walk through what is unread, what needs you first."),
    Action("profile", _LIST, ("P",), "", "Who that is, and what they said last."),
    Action("mark_read", _LIST, ("M",), "", "Mark all there as read; z undoes it.", Needs.TALK),
    Action(
        "mark_unread", _LIST, ("U",), "", "Mark what was said there last as unread.", Needs.TALK
    ),
    Action("first_unread", _LIST, ("u",), "", "Open it where what is unread begins.", Needs.TALK),
    Action("explore", _LIST, ("X",), "", "Look around and mark nothing as read, or end that."),
    Action("undo", _LIST, ("z",), "", "Undo what you did last here."),
    Action(
        "level",
        _LIST,
        ("N",),
        "",
        "How much of the channel pings, or nothing for a while.",
        Needs.TALK,
    ),
    Action("mute", _LIST, ("m",), "", "Mute the channel, or hear it again.", Needs.TALK),
    Action("suspend", _LIST, ("ctrl+z",), "", "To the shell; fg comes back here."),
    Action("keys", _LIST, ("question_mark",), "Keys", "All keys, by pane."),
    #
    Action("up", _LINE, ("up", "k"), "Select", "The message above.", yields=True),
    Action("down", _LINE, ("down", "j"), "", "The message below."),
    Action("page_up", _LINE, ("pageup", "b"), "", "A screen up."),
    Action("page_down", _LINE, ("pagedown", "space"), "", "A screen down."),
    Action("begin", _LINE, ("home", "g"), "", "The oldest message on this device."),
    Action("end", _LINE, ("end", "G"), "", "The newest message, and follow what comes."),
    Action(
        "open",
        _LINE,
        ("enter",),
        "Open",
        "Open the thread of the message; within it, go to what it answers.",
        Needs.LEADS,
    ),
    Action("reply", _LINE, ("r",), "Reply", "Reply to the message.", Needs.MESSAGE),
    Action("write", _LINE, ("i",), "Write", "Write in this channel or thread."),
    Action("quote", _LINE, ("q",), "", "Reply to the message, and quote it.", Needs.MESSAGE),
    Action("react", _LINE, ("plus",), "React", "Choose a reaction; who gave which.", Needs.MESSAGE),
    Action(
        "join_in",
        _LINE,
        ("equals_sign",),
        "",
        "Give the first reaction that is there, or take it back.",
        Needs.MESSAGE,
    ),
    Action("thank", _LINE, ("t",), "", "Thank its author, or take that back.", Needs.OTHERS),
    Action(
        "accept",
        _LINE,
        ("a",),
        "",
        "Accept it as the answer (who asked, moderators), or not.",
        Needs.MESSAGE,
    ),
    Action("entitle", _LINE, ("T",), "", "Call its thread something; without one, begin one."),
    Action("resolve", _LINE, ("x",), "", "Its thread is solved, or open again.", Needs.MESSAGE),
    Action("vote", _LINE, ("v",), "Vote", "Vote in a poll, or take the vote back.", Needs.POLL),
    Action("poll", _LINE, ("p",), "", "Ask all in the channel to choose."),
    Action(
        "close_poll",
        _LINE,
        ("c",),
        "",
        "Close a poll for good; z in time undoes it.",
        Needs.POLL,
    ),
    Action(
        "confide",
        _LINE,
        ("m",),
        "",
        "Write to the author of the message; only you two read it.",
        Needs.IN_CHANNEL,
    ),
    Action("address", _LINE, ("at",), "", "Write to somebody by handle; only you two read it."),
    Action("group", _LINE, ("ampersand",), "", "Begin a private group; its members alone read it."),
    Action("who", _LINE, ("w",), "", "Who is there; in private, whose devices can read it."),
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
    Action("links", _LINE, ("L",), "", "The links of the message, or of all that is seen."),
    Action("reveal", _LINE, ("S",), "", "Show what it hides, or hide it.", Needs.SPOILER),
    Action("code", _LINE, ("C",), "", "Copy its code; again for the next block.", Needs.CODE),
    Action("whole", _LINE, ("V",), "", "See it whole in your $PAGER, as written.", Needs.TEXT),
    Action("link", _LINE, ("Y",), "", "Copy a link to the message.", Needs.MESSAGE),
    Action("versions", _LINE, ("E",), "", "What it said before it was changed.", Needs.EDITED),
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
        Needs.IN_CHANNEL,
    ),
    Action(
        "block",
        _LINE,
        ("B",),
        "",
        "Block its author on your devices, or hear them again.",
        Needs.OTHERS,
    ),
    Action("walk", _LINE, ("W",), "", "Walk through what is unread, what needs you first."),
    Action("profile", _LINE, ("P",), "", "Who that is, and what they said last.", Needs.MESSAGE),
    Action("outline", _LINE, ("O",), "", "Its thread in short, to jump in.", Needs.MESSAGE),
    Action("save", _LINE, ("s",), "", "Save the message, or no longer.", Needs.MESSAGE),
    Action("first_unread", _LINE, ("u",), "", "To the first unread message."),
    Action("mark_read", _LINE, ("M",), "", "Mark all here as read; z undoes it."),
    Action(
        "mark_unread",
        _LINE,
        ("U",),
        "",
        "Mark it and what follows as unread; it stays so.",
        Needs.MESSAGE,
    ),
    Action("explore", _LINE, ("X",), "", "Look around and mark nothing as read, or end that."),
    Action(
        "follow",
        _LINE,
        ("f",),
        "",
        "Hear all of the thread of the message, or no longer.",
        Needs.MESSAGE,
    ),
    Action(
        "level",
        _LINE,
        ("N",),
        "",
        "How much of the channel or thread pings, or nothing for a while.",
    ),
    Action("next_unread", _LINE, ("n",), "", "The next channel with something unread."),
    Action("find", _LINE, ("slash",), "Search", "Search all history."),
    Action("day", _LINE, ("J",), "", "Jump to a day, such as 2026-03-14, yesterday or 7d."),
    Action("channels", _LINE, ("left", "h"), "", "To the list of channels."),
    Action("suspend", _LINE, ("ctrl+z",), "", "To the shell; fg comes back here."),
    Action("keys", _LINE, ("question_mark",), "Keys", "All keys, by pane.", yields=True),
)
