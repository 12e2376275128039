"""`hobnob read`: what is unread, marked read once it was shown; or one message, by its link."""

from collections.abc import Callable

from hobnob_client import permalink, time_of_day
from hobnob_client.catalogue import speaking
from hobnob_client.failures import Exit, Failure
from hobnob_client.permalink import Permalink
from hobnob_client.reading import Place, Reader
from hobnob_client.verbs import composing, lines
from hobnob_client.verbs.call import Call, meant, places
from hobnob_protocol.ids import StreamId, TargetId, user_stream
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_sync.views.message import Message

PAGE = 200
"""Messages looked at together."""


def run(call: Call) -> Exit:
    """Show, then mark: what fails to be shown stays unread."""
    if call.words.follow and not call.words.plain:
        raise Failure("--follow goes with --plain; hobnob tail -f follows as well.", Exit.USAGE)
    if (call.words.channel or "").startswith(permalink.SCHEME):
        return _linked(call, call.words.channel)
    if call.words.follow:
        from hobnob_client.linear import sitting

        with speaking(call.language):
            return sitting.run(call)
    if call.words.plain:
        with speaking(call.language):
            return _unread(call)
    return _unread(call)


def _unread(call: Call) -> Exit:
    """Show what is unread, and mark it."""
    marks: list[ReadCursor] = []
    with call.reader() as reader:
        for line in meant(call, reader):
            mark = _read(call, reader, line)
            if mark is not None:
                marks.append(mark)
        me = reader.me
    if call.words.keep or not marks:
        return Exit.OK
    numbers = [composing.compose(call, user_stream(me), mark).n for mark in marks]
    from hobnob_client.verbs.delivery import deliver

    deliver(call, numbers[-1])
    return Exit.OK


def _read(call: Call, reader: Reader, line: Place) -> ReadCursor | None:
    """Show a channel's unread messages: the mark to set, which nothing unread before it was left
    out of; None where there is nothing to mark."""
    reading = reader.reading(line.stream)
    held = reader.held(line.stream)
    if reading is None or held is None or held.hi <= reading.cursor.seq:
        return None
    tell = _teller(call, reader)
    seen, whole = reading.cursor.seq, True
    for page in reader.pages_after(line.stream, seen, PAGE):
        # What nothing unread is in needs not be here.
        if page.missing and (reading.unread or seen > reading.cursor.seq):
            whole = False
            call.terminal.say(f"{line.label}: older unread messages are not here yet: sync")
        if whole:
            seen = page.last_seq
        for shown in page.messages:
            if shown.seq is not None and _is_news(reader, shown):
                call.terminal.show(lines.record(reader, line.name, shown), tell(line, shown))
    if seen <= reading.cursor.seq:
        return None
    return ReadCursor(line.stream, reading.cursor.gen, seen)


def _teller(call: Call, reader: Reader) -> Callable[[Place, Message], str]:
    """How a message is told to people."""
    if not call.words.plain:
        return lambda line, shown: lines.text(reader, call.settings, line.label, shown)
    from hobnob_client.linear.telling import Telling

    def name(_stream: StreamId, target: TargetId) -> str:
        return target.hex()[: lines.NAME_LETTERS]

    telling = Telling(reader, call.settings, name, time_of_day.now_ms)
    return lambda line, shown: telling.message(line, shown).line


def _linked(call: Call, text: str) -> Exit:
    """Show the message of a link; nothing is marked read."""
    link = permalink.parse(text)
    if link is None:
        said = "That is no link to a message. An invite link is for hobnob join."
        raise Failure(said, Exit.USAGE)
    with call.reader() as reader:
        place = next((each for each in places(reader) if each.stream == link.stream), None)
        shown = reader.message(link.stream, link.target)
        if place is None or shown is None:
            raise Failure(_why_not(call, reader, link), Exit.FAILED)
        line = lines.text(reader, call.settings, place.label, shown)
        call.terminal.show(lines.record(reader, place.name, shown), line)
    return Exit.OK


def _why_not(call: Call, reader: Reader, link: Permalink) -> str:
    here = call.device.address
    if reader.held(link.stream) is not None:
        return "That message is not here: it may be older than what is, or gone. Try hobnob sync."
    if link.place != here:
        return f"That is a message of {link.place}; this profile is of {here}. Try --profile."
    return "That message is of a place that you are not in, or of which nothing is here yet."


def _is_news(reader: Reader, shown: Message) -> bool:
    return shown.account != reader.me and shown.dead is None and shown.hidden is None
