"""Many senders: durable messages, each signature verified, until they are acknowledged."""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from tests.benchmarks.hub import Hub
from tests.benchmarks.load import Load
from tests.benchmarks.process import cpu_ns, fdatasync_ms, own_ns

SIGNED_BYTES = 240
"""What the signature of a message covers, about."""
CHECKS = 500


@dataclass(frozen=True, slots=True)
class Ingest:
    """Medians of all rounds."""

    per_second: float
    cpu_us: float
    second_us: float
    """Of it, the process that checks signatures ahead."""
    load_us: float
    """CPU of the generator: its messages were signed before."""
    verify_us: float
    fdatasync_ms: float

    def whole(self, cores: int, shared: bool) -> float:
        """What so many whole cores would acknowledge a second, by CPU: a figure that holds on a
        machine that others use too. Each of the hub's two processes does the work of one core at
        most; where the cores are `shared`, the generator's work is theirs too."""
        own_us = self.cpu_us - self.second_us
        all_us = (self.cpu_us + (self.load_us if shared else 0)) / cores
        return 1e6 / max(own_us if cores > 1 else 0, self.second_us, all_us)


def measure(
    hub: Hub, load: Load, directory: Path, senders: int, in_flight: int, messages: int, rounds: int
) -> Ingest:
    """Acknowledged messages a second; a check of a signature is timed beside each round."""
    walls: list[float] = []
    costs: list[float] = []
    seconds: list[float] = []
    loads: list[float] = []
    checks: list[float] = []
    syncs: list[float] = []
    for _ in range(rounds):
        records = hub.messages_of(senders, messages)
        before, before_own = cpu_ns(hub.pid), own_ns(hub.pid)
        measured = load.acks(in_flight, records)
        spent, own = cpu_ns(hub.pid) - before, own_ns(hub.pid) - before_own
        costs.append(spent / measured.count / 1_000)
        seconds.append((spent - own) / measured.count / 1_000)
        loads.append(measured.load_cpu_ns / measured.count / 1_000)
        walls.append(measured.count / measured.elapsed_ns * 1e9)
        checks.append(check_us())
        syncs.append(fdatasync_ms(directory))
    return Ingest(*map(median, (walls, costs, seconds, loads, checks, syncs)))


def check_us() -> float:
    """CPU of one check of a signature as the hub checks it, here and now."""
    signer, verifier = Ed25519Signer(bytes(32)), Ed25519Verifier()
    message = bytes(SIGNED_BYTES)
    signature = signer.sign(message)
    began = time.thread_time()
    for _ in range(CHECKS):
        verifier.verify(signer.public_key, signature, message)
    return (time.thread_time() - began) / CHECKS * 1e6
