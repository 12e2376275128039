"""`hobnob search`: find messages by their words, and by who, where and when."""

from collections.abc import Iterator
from dataclasses import replace

from hobnob_client.failures import Exit, Failure
from hobnob_client.finding import marks, terms
from hobnob_client.finding.hits import Hit, Moment
from hobnob_client.finding.meaning import Wanted
from hobnob_client.reading import Reader
from hobnob_client.reading.finder import Finder
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call, place_named
from hobnob_client.verbs.place_names import PlaceNames
from hobnob_client.verbs.searchable import make_searchable
from hobnob_sync.opened import opened_stream
from hobnob_sync.views.message import Message

BETWEEN = "--"
"""Between hits that are shown with what stands around them."""


def run(call: Call) -> Exit:
    """Make searchable what is not yet, then look."""
    with call.reader() as reader:
        finder = call.finder(reader)
        wanted = _wanted(call, reader, finder)
        make_searchable(call)
        moment = finder.moment(wanted)
        if call.words.months:
            return _show_months(call, finder, wanted, moment)
        hits = finder.hits(wanted, call.words.count, moment=moment)
        told = _Told(reader)
        for nth, hit in enumerate(hits):
            if nth and call.words.context and not call.terminal.as_json:
                call.terminal.show({}, BETWEEN)
            for shown in _around(reader, hit, call.words.context):
                record, text = told.said(call, hit, shown)
                call.terminal.show(record, text)
    return Exit.OK if hits else Exit.FAILED


def _wanted(call: Call, reader: Reader, finder: Finder) -> Wanted:
    """What the words mean. At the shell nobody is still typing: what means nothing is a mistake."""
    meaning = finder.understand(" ".join(call.words.words), typing=False)
    for problem in meaning.problems:
        if problem.left_out:
            raise Failure(problem.text, Exit.USAGE)
        call.terminal.say(problem.text)
    if call.words.channel is None:
        return meaning.wanted
    stream = opened_stream(place_named(reader, call.words.channel).stream)
    there = terms.quoted(marks.of_stream(stream))
    match = meaning.wanted.match
    return replace(meaning.wanted, match=f"({match}) AND {there}" if match else there)


def _show_months(call: Call, finder: Finder, wanted: Wanted, moment: Moment) -> Exit:
    found = [month for month in finder.months(wanted, moment) if month.hits]
    for month in found:
        record = {"month": month.name, "hits": month.hits}
        call.terminal.show(record, f"{month.name} {month.hits:>7}")
    return Exit.OK if found else Exit.FAILED


def _around(reader: Reader, hit: Hit, count: int) -> Iterator[Message]:
    """The hit with so many messages before and behind it."""
    if count:
        yield from reader.before(hit.stream, hit.seq, count).messages
    shown = reader.message(hit.stream, hit.target)
    if shown is not None and shown.dead is None and shown.hidden is None:
        yield shown
    if count:
        yield from reader.after(hit.stream, hit.seq, count).messages


class _Told:
    """How hits are told: with the place where each stands."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._names = PlaceNames(reader)

    def said(self, call: Call, hit: Hit, shown: Message) -> tuple[dict[str, object], str]:
        """One message for programs and for people; beside others the hit itself is marked."""
        hexed = hit.stream.hex()
        label = self._names.label(hit.stream, hexed)
        record = lines.record(self._reader, self._names.name(hit.stream) or hexed, shown)
        text = lines.text(self._reader, call.settings, label, shown)
        if not call.words.context:
            return record, text
        is_hit = shown.target == hit.target
        return {**record, "hit": is_hit}, f"{'>' if is_hit else ' '} {text}"
