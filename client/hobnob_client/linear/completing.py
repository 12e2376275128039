"""What Tab offers: commands, places, people, emoji."""

from collections.abc import Sequence
from typing import Final

from hobnob_client import emoji_names, slash
from hobnob_client.linear.commands import COMMANDS

OFFERS_MAX: Final = 40


def offers(before: str, word: str, names: Sequence[str]) -> tuple[str, ...]:
    """What `word` may become behind the text before it; `names` are places and people."""
    command = slash.begun(before + word)
    if command is not None and command.words_at is None:
        fitting = (each.name for each in COMMANDS if each.name.startswith(command.name))
        found = [f"{slash.SIGN}{name} " for name in fitting]
    elif word.startswith(":") and len(word) > 1:
        letters = word[1:].lower()
        begun = (name for name in emoji_names.by_name() if name.startswith(letters))
        found = [f":{name}: " for name in sorted(begun, key=lambda name: (len(name), name))]
    elif word[:1] in ("#", "@", "&"):
        found = [f"{name} " for name in names if name.lower().startswith(word.lower())]
    else:
        found = []
    return tuple(found[:OFFERS_MAX])
