"""`hobnob thread`: show a thread, call it by a title, settle it or open it again."""

from hobnob_client import acting, term_safe
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import Place, Reader
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.naming import message_named
from hobnob_client.verbs.saying import say
from hobnob_protocol.kind import Body
from hobnob_sync.views.message import Message


def run(call: Call) -> Exit:
    """Show the thread a message is in, or begins; or say what is asked of it."""
    words = call.words
    if words.resolve and words.reopen:
        raise Failure("Either --resolve or --reopen.", Exit.USAGE)
    with call.reader() as reader:
        place, shown = message_named(reader, words.message)
        bodies: list[Body] = []
        if words.title is not None:
            bodies.append(acting.title(shown, words.title))
        if words.resolve or words.reopen:
            bodies.append(acting.settle(shown, words.resolve))
        if not bodies:
            _show(call, reader, place, shown)
            return Exit.OK
    return say(call, place.stream, *bodies)


def _show(call: Call, reader: Reader, place: Place, shown: Message) -> None:
    thread = reader.thread(place.stream, shown.thread or shown.target)
    heading = thread.heading
    if heading.title or heading.resolved:
        resolved = " (resolved)" if heading.resolved else ""
        call.terminal.say(f"{term_safe.line(heading.title) or 'untitled'}{resolved}")
    for each in (*([thread.root] if thread.root is not None else []), *thread.replies):
        text = lines.text(reader, call.settings, place.label, each)
        call.terminal.show(lines.record(reader, place.name, each), text)
