"""Bots: programs with an account of their own, that answer (client/hobnob/README.md)."""

from hobnob.bot.bot import Bot
from hobnob.bot.message import Message

__all__ = ["Bot", "Message"]
