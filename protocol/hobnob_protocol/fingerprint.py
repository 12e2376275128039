"""What two people compare, outside of the hub, to know that each has the other's true account.

An account's id is the hash of its genesis, so the number of two accounts of one hub tells them from
any others: whoever would stand in between has another one. Sixty digits, half from each account, as
messengers have them that people know (security.md §3).
"""

from hashlib import sha512
from typing import Final

from hobnob_protocol.ids import AccountId, HubId

GROUP_DIGITS: Final = 5
"""Digits that are read out together."""
GROUPS: Final = 12
"""Groups of one number: half of them from each account, 99 bits."""

_TAG: Final = b"hobnob/1 fingerprint\0"


def number(hub: HubId, one: AccountId, other: AccountId) -> tuple[str, ...]:
    """The number of two accounts, in groups of five digits; the same whoever computes it."""
    first, second = sorted((one, other))
    return (*_half(hub, first), *_half(hub, second))


def same(said: str, groups: tuple[str, ...]) -> bool:
    """Is this the number, however it is spaced?"""
    return "".join(filter(str.isdigit, said)) == "".join(groups)


def _half(hub: HubId, account: AccountId) -> tuple[str, ...]:
    digest = sha512(_TAG + hub + account).digest()
    parts = (digest[at : at + 5] for at in range(0, 5 * (GROUPS // 2), 5))
    return tuple(f"{int.from_bytes(part, 'big') % 100_000:05}" for part in parts)
