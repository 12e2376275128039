"""What others feel of one who misbehaves: their latency with and without, in turns."""

from dataclasses import dataclass
from statistics import median

from tests.benchmarks.abuse import WAYS, abuse
from tests.benchmarks.hub import Hub
from tests.benchmarks.load import Load


@dataclass(frozen=True, slots=True)
class Felt:
    """Medians of all rounds: p99 of a delivery in microseconds."""

    how: str
    calm_us: float
    abused_us: float

    @property
    def ratio(self) -> float:
        """What it costs the others."""
        return self.abused_us / self.calm_us


def measure(
    hub: Hub, load: Load, core: int, every_us: int, messages: int, rounds: int
) -> list[Felt]:
    """The last member misbehaves; the others' messages come one each so many microseconds."""
    found: list[Felt] = []
    for how in WAYS:
        calm: list[float] = []
        abused: list[float] = []
        for _ in range(rounds):
            calm.append(load.paced(every_us, hub.messages(messages)).p99_us)
            with abuse(hub, hub.members[-1], how, core):
                abused.append(load.paced(every_us, hub.messages(messages)).p99_us)
        found.append(Felt(how, median(calm), median(abused)))
    return found
