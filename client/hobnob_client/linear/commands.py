"""What a line asks for: one table, from which help and completion are made."""

from typing import Final

from hobnob_client import slash
from hobnob_client.catalogue import later
from hobnob_client.slash import Command, Misspelt
from hobnob_protocol.value import value

QUIT: Final = Command(
    "quit", "", later("Leave; what waits goes out the next time."), ("exit", "bye", "q")
)
COMMANDS: Final = (
    Command("to", later("#channel or @handle"), later("Go there: what you type is said there.")),
    Command("join", later("#channel"), later("Join a channel and go there."), ("j",)),
    Command(
        "dm",
        later("@handle [text]"),
        later("Say something to one member, sealed; without text, go there."),
        ("msg", "query", "pm", "whisper"),
    ),
    Command("tail", later("[count]"), later("Read the last messages where you are.")),
    Command("unread", "", later("Where something is unread, and how much.")),
    Command("next", "", later("Go to the next place with something unread, and read it.")),
    Command(
        "show",
        later("number"),
        later("Read one message in full, line by line, with its reactions."),
    ),
    Command("reply", later("number text"), later("Answer a message, where it stands.")),
    Command(
        "react", later("number :emoji:"), later("Give an emoji to a message, or take it back.")
    ),
    Command(
        "thank",
        later("number [what for]"),
        later("Thank for a message, where everybody sees it."),
    ),
    Command("edit", later("number text"), later("Give a message of yours another text.")),
    Command("delete", later("number"), later("Take back a message of yours, for ever.")),
    Command(
        "thread",
        later("number [title]"),
        later("Read the thread of a message; or give it a title."),
    ),
    Command("report", later("number reason"), later("Tell the moderators of a message.")),
    Command(
        "search",
        later("words"),
        later("Find messages, by words and by who, where and when."),
        ("find", "grep"),
    ),
    Command("who", "", later("Who is where you are."), ("names", "nicks", "members")),
    Command("mute", "", later("Hear no more of where you are, or hear it again.")),
    Command("block", later("@handle"), later("Hear no more of somebody, or hear them again.")),
    Command("leave", "", later("Leave the channel where you are."), ("part",)),
    Command("outbox", "", later("What waits to be sent, and what was refused.")),
    Command("help", "", later("All commands.")),
    QUIT,
)
BY_NAME: Final = slash.by_name(COMMANDS)


@value
class Asked:
    """A command with the words behind it, "" for none."""

    command: Command
    words: str


def ends(line: str) -> bool:
    """Does this line end it all?"""
    asked = read(line)
    return isinstance(asked, Asked) and asked.command is QUIT


def read(line: str) -> Asked | Misspelt | str:
    """What a line asks for, or else what it says."""
    found = slash.understood(line, BY_NAME)
    return Asked(*found) if isinstance(found, tuple) else found
