"""What a line that begins with a slash asks for: one table, from which completion, the page of keys
and the manual are made."""

from typing import Final

from hobnob_client import slash
from hobnob_client.catalogue import later
from hobnob_client.slash import Misspelt
from hobnob_client.tui.composing.begun import Sort
from hobnob_protocol.value import value


@value
class Command(slash.Command):
    """One command of the screen: `sort` says how what stands behind it is completed."""

    sort: Sort | None = None


COMMANDS: Final = (
    Command(
        "join",
        "#channel",
        later("Go to a channel, and join it first."),
        ("j",),
        sort=Sort.CHANNEL,
    ),
    Command(
        "dm",
        later("@handle [text]"),
        later("Write to somebody; only you two read it."),
        ("msg", "query", "pm", "whisper"),
        sort=Sort.PERSON,
    ),
    Command(
        "thread",
        later("title"),
        later("Begin a thread with a title; the next message is its first."),
    ),
    Command("poll", later("[question]"), later("Ask all in the channel to choose.")),
    Command("me", later("does something"), later("Say it in italics, as what you do.")),
    Command("edit", later("[text]"), later("Change what you said last here.")),
    Command(
        "react",
        ":emoji:",
        later("Give an emoji to the selected or last message."),
        sort=Sort.EMOJI,
    ),
    Command("thanks", later("[what for]"), later("Thank for the selected or last message.")),
    Command("search", later("[query]"), later("Search all history."), ("find", "grep", "lastlog")),
    Command("jump", later("day"), later("Go to a day, such as 2026-03-14, yesterday or 7d.")),
    Command("mute", "", later("Mute this channel, or hear it again.")),
    Command("leave", "", later("Leave this channel; z in time undoes it."), ("part", "close")),
    Command("who", "", later("Who is here."), ("names", "nicks", "members")),
    Command("go", "", later("All channels and people, to go to."), ("list", "channels", "buffer")),
    Command("outbox", "", later("What waits to be sent, and what was refused.")),
    Command("preview", "", later("See how it will look, while you write.")),
    Command(
        "theme",
        later("[name]"),
        later("Other colours: those of this name, or the next."),
        ("color", "colors", "colour", "colours"),
    ),
    Command(
        "settings",
        "",
        later("All settings, and all keys, to be changed."),
        ("set", "config", "preferences", "prefs"),
    ),
    Command("help", "", later("All keys and commands."), ("keys", "commands")),
    Command(
        "quit", "", later("Leave; what waits is sent at the next start."), ("exit", "bye", "q")
    ),
)
WRITTEN: Final = (
    ("s/old/new/", later("Change what you said last; with g all of it, with i in any case.")),
    ("@ # : / ```", later("Somebody, a channel, an emoji, a command, a language: some letters.")),
    (slash.ESCAPED, later("A line that begins with one slash.")),
)
"""What else one writes in a field and is not said as it stands."""
LEAVING: Final = frozenset({":q", ":q!", ":wq", ":wq!", ":quit", ":x"})
"""What leaves an editor that many know: whoever types it here means to leave, not to say it."""
BY_NAME: Final = slash.by_name(COMMANDS)
TAKES: Final = {name: each.sort for name, each in BY_NAME.items() if each.sort is not None}
ANYWHERE: Final = frozenset({"join", "dm", "go", "outbox", "theme", "settings", "help", "quit"})
"""Commands that act upon nothing of the place where they are written."""


@value
class Call:
    """A command with the words behind it, "" for none."""

    command: Command
    words: str


def read(text: str) -> Call | Misspelt | str:
    """What a text asks for, or else the text as it is to be said."""
    found = slash.understood(text, BY_NAME)
    return Call(*found) if isinstance(found, tuple) else found


def is_bare(text: str) -> bool:
    """Is it a command, or meant for one, without any words that somebody would miss?"""
    found = read(text)
    if isinstance(found, Call):
        return not found.command.takes or found.command.sort is Sort.CHANNEL
    return isinstance(found, Misspelt) and len(text.split()) == 1


def anywhere(words: str) -> str:
    """The command, with its slash, that these words would be behind one, where that is done
    anywhere; "" for none."""
    text = f"{slash.SIGN}{words.strip()}"
    found = read(text)
    return text if isinstance(found, Call) and found.command.name in ANYWHERE else ""
