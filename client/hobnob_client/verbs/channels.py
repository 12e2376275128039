"""`hobnob channels`: which there are, and what is unread in them."""

from hobnob_client.failures import Exit
from hobnob_client.reading import ChannelLine
from hobnob_client.verbs.call import Call


def run(call: Call) -> Exit:
    """One line for each channel."""
    with call.reader() as reader:
        for line in reader.channels():
            call.terminal.show(_record(line), _text(line))
    return Exit.OK


def _text(line: ChannelLine) -> str:
    channel, reading = line.channel, line.reading
    told = "not joined" if reading is None else ""
    if reading is not None and reading.unread:
        told = f"{'' if reading.exact else '≥ '}{reading.unread} unread"
        if reading.mentions:
            told += f", {reading.mentions} for you"
    marks = [mark for mark, holds in _marks(line) if holds]
    purpose = channel.purpose.split("\n")[0]
    return "  ".join(part for part in (f"#{channel.name}", told, *marks, purpose) if part)


def _marks(line: ChannelLine) -> tuple[tuple[str, bool], ...]:
    return (("private", not line.channel.public), ("archived", line.channel.archived))


def _record(line: ChannelLine) -> dict[str, object]:
    channel, reading = line.channel, line.reading
    return {
        "channel": channel.name,
        "stream": line.stream.hex(),
        "purpose": channel.purpose,
        "public": channel.public,
        "archived": channel.archived,
        "joined": line.joined,
        "unread": reading.unread if reading is not None else None,
        "mentions": reading.mentions if reading is not None else None,
        "exact": reading.exact if reading is not None else None,
    }
