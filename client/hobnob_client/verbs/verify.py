"""`hobnob verify`: know that somebody is who they say, by a number both compare."""

from hobnob_client.failures import Exit
from hobnob_client.verbs import composing
from hobnob_client.verbs.call import Call, other_named
from hobnob_client.verifying import comparison
from hobnob_protocol.ids import user_stream
from hobnob_protocol.kinds.trust import Verify


def run(call: Call) -> Exit:
    """Show the number; mark who was compared."""
    words = call.words
    with call.reader() as reader:
        found = comparison(reader, other_named(reader, words.handle))
    handle = found.handle
    if words.undo:
        return _mark(call, found.withdrawn(), f"@{handle} counts as not verified.")
    if words.number:
        return _mark(call, found.typed("".join(words.number)), f"@{handle} is verified.")
    if found.stop:
        call.terminal.say(found.stop)
    call.terminal.say(
        f"Ask @{handle} to say: hobnob verify YOUR-HANDLE, and compare by voice, or side by side. "
        f"If it is the same number: hobnob verify {handle} NUMBER"
    )
    state = "verified" if found.verified else "not verified"
    record = {"handle": handle, "number": " ".join(found.groups), "verified": found.verified}
    call.terminal.show(record, "\n".join((*found.lines, f"@{handle}: {state}")))
    return Exit.OK


def _mark(call: Call, body: Verify, said: str) -> Exit:
    from hobnob_client.verbs.delivery import deliver, told

    composed = composing.compose(call, user_stream(call.device.account), body)
    call.terminal.say(said)
    return told(call, *deliver(call, composed.n))
