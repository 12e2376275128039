"""How an account is called where only its handle counts, safe to draw."""

from typing import Final

from hobnob_client import term_safe
from hobnob_protocol.ids import AccountId

NUMBER_LETTERS: Final = 8
"""So much of an account's number tells it from all others, nearly always."""


def number(account: AccountId) -> str:
    """Whoever has no handle has a number: "~0a1b2c3d"."""
    return f"~{account.hex()[:NUMBER_LETTERS]}"


def called(handle: str, account: AccountId) -> str:
    """By the handle, "" for none; else by its number."""
    return term_safe.name(handle, number(account))
