"""The demo's bot: it knows what was solved here, and says so when it is asked.

Nothing of it is special: `from hobnob import Bot` is all it is made of, and the hub's operator has
given it the role of a bot. Run by the demo: `python -m hobnob.demo.librarian KEY`.
"""

import sys
from typing import Final

from hobnob import Bot, Message
from hobnob.demo.shelf import TO_WORDS, Shelf, Solved
from hobnob.demo.world import load

HANDLE: Final = "librarian"
PREFIX_OF_COMMANDS: Final = "!"
FOUND_MAX: Final = 3
"""So many solved threads in one answer: the first in full, the others by name."""
SHOWN_TEXT_MAX: Final = 400
"""Characters of an accepted answer that are repeated; the rest is where it stands."""
NOTHING: Final = (
    "I know of no solved thread about that. Ask it in a channel of its subject; when an answer is "
    "accepted, I learn it."
)


def librarian(key: str, shelf: Shelf) -> Bot:
    """The bot with this key, for these threads."""
    bot = Bot(key, prefix=PREFIX_OF_COMMANDS)

    @bot.command
    def solved(message: Message, *, words: str) -> str:
        """Look for a solved thread by a few words, and say what was accepted in it."""
        return told(shelf.find(words, FOUND_MAX, TO_WORDS))

    @bot.on_mention
    def asked(message: Message) -> str:
        """Whoever only mentions it asks the same."""
        return told(shelf.find(message.text.replace(f"@{HANDLE}", ""), FOUND_MAX))

    return bot


def told(found: tuple[Solved, ...]) -> str:
    """An answer: the likeliest thread with what was accepted, the others by title and channel."""
    if not found:
        return NOTHING
    first, *others = found
    lines = [
        f"Solved in #{first.channel}: “{first.title}”. {first.by} said:",
        "",
        shown(first.answer),
    ]
    if others:
        beside = "; ".join(f"“{each.title}” in #{each.channel}" for each in others)
        lines += ["", f"Perhaps also: {beside}."]
    return "\n".join(lines)


def shown(answer: str) -> str:
    """The beginning of an answer: where it is long, without its code, and cut between words."""
    if len(answer) <= SHOWN_TEXT_MAX:
        return answer
    prose = answer.partition("\n```")[0].strip()
    kept = prose if len(prose) <= SHOWN_TEXT_MAX else prose[:SHOWN_TEXT_MAX].rsplit(maxsplit=1)[0]
    return f"{kept} …"


if __name__ == "__main__":
    librarian(sys.argv[1], Shelf(load())).run()
