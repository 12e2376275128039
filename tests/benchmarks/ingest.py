"""Many senders: durable messages, each signature verified, until they are acknowledged."""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from tests.benchmarks.hub import Hub
from tests.benchmarks.load import Load
from tests.benchmarks.process import fdatasync_ms, threads_ns

SIGNED_BYTES = 240
"""What the signature of a message covers, about."""
CHECKS = 500


@dataclass(frozen=True, slots=True)
class Ingest:
    """Medians of all rounds."""

    per_second: float
    cpu_us: float
    busiest_us: float
    """Of it, the thread that has most to do."""
    load_us: float
    """CPU of the generator: its messages were signed before."""
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
    busiest: list[float] = []
    loads: list[float] = []
    checks: list[float] = []
    syncs: list[float] = []
    for _ in range(rounds):
        records = hub.messages_of(senders, messages)
        before = threads_ns(hub.pid)
        measured = load.acks(in_flight, records)
        spent = [ns - before.get(name, 0) for name, ns in threads_ns(hub.pid).items()]
        costs.append(sum(spent) / measured.count / 1_000)
        busiest.append(max(spent) / measured.count / 1_000)
        loads.append(measured.load_cpu_ns / measured.count / 1_000)
        walls.append(measured.count / measured.elapsed_ns * 1e9)
        checks.append(check_us())
        syncs.append(fdatasync_ms(directory))
    return Ingest(*map(median, (walls, costs, busiest, loads, checks, syncs)))


def check_us() -> float:
    """CPU of one check of a signature, here and now."""
    signer, verifier = Ed25519Signer(bytes(32)), Ed25519Verifier()
    message = bytes(SIGNED_BYTES)
    signature = signer.sign(message)
    began = time.thread_time()
    for _ in range(CHECKS):
        verifier.verify(signer.public_key, signature, message)
    return (time.thread_time() - began) / CHECKS * 1e6
