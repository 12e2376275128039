"""`hobnob drafts`: what was begun and not sent, on any of one's own devices."""

from hashlib import sha256

from hobnob_client import term_safe
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading.drafts import DraftLine
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.lines import NAME_LETTERS, indented, moment, stamp
from hobnob_client.verbs.place_names import PlaceNames
from hobnob_protocol.sealing.draft import encode_draft


def run(call: Call) -> Exit:
    """List them, print one, or give one up."""
    with call.reader() as reader:
        names = PlaceNames(reader)
        found = {_name(line): line for line in reader.drafts()}
    if call.verb.action == "list":
        for name, line in found.items():
            call.terminal.show(_record(name, line, names), _told(call, name, line, names))
        return Exit.OK
    name, line = _named(call.words.draft, found)
    if call.verb.action == "read":
        call.terminal.show(_record(name, line, names), line.text)
        return Exit.OK
    _drop(call, line)
    call.terminal.say("given up; your other devices hear of it with the next sync")
    return Exit.OK


def _name(line: DraftLine) -> str:
    """How a draft is called: not by its number, which another device may change meanwhile."""
    return sha256(encode_draft(line.draft)).hexdigest()[:NAME_LETTERS]


def _named(words: str, found: dict[str, DraftLine]) -> tuple[str, DraftLine]:
    meant = [name for name in found if words and name.startswith(words.lower())]
    if len(meant) != 1:
        many = "Several drafts are" if meant else "No draft is"
        raise Failure(f"{many} called {words!r}: hobnob drafts lists them.", Exit.USAGE)
    return meant[0], found[meant[0]]


def _drop(call: Call, line: DraftLine) -> None:
    # Here and not above: who only reads needs no file that can be written.
    from hobnob_client.verbs.keeping import keep

    keep(call, encode_draft(line.draft), b"")


def _place(line: DraftLine, names: PlaceNames) -> str:
    return names.label(line.stream, f"~{line.stream[2:].hex()[:NAME_LETTERS]}")


def _record(name: str, line: DraftLine, names: PlaceNames) -> dict[str, object]:
    return {
        "draft": name,
        "channel": names.name(line.stream),
        "stream": line.stream.hex(),
        "thread": None if line.thread is None else line.thread.hex(),
        "at": stamp(line.at_ms),
        "text": line.text,
        "beside": line.beside,
        "shared": line.shared,
    }


def _told(call: Call, name: str, line: DraftLine, names: PlaceNames) -> str:
    place = _place(line, names)
    if line.thread is not None:
        place += f" in {line.thread.hex()[:NAME_LETTERS]}"
    marks = [
        *(["beside a later one"] if line.beside else []),
        *([] if line.shared else ["on this device only"]),
    ]
    marked = f" ({', '.join(marks)})" if marks else ""
    head = f"{moment(line.at_ms, call.settings)} {name} {place}{marked}:"
    return f"{head} {indented(term_safe.body(line.text))}"
