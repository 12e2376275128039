"""Hits per month as one line: a bar for each month, how far they reach, and how many in all."""

from collections.abc import Sequence
from typing import Final

from hobnob_client.catalogue import n, number, t
from hobnob_client.finding.months import Month

BARS: Final = "▁▂▃▄▅▆▇█"
NONE: Final = "·"
"""A month without any is told from one with few."""


def line(months: Sequence[Month], room: int, *, whole: bool, counted: bool = False) -> str:
    """The months, the newest first, in so many cells; "" where there is none or no room. Not
    `whole` says that more are still counted; `counted` that how many there are is said already:
    then several months alone are told."""
    total = sum(month.hits for month in months)
    if not total:
        return ""
    used = list(months)
    while not used[-1].hits:
        used.pop()
    told = n(
        "{number}{more} hit",
        "{number}{more} hits",
        total,
        number=number(total),
        more="" if whole else " …",
    )
    last = used[0].name
    if counted:
        told = ""
    if counted and len(used) == 1:
        return ""
    if len(used) == 1:
        alone = f"{told} · {last}"
        return alone if len(alone) <= room else told[: max(0, room)]
    first = t("per month {first}", first=last)
    told = told and f"{told} · "
    fits = room - len(f"{told}{first} … {last}")
    if fits < 1:
        return told.removesuffix(" · ")[: max(0, room)]
    shown = used[:fits]
    mark = "" if len(shown) == len(used) else "…"
    most = max(1, *(month.hits for month in shown))
    bars = "".join(_bar(month.hits, most) for month in reversed(shown))
    first = t("per month {first}", first=shown[-1].name)
    return f"{told}{first} {mark}{bars} {last}"


def _bar(hits: int, most: int) -> str:
    return BARS[-(-hits * len(BARS) // most) - 1] if hits else NONE
