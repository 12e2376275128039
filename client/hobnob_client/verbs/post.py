"""`hobnob post`: say something in a channel."""

from hobnob_client import typed
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import ChannelLine, Reader
from hobnob_client.verbs import composing
from hobnob_client.verbs.call import Call, channel_named
from hobnob_protocol.ids import TargetId
from hobnob_protocol.kinds.messages import Post


def run(call: Call) -> Exit:
    """Compose it, then send it if the hub can be reached."""
    words = call.words
    text = _text(call)
    with call.reader() as reader:
        line = channel_named(reader, words.channel)
        if not line.joined:
            raise Failure(
                f"You are not in #{line.channel.name}: hobnob join '#{line.channel.name}'"
            )
        reply, thread = _answered(reader, line, words.reply, words.thread)
        post = Post(text, thread, reply, () if words.code else typed.mentions(reader, text))
    composed = composing.compose(call, line.stream, post)
    # Only now, with the words safe on the disk, is the network looked for.
    from hobnob_client.verbs.delivery import deliver, told

    fate, why = deliver(call, composed.n)
    if call.terminal.as_json:
        said = {"event": composed.event_id[:16].hex(), "number": composed.n, "state": fate.value}
        call.terminal.show(said, "")
    return told(call, fate, why)


def _text(call: Call) -> str:
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


def _answered(
    reader: Reader, line: ChannelLine, name: str | None, in_thread: bool
) -> tuple[TargetId | None, TargetId | None]:
    """What is answered, and the thread it is said in."""
    if name is None:
        if in_thread:
            raise Failure("--thread needs --reply EVENT.", Exit.USAGE)
        return None, None
    target = reader.target(line.stream, name)
    shown = reader.message(line.stream, target) if target is not None else None
    if target is None or shown is None:
        raise Failure(f"No one message in #{line.channel.name} is named {name!r}.", Exit.USAGE)
    # An answer to what was said in a thread belongs there, asked or not.
    return target, shown.thread or (target if in_thread else None)
