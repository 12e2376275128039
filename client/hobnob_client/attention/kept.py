"""Wishes as they are kept for one's own devices, sealed: read together, and written one at a time.

Whether a place is muted without end is the setting `mute`, which older versions know too; what they
do not know stands beside it (`hobnob_protocol.sealing.attention`).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hobnob_client.attention.keywords import KEYWORDS_MAX, Keyword
from hobnob_client.attention.quiet import Quiet, QuietError, parse, words
from hobnob_client.attention.wishes import NO_WISH, Level, Spot, Wish, Wishes
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.kinds.personal import Mute
from hobnob_protocol.sealing import attention
from hobnob_protocol.sealing.attention import KeptKeyword, KeptLevel, KeptQuiet
from hobnob_sync.views.saved import Kept

if TYPE_CHECKING:
    from hobnob_client.sealing.meeting import Held

NOTHING: Final = Kept((), ())
_LEVELS: Final = {level.value: level for level in (Level.ALL, Level.MENTIONS)}


def wishes(private: "Iterable[Held]", kept: Kept) -> Wishes:
    """All that was set: what is private to the account, and what is muted. What a later version has
    set and this one does not know counts for nothing."""
    places: dict[Spot, Wish] = {}
    keywords: list[Keyword] = []
    quiet = Quiet()
    for held in private:
        found = attention.read(held.name, held.value)
        if isinstance(found, KeptLevel):
            wish = Wish(_LEVELS.get(found.level), found.until_ms)
            places[found.stream, found.thread] = wish
        elif isinstance(found, KeptKeyword):
            keywords.append(Keyword(found.keyword, found.pings))
        elif found is not None:
            quiet = _quiet(found)
    muted: tuple[Spot, ...] = (*((stream, None) for stream in kept.muted), *kept.muted_threads)
    for spot in muted:
        places[spot] = replace(places.get(spot, NO_WISH), muted=True)
    keywords.sort(key=lambda each: each.text.casefold())
    return Wishes(places, tuple(keywords[:KEYWORDS_MAX]), quiet)


def keywords(private: "Iterable[Held]") -> tuple[Keyword, ...]:
    """The keywords alone."""
    return wishes(private, NOTHING).keywords


def of_level(
    before: Wish, stream: StreamId, thread: TargetId | None, level: Level | None, until_ms: int = 0
) -> tuple[Mute | None, KeptLevel]:
    """What to set so that a place has this level, None for what holds without, or is muted until
    `until_ms` and then as before: the setting `mute`, None where it stays, and what stands
    beside."""
    muted = level is Level.NOTHING
    mute = Mute(stream, thread, muted) if muted != before.muted else None
    if muted or until_ms:
        # It comes back as it was.
        return mute, KeptLevel(stream, thread, before.level or "", until_ms)
    return mute, KeptLevel(stream, thread, level or "", 0)


def of_keyword(keyword: Keyword) -> KeptKeyword:
    """What to keep for a keyword."""
    return KeptKeyword(keyword.text, keyword.pings)


def of_quiet(quiet: Quiet) -> KeptQuiet:
    """What to keep for quiet hours."""
    return KeptQuiet(words(quiet), quiet.zone)


def _quiet(found: KeptQuiet) -> Quiet:
    try:
        return replace(parse(found.hours), zone=found.zone)
    except QuietError:
        return Quiet()
