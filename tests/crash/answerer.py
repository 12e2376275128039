"""The bot of the kill campaign: `python -m tests.crash.answerer PROFILE`."""

import sys

from hobnob import Bot
from hobnob.bot.message import Message


def main() -> None:
    """Answer until killed."""
    bot = Bot(sys.argv[1])

    @bot.command
    def echo(message: Message, who: str, nth: int) -> str:
        """Say it again."""
        del message
        return f"echo {who} {nth}"

    bot.run()


if __name__ == "__main__":
    main()
