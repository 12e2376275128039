"""A verb says something: into the outbox in one durable transaction, whoever has the link."""

import os
import time

from hobnob_client.replica import Replica
from hobnob_client.verbs.call import Call
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.event import SALT_BYTES
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kind import Body
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine.inputs import Compose, Composed, Discard, Input, Retry


def compose(call: Call, stream: StreamId, body: Body) -> Composed:
    """Say `body` in a stream; it is on the disk when this returns."""
    kind, data = STANDARD.encode(body)
    return _composed(call, Compose(stream, kind, data, os.urandom(SALT_BYTES), int(time.time())))


def retry(call: Call, n: int) -> Composed:
    """Say once more what lies at place `n` of the tray. UsageError where nothing does."""
    return _composed(call, Retry(n, os.urandom(SALT_BYTES), int(time.time())))


def discard(call: Call, n: int) -> None:
    """Forget what lies at place `n` of the tray."""
    _step(call, Discard(n))


def _composed(call: Call, said: Input) -> Composed:
    # What goes along with it comes before it.
    outputs = reversed(_step(call, said))
    return next(output for output in outputs if isinstance(output, Composed))


def _step(call: Call, said: Input) -> tuple[object, ...]:
    replica = Replica.open(call.profile, call.signing(), Ed25519Verifier())
    try:
        return replica.step(said, int(time.monotonic() * 1_000)).outputs
    finally:
        replica.close()
