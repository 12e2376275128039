"""`hobnob attention`: what would have pinged, and why; levels, keywords and quiet hours."""

from collections.abc import Callable
from datetime import tzinfo
from typing import Final

from hobnob_client import term_safe, time_of_day
from hobnob_client.attention import kept, until
from hobnob_client.attention.dry_run import LOOKED_MAX, Weighed, dry_run
from hobnob_client.attention.keywords import KEYWORDS_MAX, KeywordError, keyword
from hobnob_client.attention.quiet import QuietError, parse
from hobnob_client.attention.quiet import words as hours_said
from hobnob_client.attention.rule import How
from hobnob_client.attention.until import UntilError
from hobnob_client.attention.wishes import Level, Wish, Wishes
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import Reader
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call, place_named
from hobnob_client.verbs.keeping import keep
from hobnob_client.verbs.place_names import PlaceNames
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.sealing import attention
from hobnob_protocol.sealing.attention import Kept

OFF: Final = "off"
DEFAULT: Final = "default"
_HEARD: Final = "your other devices hear of it with the next sync"


def run(call: Call) -> Exit:
    """Look back, show what is set, or set it."""
    does: dict[str, Callable[[Call, Reader], Exit]] = {
        "look": _look,
        "list": _list,
        "level": _level,
        "keyword": _keyword,
        "quiet": _quiet,
    }
    with call.reader() as reader:
        return does[call.verb.action](call, reader)


# What would have pinged.


def _look(call: Call, reader: Reader) -> Exit:
    since_ms = _since(call)
    names = PlaceNames(reader)
    looked, found, whole = 0, list[Weighed](), True
    for page in dry_run(reader, since_ms, call.zone):
        looked += len(page)
        found += (each for each in page if call.words.all or each.verdict.counts)
        call.terminal.progress(f"{looked:,} messages weighed")
        if looked >= LOOKED_MAX:
            whole = False
            break
    found.sort(key=lambda each: (each.message.at_ms, each.stream, each.message.order))
    for each in found:
        call.terminal.show(_record(each, names), _told(call, reader, each, names))
    pinged = sum(each.verdict.how is How.PING for each in found)
    held = sum(each.verdict.how is How.HOLD for each in found)
    waited = f", {held:,} more after your quiet hours" if held else ""
    call.terminal.say(f"of {looked:,} messages {pinged:,} would have pinged{waited}")
    if not whole:
        call.terminal.say(f"more than {LOOKED_MAX:,} were not looked at: say a shorter --since")
    return Exit.OK if found else Exit.FAILED


def _since(call: Call) -> int:
    now_ms = time_of_day.now_ms()
    try:
        ahead = until.moment(call.words.since, now_ms, call.zone) - now_ms
    except UntilError as wrong:
        raise Failure(f"--since takes a while, as 7d or 12h: {wrong}", Exit.USAGE) from wrong
    return now_ms - ahead


def _record(each: Weighed, names: PlaceNames) -> dict[str, object]:
    message, verdict = each.message, each.verdict
    return {
        "at": lines.stamp(message.at_ms),
        "channel": names.name(each.stream),
        "stream": each.stream.hex(),
        "event": message.target.hex(),
        "author": message.author.hex(),
        "how": verdict.how.value,
        "why": verdict.why.name.lower(),
        "reason": verdict.words,
        "text": message.text,
    }


def _told(call: Call, reader: Reader, each: Weighed, names: PlaceNames) -> str:
    head = lines.text(reader, call.settings, names.label(each.stream), each.message)
    mark = "·" if each.verdict.how is How.NOTHING else "(" if each.verdict.how is How.HOLD else "!"
    return f"{mark} {head}\n{lines.INDENT}{each.verdict.words}"


# What is set.


def _list(call: Call, reader: Reader) -> Exit:
    wishes, now_ms = reader.wishes(), time_of_day.now_ms()
    names = PlaceNames(reader)
    quiet = wishes.quiet
    if quiet.spans:
        zone = quiet.zone or "the device's own zone"
        record: dict[str, object] = {"quiet": hours_said(quiet), "zone": quiet.zone}
        call.terminal.show(record, f"quiet hours  {hours_said(quiet)} ({zone})")
    for word in wishes.keywords:
        told = "pings" if word.pings else "never pings"
        record = {"keyword": word.text, "pings": word.pings}
        call.terminal.show(record, f"keyword      {term_safe.line(word.text)} ({told})")
    spots = sorted(wishes.places.items(), key=lambda each: (each[0][0], each[0][1] or b""))
    for (stream, thread), wish in spots:
        told = _said(wish, now_ms, call.zone)
        if not told:
            continue
        label = names.label(stream)
        where = label if thread is None else f"{label} in {thread.hex()[: lines.NAME_LETTERS]}"
        record = {
            "channel": names.name(stream),
            "stream": stream.hex(),
            "thread": None if thread is None else thread.hex(),
            "level": None if wish.level is None else wish.level.value,
            "muted": wish.is_muted(now_ms),
            "until": lines.stamp(wish.until_ms) if wish.until_ms > now_ms else None,
        }
        call.terminal.show(record, f"level        {where}: {told}")
    if not (quiet.spans or wishes.keywords or any(_said(w, now_ms, call.zone) for _, w in spots)):
        call.terminal.say("nothing is set: mentions, answers and what is private ping")
    return Exit.OK


def _said(wish: Wish, now_ms: int, zone: tzinfo) -> str:
    """A wish in words; "" where it says nothing any more."""
    parts = [] if wish.level is None else [wish.level.value]
    if wish.muted:
        parts = ["nothing"]
    elif wish.until_ms > now_ms:
        parts.insert(0, f"nothing until {until.words(wish.until_ms, now_ms, zone)}")
    return ", then ".join(parts)


def _level(call: Call, reader: Reader) -> Exit:
    line = place_named(reader, call.words.channel)
    stream, thread = line.stream, _thread(call, reader, line.stream)
    wishes, now_ms = reader.wishes(), time_of_day.now_ms()
    where = line.label if thread is None else f"that thread of {line.label}"
    if call.words.level is None:
        level = wishes.level(stream, thread, now_ms)
        told = _said(wishes.of(stream, thread), now_ms, call.zone) or f"{level.value} (default)"
        record: dict[str, object] = {"channel": line.name, "level": level.value}
        call.terminal.show(record, f"{term_safe.line(where)}: {told}")
        return Exit.OK
    wanted = None if call.words.level == DEFAULT else Level(call.words.level)
    until_ms = _until(call, wanted, now_ms)
    mute, beside = kept.of_level(
        wishes.of(stream, thread), stream, thread, None if until_ms else wanted, until_ms
    )
    if mute is not None:
        keep(call, *reader.setting(mute))
    _keep(call, beside)
    call.terminal.say(f"set; {_HEARD}")
    return Exit.OK


def _until(call: Call, wanted: Level | None, now_ms: int) -> int:
    while_: str | None = vars(call.words)["for"]
    if while_ is None:
        return 0
    if wanted is not Level.NOTHING:
        said = "--for goes with nothing: hobnob attention level '#rust' nothing --for 1h"
        raise Failure(said, Exit.USAGE)
    try:
        return until.moment(while_, now_ms, call.zone)
    except UntilError as wrong:
        raise Failure(str(wrong), Exit.USAGE) from wrong


def _thread(call: Call, reader: Reader, stream: StreamId) -> TargetId | None:
    if call.words.thread is None:
        return None
    found = reader.target(stream, call.words.thread)
    message = None if found is None else reader.message(stream, found)
    if message is None:
        said = f"No one message there is called {call.words.thread!r}: hobnob tail shows names."
        raise Failure(said, Exit.USAGE)
    return message.thread or message.target


def _keyword(call: Call, reader: Reader) -> Exit:
    typed, wishes = " ".join(call.words.words), reader.wishes()
    there = next((each for each in wishes.keywords if each.text == " ".join(typed.split())), None)
    if call.words.remove:
        if there is None:
            raise Failure(f"No keyword is {typed!r}: hobnob attention list shows them.", Exit.USAGE)
        keep(call, attention.name_of(kept.of_keyword(there)), b"")
        call.terminal.say(f"removed; {_HEARD}")
        return Exit.OK
    try:
        wanted = keyword(typed, pings=not call.words.never)
    except KeywordError as wrong:
        raise Failure(str(wrong), Exit.USAGE) from wrong
    if there is None and len(wishes.keywords) >= KEYWORDS_MAX:
        raise Failure(f"There are {KEYWORDS_MAX} keywords: remove one first.", Exit.USAGE)
    _keep(call, kept.of_keyword(wanted))
    call.terminal.say(f"set; {_HEARD}")
    return Exit.OK


def _quiet(call: Call, reader: Reader) -> Exit:
    typed = " ".join(call.words.hours)
    if not typed:
        quiet = reader.wishes().quiet
        record: dict[str, object] = {"quiet": hours_said(quiet), "zone": quiet.zone}
        call.terminal.show(record, _quiet_now(reader.wishes(), call.zone))
        return Exit.OK
    try:
        wanted = parse("" if typed == OFF else typed, call.words.zone or "")
    except QuietError as wrong:
        raise Failure(str(wrong), Exit.USAGE) from wrong
    _keep(call, kept.of_quiet(wanted))
    call.terminal.say(f"{'set' if wanted.spans else 'no quiet hours'}; {_HEARD}")
    return Exit.OK


def _quiet_now(wishes: Wishes, here: tzinfo) -> str:
    if not wishes.quiet.spans:
        return "no quiet hours"
    ends = wishes.quiet.until(time_of_day.now_ms(), here)
    now = f"it is quiet now, until {ends}" if ends else "it is not quiet now"
    return f"{hours_said(wishes.quiet)} ({wishes.quiet.zone or 'your zone'}): {now}"


def _keep(call: Call, wanted: Kept) -> None:
    keep(call, attention.name_of(wanted), attention.value_of(wanted))
