"""`hobnob read`: what is unread, marked read once it was shown."""

from hobnob_client.failures import Exit
from hobnob_client.reading import ChannelLine, Reader
from hobnob_client.verbs import composing, lines
from hobnob_client.verbs.call import Call, channel_named
from hobnob_protocol.ids import user_stream
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_sync.views.message import Message

PAGE = 200
"""Messages looked at together."""


def run(call: Call) -> Exit:
    """Show, then mark: what fails to be shown stays unread."""
    marks: list[ReadCursor] = []
    with call.reader() as reader:
        meant = (
            [line for line in reader.channels() if line.joined]
            if call.words.channel is None
            else [channel_named(reader, call.words.channel)]
        )
        for line in meant:
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


def _read(call: Call, reader: Reader, line: ChannelLine) -> ReadCursor | None:
    """Show a channel's unread messages: the mark to set, None where there is nothing new."""
    reading = line.reading
    held = reader.held(line.stream)
    if reading is None or held is None or held.hi <= reading.cursor.seq:
        return None
    missing = held.lo - 1 - max(reading.cursor.seq, held.floor)
    if missing > 0 and reading.unread:
        call.terminal.say(f"#{line.channel.name}: older unread messages are not here yet: sync")
    seq = reading.cursor.seq
    while seq < held.hi:
        page = reader.after(line.stream, seq, PAGE)
        for shown in page.messages:
            if shown.seq is not None and _is_news(reader, shown):
                text = lines.text(reader, call.settings, line.channel.name, shown)
                call.terminal.show(lines.record(reader, line.channel.name, shown), text)
        seq = page.last_seq
    return ReadCursor(line.stream, reading.cursor.gen, held.hi)


def _is_news(reader: Reader, shown: Message) -> bool:
    return shown.account != reader.me and shown.dead is None and shown.hidden is None
