"""`hobnob edit`: another text for a message of one's own."""

from hobnob_client import acting
from hobnob_client.failures import Exit
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.naming import message_named
from hobnob_client.verbs.saying import say, text_of


def run(call: Call) -> Exit:
    """Compose it, then send it if the hub can be reached."""
    text = text_of(call)
    with call.reader() as reader:
        place, shown = message_named(reader, call.words.message)
        acting.readers_are_known(reader, place)
        body = acting.change(reader, shown, text)
    return say(call, place.stream, body)
