"""`make bench`: everything side by side in one run, printed as tables. No result fails the run."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.benchmarks import (
    catch_up,
    fanout,
    finding,
    ingest,
    million,
    native,
    neighbours,
    peers,
    sealed,
)
from tests.benchmarks.hub import CAPS, FRAME_CAPS, Hub
from tests.benchmarks.load import Load, LoadError
from tests.benchmarks.process import allow, busy, cores
from tests.benchmarks.screens import felt, measure
from tests.benchmarks.server import TEXT_BYTES, Missing
from tests.benchmarks.table import number, table, times


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    subscribers: int = 1_000
    rounds: int = 3
    one: int = 100
    """Messages of a round with one in flight."""
    many: int = 640
    """... and with `in_flight`."""
    in_flight: int = 32
    senders: int = 32
    unacknowledged: int = 2_048
    ingested: int = 16_000
    neighbours: int = 100
    every_us: int = 20_000
    paced: int = 100
    history: int = 20_000
    texts: int = 1_000_000
    starts: int = 20
    """Of each program with a screen."""
    acts: int = 20
    """Each of its acts so often."""


SMOKE = Sizes(8, 1, 5, 20, 4, 3, 16, 60, 5, 5_000, 20, 200, 2_000, 2, 4)
"""Everything once, in seconds: does it count right?"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run happens."""

    directory: Path
    load: Path
    server_core: int
    load_core: int
    cache: Path
    """What takes long to make, and is kept."""

    def made(self, name: str) -> Path:
        """A folder of its own."""
        found = self.directory / name
        found.mkdir()
        return found


def main() -> int:
    """All tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=Sizes().rounds)
    parser.add_argument("--smoke", action="store_true", help="small numbers: does it count right?")
    parser.add_argument("--parts", nargs="+", choices=[*PARTS], default=[*PARTS])
    parser.add_argument("--cache", type=Path, help="where what takes long to make is kept")
    given = parser.parse_args()
    sizes = SMOKE if given.smoke else Sizes(rounds=given.rounds)
    with tempfile.TemporaryDirectory(prefix="hobnob-bench-") as made:
        directory = Path(made)
        try:
            load = native.build("load", directory)
        except FileNotFoundError as missing:
            print(f"nothing is measured: {missing}")
            return 0
        place = Place(directory, load, *cores(), given.cache or directory / "cache")
        print(f"before: {busy()}; a text of {TEXT_BYTES} bytes; caps {CAPS | FRAME_CAPS}")
        for name in given.parts:
            try:
                PARTS[name](place, sizes)
            except (LoadError, Missing, TimeoutError) as why:
                print(f"no result: {why}")
            print(f"({busy()})", flush=True)
    return 0


def deliveries(place: Place, sizes: Sizes) -> None:
    """CPU of the server for each delivery, and memory for each idle connection."""
    core, count = place.server_core, sizes.subscribers
    floor = native.build("floor", place.directory)

    def ours(directory: Path) -> Hub:
        hub = Hub(directory, core, count + 1, CAPS | FRAME_CAPS)
        hub.restart()
        return hub

    kinds: dict[str, fanout.Start] = {
        "C relay": lambda directory: peers.floor(floor, directory, core),
        "hobnob": ours,
        "inspircd": lambda directory: peers.inspircd(directory, core),
        "ngircd": lambda directory: peers.ngircd(directory, core),
        "nats-server": lambda directory: peers.nats(directory, core),
    }
    runners: list[fanout.Runner] = []
    try:
        for name, make in kinds.items():
            runners.append(
                fanout.start(name, make, place.load, place.directory, count, place.load_core)
            )
        print(f"\n## CPU for each delivery to {count:,} subscribers, medians of {sizes.rounds}\n")
        fanout.rounds(runners, {1: sizes.one, sizes.in_flight: sizes.many}, sizes.rounds)
        _print_deliveries(runners, sizes.in_flight)
    finally:
        for runner in runners:
            runner.close()


def _print_deliveries(runners: list[fanout.Runner], many: int) -> None:
    floor = runners[0]
    head = ("server", "1 in flight us", "x relay", f"{many} us", "x relay", "KB/idle connection")
    rows = [
        (
            f"{runner.name} {runner.version}",
            number(runner.cost_us(1)),
            times(runner.cost_us(1), floor.cost_us(1)),
            number(runner.cost_us(many)),
            times(runner.cost_us(many), floor.cost_us(many)),
            runner.missing or number(runner.rss_bytes / 1_024, 1),
        )
        for runner in runners
    ]
    print(table(head, rows))


def acknowledged(place: Place, sizes: Sizes) -> None:
    """Durable messages a second, each signature verified."""
    directory = place.made("ingest")
    hub = Hub(directory, place.server_core, sizes.senders, CAPS | FRAME_CAPS)
    found: dict[str, ingest.Ingest] = {}
    try:
        sockets = hub.connections(sizes.senders)
        load = Load(place.load, hub.protocol, sockets, directory, place.load_core)
        try:
            for cores_used, allowed in (
                ("one of its own", {place.server_core}),
                ("that and the load's", {place.server_core, place.load_core}),
            ):
                allow(hub.pid, allowed)
                found[cores_used] = ingest.measure(
                    hub, load, directory, sizes.senders, sizes.unacknowledged, sizes.ingested,
                    sizes.rounds,
                )  # fmt: skip
        finally:
            load.close()
    finally:
        hub.stop()
    print(f"\n## Durable messages, {sizes.senders} senders who follow, signed before\n")
    _print_acknowledged(found)


def _print_acknowledged(found: dict[str, ingest.Ingest]) -> None:
    head = (
        "cores of the hub", "acked/s", "by whole cores/s", "CPU us/message", "its second process",
        "a check of a signature", "the load's CPU us", "fdatasync ms",
    )  # fmt: skip
    rows = [
        (
            cores_used,
            number(one.per_second, 0),
            number(one.whole(count, shared=count > 1), 0),
            number(one.cpu_us, 0),
            number(one.second_us, 0),
            f"{one.verify_us:.0f} us, {one.verify_us / one.cpu_us:.0%}",
            number(one.load_us, 1),
            number(one.fdatasync_ms),
        )
        for count, (cores_used, one) in enumerate(found.items(), 1)
    ]
    print(table(head, rows))


def others(place: Place, sizes: Sizes) -> None:
    """What members feel while one misbehaves; the hub's own guards are as they always are."""
    directory = place.made("others")
    hub = Hub(directory, place.server_core, sizes.neighbours + 2, CAPS)
    try:
        sockets = hub.connections(sizes.neighbours + 1)
        load = Load(place.load, hub.protocol, sockets, directory, place.load_core)
        try:
            felt = neighbours.measure(
                hub, load, place.load_core, sizes.every_us, sizes.paced, sizes.rounds
            )
        finally:
            load.close()
    finally:
        hub.stop()
    print(f"\n## p99 of a delivery to {sizes.neighbours} others while one client ...\n")
    head = ("...", "without ms", "with ms", "x")
    rows = [
        (one.how, number(one.calm_us / 1_000), number(one.abused_us / 1_000), number(one.ratio))
        for one in felt
    ]
    print(table(head, rows))


def history(place: Place, sizes: Sizes) -> None:
    """A fresh replica catches up."""
    directory = place.made("history")
    hub = Hub(directory, place.server_core, sizes.senders, CAPS | FRAME_CAPS)
    try:
        sockets = hub.connections(sizes.senders)
        load = Load(place.load, hub.protocol, sockets, directory, place.load_core)
        try:
            load.acks(sizes.unacknowledged, hub.messages_of(sizes.senders, sizes.history))
        finally:
            load.close()
        found = catch_up.catch_up(hub.invite(), directory / "newcomer")
    finally:
        hub.stop()
    print("\n## A fresh replica catches up over loopback\n")
    head = ("events", "usable s", "complete events/s", "CPU us/event", "... indexed too")
    row = (
        number(found.events, 0),
        number(found.usable_seconds),
        number(found.events / found.complete_seconds, 0),
        number(found.complete_cpu_ns / found.events / 1_000, 0),
        number(found.indexed_cpu_ns / found.events / 1_000, 0),
    )
    print(table(head, [row]))


def conversations(_place: Place, sizes: Sizes) -> None:
    """What sealing costs a device."""
    print("\n## Sealing, medians of CPU on one device, events and signatures included\n")
    head = ("conversation", "start ms", "KB", "open it ms", "send ms", "receive ms", "bytes of 120")
    rows = [
        (
            one.what,
            number(one.start_ms),
            number(one.start_bytes / 1_024, 1),
            number(one.open_ms),
            number(one.send_ms, 3),
            number(one.receive_ms, 3),
            number(one.message_bytes, 0),
        )
        for one in sealed.costs(sizes.rounds)
    ]
    print(table(head, rows))


def searches(place: Place, sizes: Sizes) -> None:
    """Searching all history as one types."""
    folder = place.made("finding")
    of = million.fill(folder / "replica.db", sizes.texts)
    print(f"\n## Searching {of.count:,} texts as one types, the first {finding.LIMIT} hits\n")
    head = ("500 queries", "asked", "with hits", "p50 ms", "p95 ms", "max ms")
    rows = [
        (
            *(one.sort, number(one.count, 0), number(one.hits, 0)),
            *(number(ms) for ms in (one.p50_ms, one.p95_ms, one.max_ms)),
        )
        for one in (*finding.ask(of), finding.count_months(of))
    ]
    print(table(head, rows))
    mb = of.path.stat().st_size / 1_000_000
    print(f"\nmade searchable: {of.said_ns / of.count / 1_000:.1f} us CPU a text, {mb:.0f} MB")
    print(f"grep for the rarest word in the same as a file: {finding.grep(of, folder):.0f} ms")


def screen(place: Place, sizes: Sizes) -> None:
    """What a person feels at the screen, beside other clients of the terminal."""
    acts = felt.Sizes(sizes.acts, 12 * sizes.acts, sizes.acts / 2)
    told = measure.measure(place.cache, place.made("screen"), sizes.texts, sizes.starts, acts)
    print(f"\n## At the screen, {sizes.texts:,} messages, 160 by 45 cells\n\n{told}")


PARTS: Final[dict[str, Callable[[Place, Sizes], None]]] = {
    "deliveries": deliveries,
    "acknowledged": acknowledged,
    "others": others,
    "history": history,
    "sealed": conversations,
    "finding": searches,
    "screen": screen,
}

if __name__ == "__main__":
    sys.exit(main())
