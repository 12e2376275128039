"""Many senders: durable messages, each signature verified, until they are acknowledged."""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from tests.benchmarks.hub import Hub
from tests.benchmarks.load import Load
from tests.benchmarks.process import cpu_ns, fdatasync_ms

SIGNED_BYTES = 240
"""What the signature of a message covers, about."""
CHECKS = 500


@dataclass(frozen=True, slots=True)
class Ingest:
    """Medians of all rounds."""

    per_second: float
    cpu_us: float
    verify_us: float
    fdatasync_ms: float

    @property
    def per_core_second(self) -> float:
        """What one core of its own would take."""
        return 1e6 / self.cpu_us


def measure(
    hub: Hub, load: Load, directory: Path, senders: int, in_flight: int, messages: int, rounds: int
) -> Ingest:
    """Acknowledged messages a second; a check of a signature is timed beside each round."""
    walls: list[float] = []
    costs: list[float] = []
    checks: list[float] = []
    syncs: list[float] = []
    for _ in range(rounds):
        records = hub.messages_of(senders, messages)
        before = cpu_ns(hub.pid)
        measured = load.acks(in_flight, records)
        costs.append((cpu_ns(hub.pid) - before) / measured.count / 1_000)
        walls.append(measured.count / measured.elapsed_ns * 1e9)
        checks.append(check_us())
        syncs.append(fdatasync_ms(directory))
    return Ingest(median(walls), median(costs), median(checks), median(syncs))


def check_us() -> float:
    """CPU of one check of a signature, here and now."""
    signer, verifier = Ed25519Signer(bytes(32)), Ed25519Verifier()
    message = bytes(SIGNED_BYTES)
    signature = signer.sign(message)
    began = time.thread_time()
    for _ in range(CHECKS):
        verifier.verify(signer.public_key, signature, message)
    return (time.thread_time() - began) / CHECKS * 1e6
