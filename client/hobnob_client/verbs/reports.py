"""`hobnob reports`: what members have reported, for those who moderate."""

from hobnob_client import care_words
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import Reader
from hobnob_client.reading.reports import Reported
from hobnob_client.term_safe import body as safe_body
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.lines import INDENT, NAME_LETTERS, indented, moment, name, stamp
from hobnob_client.verbs.place_names import PlaceNames
from hobnob_protocol.ids import MODERATION


def run(call: Call) -> Exit:
    """Each report with what it is about; a sealed message only where its proof holds."""
    with call.reader() as reader:
        if reader.held(MODERATION) is None:
            raise Failure("Moderators alone see what was reported, once they are in step.")
        names = PlaceNames(reader)
        for found in reader.reports(call.words.count):
            _show(call, reader, names, found)
    return Exit.OK


def _show(call: Call, reader: Reader, names: PlaceNames, found: Reported) -> None:
    by = name(reader, found.by)
    author = None if found.author is None else name(reader, found.author)
    hexed = found.stream.hex()
    place = "sealed" if found.sealed else names.label(found.stream, hexed)
    event = None if found.event is None else found.event.hex()
    blocked = care_words.blocked(found.author, found.by, reader.kept().blocked)
    head = f"{moment(found.at_ms, call.settings)} {by}: {indented(safe_body(found.reason))}"
    call.terminal.show(
        {
            "report": found.name.hex(),
            "at": stamp(found.at_ms),
            "by": by,
            "reason": found.reason,
            "place": "sealed" if found.sealed else names.name(found.stream) or hexed,
            "sealed": found.sealed,
            "holds": found.holds,
            "event": event,
            "author": author,
            "text": found.text,
        },
        f"{head}\n{INDENT}{place} {_about(found, event, author)}"
        + (f"\n{INDENT}({blocked})" if blocked else ""),
    )


def _about(found: Reported, event: str | None, author: str | None) -> str:
    if not found.holds:
        return "(this report does not hold: nobody known has sealed what it shows)"
    short = (event or "")[:NAME_LETTERS]
    if found.text is None:
        return f"{short} (not here)"
    return f"{short} {author}: {indented(safe_body(found.text))}"
