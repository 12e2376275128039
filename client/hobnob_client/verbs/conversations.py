"""`hobnob conversations`: with whom one talks under seal."""

from hobnob_client.failures import Exit
from hobnob_client.reading import ConversationLine, Reader
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.lines import name


def run(call: Call) -> Exit:
    """List them."""
    with call.reader() as reader:
        for line in reader.conversations():
            call.terminal.show(_record(reader, line), _text(reader, line))
    return Exit.OK


def _text(reader: Reader, line: ConversationLine) -> str:
    unread = line.reading.unread if line.reading is not None else 0
    marks = [f"{unread} unread"] if unread else []
    if line.request:
        marks.append("request")
    if line.verified:
        marks.append("verified")
    if line.group is not None:
        marks.append(f"group of {len(line.others) + 1}")
    if line.title:
        marks.append(", ".join(name(reader, account) for account in line.others))
    return "  ".join((line.label, *marks))


def _record(reader: Reader, line: ConversationLine) -> dict[str, object]:
    group = line.group
    return {
        "conversation": line.label,
        "stream": line.stream.hex(),
        "title": line.title or None,
        "members": [reader.handle(account) for account in line.others],
        "admins": None if group is None else [reader.handle(each) for each in group.admins],
        "request": line.request,
        "verified": line.verified,
        "unread": line.reading.unread if line.reading is not None else 0,
    }
