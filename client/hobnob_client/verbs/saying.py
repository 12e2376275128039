"""A verb that says something: into the outbox, then to the hub if it is there, then what came of
it."""

from hobnob_client import typed
from hobnob_client.failures import Exit, Failure
from hobnob_client.verbs import composing
from hobnob_client.verbs.call import Call
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kind import Body


def say(call: Call, stream: StreamId, *bodies: Body) -> Exit:
    """Say these, in their order; the last is the one that is told of."""
    composed = [composing.compose(call, stream, body) for body in bodies][-1]
    # Only now, with the words safe on the disk, is the network looked for.
    from hobnob_client.verbs.delivery import deliver, told

    fate, why = deliver(call, composed.n)
    if call.terminal.as_json:
        said = {"event": composed.event_id[:16].hex(), "number": composed.n, "state": fate.value}
        call.terminal.show(said, "")
    return told(call, fate, why)


def text_of(call: Call) -> str:
    """What is to be said: the words, or what standard input holds; as code where that is asked."""
    words = call.words
    given = call.terminal.given
    if words.text in ([], ["-"]):
        if not words.text and given.isatty():
            call.terminal.say("Write; Ctrl-D on a line of its own sends it.")
        raw = given.read()
    else:
        raw = " ".join(words.text)
    text = typed.cleaned(raw)
    if not words.code:
        return typed.bounded(text)
    if not text.strip():
        raise Failure("There is nothing to say.", Exit.USAGE)
    code, left_out = typed.fenced(text)
    if left_out:
        call.terminal.say(f"too long for a post: its first {left_out:,} lines are left out")
    return code
