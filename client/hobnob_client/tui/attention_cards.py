"""What is set, and what would have pinged, as entries of a list."""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from typing import Final

from hobnob_client import term_safe
from hobnob_client.attention import until
from hobnob_client.attention.dry_run import Weighed
from hobnob_client.attention.keywords import Keyword
from hobnob_client.attention.quiet import Quiet, words
from hobnob_client.attention.rule import How
from hobnob_client.attention.wishes import Level, Spot, Wish
from hobnob_client.catalogue import clock, date_short, later, t
from hobnob_client.reading import Reader
from hobnob_client.tui import listing
from hobnob_client.tui.prose.brief import brief
from hobnob_client.tui.rows import author, called
from hobnob_client.tui.widgets.card_list import Card
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.value import value

TEXT_CHARS: Final = 160
_LEVELS: Final = {
    Level.ALL: later("all pings"),
    Level.MENTIONS: later("only what is for you pings"),
    Level.NOTHING: later("muted"),
}
_FOLLOWED: Final = later("you follow it")


@value
class Setting:
    """One thing that is or may be set: quiet hours, a keyword, or a place."""

    about: Quiet | Keyword | Spot
    card: Card

    @property
    def is_set(self) -> bool:
        """Is there anything to take away?"""
        return not isinstance(self.about, Quiet) or bool(self.about.spans)


def settings(reader: Reader, now_ms: int, zone: tzinfo) -> tuple[Setting, ...]:
    """All that is set, quiet hours first, set or not."""
    wishes = reader.wishes()
    found = [Setting(wishes.quiet, _quiet(wishes.quiet, now_ms, zone))]
    found += [Setting(each, _keyword(each)) for each in wishes.keywords]
    for spot, wish in wishes.places.items():
        told = said(wish, spot[1], now_ms, zone)
        if told:
            name = place(reader, *spot)
            key = b"l" + spot[0] + (spot[1] or b"")
            found.append(Setting(spot, Card(key, f"{name} · {told}")))
    return tuple(found)


def said(wish: Wish, thread: TargetId | None, now_ms: int, zone: tzinfo) -> str:
    """What a wish says; "" where that is nothing any more."""
    if wish.muted:
        return t(_LEVELS[Level.NOTHING])
    if wish.until_ms > now_ms:
        return t("muted until {time}", time=until.words(wish.until_ms, now_ms, zone))
    if wish.level is None:
        return ""
    if thread is not None and wish.level is Level.ALL:
        return t(_FOLLOWED)
    return t(_LEVELS[wish.level])


def place(reader: Reader, stream: StreamId, thread: TargetId | None) -> str:
    """How a channel, a conversation or a thread there is called."""
    name = listing.place_name(reader, stream)
    if thread is None:
        return name
    return f"{name} ▸ {called(reader, stream, thread, reader.kept().blocked)}"


def looked_back(reader: Reader, found: Iterable[Weighed], zone: tzinfo) -> list[Card]:
    """One each: when, who and where; below it why, and how the message begins."""
    names: dict[StreamId, str] = {}
    return [_weighed(reader, each, zone, names) for each in found]


def _weighed(reader: Reader, each: Weighed, zone: tzinfo, names: dict[StreamId, str]) -> Card:
    message, stream = each.message, each.stream
    if stream not in names:
        names[stream] = listing.place_name(reader, stream)
    at = datetime.fromtimestamp(message.at_ms / 1_000, UTC).astimezone(zone)
    sign = "!" if each.verdict.how is How.PING else "☾"
    who = author(reader, message.author).name
    day = date_short(at.date(), year=False)
    head = f"{sign} {day} {clock(at)} · {who} · {names[stream]}"
    text = brief(term_safe.body(message.text), TEXT_CHARS)
    below = (term_safe.line(each.verdict.words), text)
    return Card(b"m" + stream + message.target, head, tuple(filter(None, below)))


def _quiet(quiet: Quiet, now_ms: int, zone: tzinfo) -> Card:
    if not quiet.spans:
        return Card(b"q", t("Quiet hours · none"), (t("in them nothing pings; Enter sets them"),))
    ends = quiet.until(now_ms, zone)
    whose = quiet.zone or t("by the clock of the device")
    now = t("it is quiet now, until {time}", time=ends) if ends else t("it is not quiet now")
    return Card(b"q", t("Quiet hours · {hours}", hours=words(quiet)), (f"{whose}; {now}",))


def _keyword(keyword: Keyword) -> Card:
    told = t("pings wherever it is said") if keyword.pings else t("never pings")
    head = t("Keyword · {word} · {told}", word=term_safe.line(keyword.text), told=told)
    return Card(b"k" + keyword.text.encode(errors="replace"), head)
