"""`hobnob report`: tell the moderators of a message."""

from hobnob_client import typed
from hobnob_client.failures import Exit, Failure
from hobnob_client.verbs import composing
from hobnob_client.verbs.call import Call, place_named
from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import MODERATION
from hobnob_protocol.limits import REASON_TEXT_MAX
from hobnob_sync.opened import is_conversation


def run(call: Call) -> Exit:
    """Compose it, then send it if the hub can be reached."""
    words = call.words
    reason = typed.cleaned(words.reason or "").strip()
    if not 0 < len(reason) <= REASON_TEXT_MAX:
        raise Failure(f"Say why, in up to {REASON_TEXT_MAX} characters: --reason", Exit.USAGE)
    with call.reader() as reader:
        line = place_named(reader, words.channel)
        target = reader.target(line.stream, words.event)
        if target is None or reader.message(line.stream, target) is None:
            said = f"No one message in {line.label} is named {words.event!r}."
            raise Failure(said, Exit.USAGE)
        try:
            body = reader.report(line.stream, target, reason)
        except UsageError as refused:
            raise Failure(f"Not reported: {refused}.", Exit.USAGE) from refused
    composed = composing.compose(call, MODERATION, body)
    from hobnob_client.verbs.delivery import deliver, told

    if is_conversation(line.stream):
        call.terminal.say("the hub and its moderators can read this one message now, no other")
    fate, why = deliver(call, composed.n)
    if call.terminal.as_json:
        report = composed.event_id[:16].hex()
        call.terminal.show({"report": report, "number": composed.n, "state": fate.value}, "")
    return told(call, fate, why)
