"""One mutation on trial: a forked process imports the faulty module and runs its unit tests.

The process that forks has imported pytest and what the tests import from others, but nothing of
hobnob, so each trial is quick and none knows of another.
"""

import importlib
import os
import resource
import signal
import sys
from dataclasses import dataclass
from typing import Final

import pytest

from tests.mutation.operators import Mutation
from tests.mutation.parts import ROOT, Source
from tests.mutation.planting import plant

WARM: Final = ("msgpack", "cryptography.hazmat.primitives.asymmetric.ed25519")
"""What every trial needs of others, imported once."""
CPU_SECONDS_MAX: Final = 90
"""An endless loop is noticed then; by processor time, so that a busy machine kills no one."""
MEMORY_BYTES_MAX: Final = 2 << 30
PASSED: Final = 0
FAILED: Final = (1, 2)
"""A test failed, or could not even be collected."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A running process and what it tries; None tries the sound source."""

    pid: int
    source: Source
    mutation: Mutation | None


def warm_up() -> None:
    """Import what is the same in every trial."""
    for name in WARM:
        importlib.import_module(name)


def start(source: Source, mutation: Mutation | None) -> Trial:
    """Fork and run; the child never comes back."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return Trial(pid, source, mutation)
    try:
        os._exit(_run(source, mutation))
    finally:
        os._exit(3)


def _run(source: Source, mutation: Mutation | None) -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS_MAX, CPU_SECONDS_MAX))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os.chdir(ROOT)
    if mutation is not None:
        plant(source.module, mutation.applied)
    quiet = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    return int(pytest.main([*quiet, *source.test_files()]))


def wait(trials: dict[int, Trial]) -> tuple[Trial, bool]:
    """The next trial that ends, and whether its mutation survived; it is taken from `trials`."""
    pid, status = os.waitpid(-1, 0)
    trial = trials.pop(pid)
    if os.WIFSIGNALED(status):
        return trial, False
    code = os.WEXITSTATUS(status)
    if code != PASSED and code not in FAILED:
        raise RuntimeError(f"pytest ended with {code} for {trial.source.path}")
    return trial, code == PASSED
