"""`hobnob react`: give an emoji to a message, or take it back."""

from hobnob_client import acting
from hobnob_client.failures import Exit
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.naming import message_named
from hobnob_client.verbs.saying import say


def run(call: Call) -> Exit:
    """Compose it, then send it if the hub can be reached."""
    emoji = acting.emoji(call.words.emoji)
    with call.reader() as reader:
        place, shown = message_named(reader, call.words.message)
        body = acting.react(reader, place.stream, shown, emoji, not call.words.undo)
    return say(call, place.stream, body)
