"""What is not searchable yet is made so, before a verb asks the index of words."""

from hobnob_client.lock import LinkLock
from hobnob_client.replica import Replica
from hobnob_client.verbs.call import Call
from hobnob_protocol.crypto import Ed25519Verifier


def make_searchable(call: Call) -> None:
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
