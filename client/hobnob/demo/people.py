"""The members of the demo world and the channels they meet in."""

from dataclasses import dataclass
from typing import Final

LEVELS: Final = ("newcomer", "learning", "practised", "expert")
"""What a member's `level` may say, from the first day on."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member; nobody of this name is known to exist.

    `languages` are BCP 47 tags, `zone` a name of the time zone database, `hours` when they are
    usually there in local time, "HH:MM-HH:MM". `weekly_requests` is how many requests for help a
    week they welcome, 0 for none.
    """

    handle: str
    name: str
    offers: tuple[str, ...]
    seeks: tuple[str, ...]
    goals: str
    level: str
    languages: tuple[str, ...]
    zone: str
    hours: str
    weekly_requests: int
    bot: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """One public channel; fresh members join it by themselves if `auto_join`."""

    name: str
    purpose: str
    auto_join: bool = False
