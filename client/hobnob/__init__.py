"""The face: what a person or a bot author imports and runs.

Importing it costs nothing: what a name needs is loaded when the name is asked for.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hobnob.bot import Bot, Message

__all__ = ["Bot", "Message"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from hobnob import bot

    return getattr(bot, name)
