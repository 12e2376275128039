"""Bots for tests."""

from hobnob import Bot, Message


def echo() -> Bot:
    """A bot that says again what it hears."""
    bot = Bot("profile")

    @bot.command
    def say(message: Message, *, text: str) -> str:
        """Say it again.

        All of it.
        """
        return text

    return bot


def again(message: Message) -> str:
    """What a parrot does."""
    return f"again: {message.text}"
