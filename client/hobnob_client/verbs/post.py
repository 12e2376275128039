"""`hobnob post`: say something in a channel, or to somebody."""

from hobnob_client import acting, typed
from hobnob_client.conversing import first_event
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import Place, Reader
from hobnob_client.verbs.call import Call, place_named
from hobnob_client.verbs.saying import say, text_of
from hobnob_protocol.kinds.messages import Post


def run(call: Call) -> Exit:
    """Compose it, then send it if the hub can be reached."""
    text = text_of(call)
    with call.reader() as reader:
        line = place_named(reader, call.words.channel)
        if not line.joined:
            raise Failure(f"You are not in {line.label}: hobnob join '{line.label}'")
        begun = first_event(reader, line)
        post = _post(call, reader, line, text)
    return say(call, line.stream, *([begun] if begun is not None else []), post)


def _post(call: Call, reader: Reader, line: Place, text: str) -> Post:
    """What is said, in answer to what is named."""
    words = call.words
    name = words.reply
    if name is None:
        if words.thread:
            raise Failure("--thread needs --reply EVENT.", Exit.USAGE)
        return Post(text, None, None, () if words.code else typed.mentions(reader, text))
    target = reader.target(line.stream, name)
    shown = reader.message(line.stream, target) if target is not None else None
    if shown is None:
        raise Failure(f"No one message in {line.label} is named {name!r}.", Exit.USAGE)
    return acting.answer(reader, shown, text, thread=words.thread)
