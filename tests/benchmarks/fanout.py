"""One sender, many subscribers: what a delivery costs each server, side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.benchmarks.load import Load, LoadError, Measured
from tests.benchmarks.process import cpu_ns, rss_bytes
from tests.benchmarks.server import Missing, Server

Start = Callable[[Path], Server]


@dataclass
class Runner:
    """A server with its load; `missing` says why it has no results."""

    name: str
    version: str = ""
    server: Server | None = None
    load: Load | None = None
    missing: str = ""
    rss_bytes: float = 0.0
    """For each idle connection."""
    costs_us: dict[int, list[float]] = field(default_factory=dict[int, list[float]])
    """CPU of the server for each delivery, by messages in flight, a figure a round."""

    def cost_us(self, in_flight: int) -> float | None:
        """The median of all rounds."""
        found = self.costs_us.get(in_flight)
        return median(found) if found else None

    def close(self) -> None:
        """End both."""
        if self.load is not None:
            self.load.close()
        if self.server is not None:
            self.server.stop()


def start(
    name: str, make: Start, program: Path, directory: Path, subscribers: int, core: int
) -> Runner:
    """A server with so many subscribers and one who talks, or why there is none."""
    runner = Runner(name)
    place = directory / name.replace(" ", "-")
    place.mkdir()
    try:
        runner.server = make(place)
        runner.version = runner.server.version
        before = rss_bytes(runner.server.pid)
        sockets = runner.server.connections(subscribers + 1)
        runner.load = Load(program, runner.server.protocol, sockets, place, core)
        runner.rss_bytes = (rss_bytes(runner.server.pid) - before) / (subscribers + 1)
    except (Missing, OSError, LoadError) as why:
        runner.missing = str(why)
        runner.close()
        runner.server = runner.load = None
    return runner


def flow(runner: Runner, in_flight: int, messages: int) -> Measured | None:
    """One measurement of one server."""
    if runner.server is None or runner.load is None:
        return None
    records = runner.server.messages(messages)
    before = cpu_ns(runner.server.pid)
    try:
        measured = runner.load.flow(in_flight, records)
    except LoadError as why:
        runner.missing = str(why)
        runner.close()
        runner.server = runner.load = None
        return None
    cost = (cpu_ns(runner.server.pid) - before) / measured.count / 1_000
    runner.costs_us.setdefault(in_flight, []).append(cost)
    return measured


def rounds(runners: Sequence[Runner], messages: dict[int, int], count: int) -> None:
    """A B C A B C: each server in turn, so that whatever the machine does happens to all."""
    for _ in range(count):
        for in_flight, each in messages.items():
            for runner in runners:
                flow(runner, in_flight, each)
