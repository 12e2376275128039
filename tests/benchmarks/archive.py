"""A whole archive: a fresh member catches up with it, and the replica is held against the hub.

`python -m tests.benchmarks.archive --data DIR [--hub DIR]`: DIR is an archive in the interchange
format (server/README.md); without it nothing is measured. The hub of `--hub` is kept, so that the
archive is imported once however often is measured; it is made where it is not there. On a machine
that others use, what the client's threads waited for a core is no part of what it would take alone.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hobnob_client.paths import Profile
from hobnob_server.control.client import ask
from hobnob_server.datadir import DataDir
from tests.benchmarks import replica
from tests.benchmarks.catch_up import CaughtUp
from tests.benchmarks.process import busy, cores, cpu_ns, end, peak_rss_bytes, spawn
from tests.benchmarks.table import number, table

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Served:
    """What the hub used for it."""

    cpu_ns: int
    peak_rss_bytes: int


def main(arguments: Sequence[str] | None = None) -> int:
    """All of it, in tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.archive", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the archive")
    parser.add_argument("--hub", type=Path, help="the hub that has it, kept")
    given = parser.parse_args(arguments)
    if not given.data.is_dir():
        print(f"nothing is measured: no archive in {given.data}")
        return 0
    with tempfile.TemporaryDirectory(prefix="hobnob-archive-") as made:
        hub = DataDir(given.hub or Path(made) / "hub")
        if not hub.database.exists():
            _import(given.data, hub)
        directory = Path(made) / "newcomer"
        profile = Profile(directory)
        print(f"before: {busy()}")
        found, served = _catch_up(hub, directory)
        print(f"after: {busy()}\n")
        _print_catch_up(found, served)
        print(table(("replica", "MB"), _sizes(hub, profile)))
        print(table(("the replica's", "as the hub's log says"), _compared(hub, profile)))
        _print_search(profile)
    return 0


def _import(archive: Path, hub: DataDir) -> None:
    hub.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    command = (sys.executable, "-m", "hobnob_server", "import", str(archive), "--auto-join")
    subprocess.run((*command, "--data", str(hub.path)), check=True)


def _catch_up(hub: DataDir, directory: Path) -> tuple[CaughtUp, Served]:
    """A process each, a core each where there are two."""
    hub_core, client_core = cores()
    run = (sys.executable, "-m", "hobnob_server", "run", "--log-level", "error")
    where = ("--data", str(hub.path), "--listen", "127.0.0.1:0")
    server = spawn((*run, *where), hub_core, subprocess.PIPE)
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if re.match(rb"listen: .*:\d+$", line.strip()):
                break
        answer = ask(hub.control, "invite", {"uses": 1, "hours": 1})
        assert isinstance(answer, dict)
        before_ns = cpu_ns(server.pid)
        command = (sys.executable, "-m", "tests.benchmarks.catch_up", str(answer["link"]))
        client = spawn((*command, str(directory)), client_core, subprocess.PIPE)
        said, _ = client.communicate()
        if client.returncode:
            raise SystemExit(said.decode())
        used = Served(cpu_ns(server.pid) - before_ns, peak_rss_bytes(server.pid))
        return CaughtUp(**json.loads(said)), used
    finally:
        end(server)
        if server.stdout is not None:
            server.stdout.close()


def _print_catch_up(found: CaughtUp, served: Served) -> None:
    events = found.events
    head = ("events", "usable s", "complete s", "events/s", "waited for a core s",
            "a CPU second's", "client us/event", "indexed too", "hub us/event", "client peak MB",
            "hub peak MB")  # fmt: skip
    row = (
        number(events, 0),
        number(found.usable_seconds),
        number(found.complete_seconds, 1),
        number(events / found.complete_seconds, 0),
        number(found.complete_waited_ns / 1e9, 1),
        number(events / (found.complete_cpu_ns / 1e9), 0),
        number(found.complete_cpu_ns / events / 1_000, 1),
        number(found.indexed_cpu_ns / events / 1_000, 1),
        number(served.cpu_ns / events / 1_000, 1),
        number(found.peak_rss_bytes / MB, 0),
        number(served.peak_rss_bytes / MB, 0),
    )
    print(table(head, [row]))


def _sizes(hub: DataDir, profile: Profile) -> list[tuple[str, str]]:
    files = (("hub.db", hub.database), ("replica.db", profile.replica))
    return [(name, number(path.stat().st_size / MB, 0)) for name, path in files]


def _compared(hub: DataDir, profile: Profile) -> list[tuple[str, str]]:
    heads, streams = replica.heads_equal(hub.database, profile)
    rows, cells = replica.rows_equal(hub.database, profile)
    return [
        ("heads", f"{heads} of {streams} streams"),
        ("rows", f"{rows:,} of {cells:,} cells"),
    ]


def _print_search(profile: Profile) -> None:
    head = ("newest 50, the hub stopped", "words", "found", "p50 ms", "p95 ms", "max ms")
    rows = [
        (
            searched.how,
            number(searched.asked, 0),
            number(searched.found, 0),
            *(number(ms) for ms in (searched.p50_ms, searched.p95_ms, searched.max_ms)),
        )
        for searched in replica.search(profile)
    ]
    print(table(head, rows))


if __name__ == "__main__":
    sys.exit(main())
