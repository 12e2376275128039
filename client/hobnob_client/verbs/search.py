"""`hobnob search`: find messages by their words."""

from hobnob_client.failures import Exit
from hobnob_client.lock import LinkLock
from hobnob_client.replica import Replica
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call, channel_named
from hobnob_protocol.crypto import Ed25519Verifier


def run(call: Call) -> Exit:
    """Make searchable what is not yet, then look."""
    words = call.words
    with call.reader() as reader:
        _index(call)
        stream = None
        if words.channel is not None:
            stream = channel_named(reader, words.channel).stream
        names = {line.stream: line.channel.name for line in reader.channels()}
        # A space after the last word finishes it: at the shell nobody is still typing.
        hits = reader.search(" ".join(words.words) + " ", words.count, stream=stream)
        for hit in hits:
            shown = reader.message(hit.stream, hit.target)
            if shown is None or shown.dead is not None or shown.hidden is not None:
                continue
            name = names.get(hit.stream, hit.stream.hex())
            text = lines.text(reader, call.settings, name, shown)
            call.terminal.show(lines.record(reader, name, shown), text)
    return Exit.OK if hits else Exit.FAILED


def _index(call: Call) -> None:
    """Whoever has the link indexes as it goes; where nobody has, we do it."""
    lock = LinkLock(call.profile.lock)
    if not lock.take():
        return
    replica = Replica.open(call.profile, call.device, Ed25519Verifier())
    try:
        while replica.index_some():
            call.terminal.progress("making the replica searchable …")
    finally:
        replica.close()
        lock.release()
