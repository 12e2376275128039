"""`hobnob thank`: thank the author of a message where everybody sees it, or take that back."""

from hobnob_client import acting, term_safe
from hobnob_client.failures import Exit
from hobnob_client.reading import Place, Reader
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.naming import message_named
from hobnob_client.verbs.saying import say
from hobnob_sync.views.message import Message


def run(call: Call) -> Exit:
    """Compose it, then send it if the hub can be reached; or show who has thanked."""
    words = call.words
    with call.reader() as reader:
        place, shown = message_named(reader, words.message)
        if words.list:
            _show(call, reader, place, shown)
            return Exit.OK
        if words.undo:
            body = acting.thank_no_more(reader, place.stream, shown)
        else:
            body = acting.thank(reader, place.stream, shown, " ".join(words.reason))
    return say(call, place.stream, body)


def _show(call: Call, reader: Reader, place: Place, shown: Message) -> None:
    for each in reader.heard_thanks(place.stream, shown.target):
        handle = reader.handle(each.account)
        said = f": {term_safe.line(each.reason)}" if each.reason else ""
        waits = " (waits)" if each.pending else ""
        call.terminal.show(
            {
                "account": each.account.hex(),
                "handle": handle,
                "reason": each.reason,
                "pending": each.pending,
            },
            f"{lines.name(reader, each.account)}{said}{waits}",
        )
