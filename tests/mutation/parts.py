"""Which sources are mutated, and which unit tests belong to each."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the pure half and the tests that answer for it, as patterns from the root."""

    path: str
    tests: tuple[str, ...]

    @property
    def module(self) -> str:
        """How it is imported."""
        return ".".join(Path(self.path).with_suffix("").parts[1:])

    @property
    def text(self) -> str:
        """What stands in it."""
        return (ROOT / self.path).read_text()

    def test_files(self) -> list[str]:
        """The test files, in one order."""
        found = [str(path) for each in self.tests for path in sorted(ROOT.glob(each))]
        assert found, f"{self.path} has no tests"
        return found


def _protocol(name: str, *tests: str) -> Source:
    patterns = tuple(f"tests/protocol/test_{each}.py" for each in tests)
    return Source(f"protocol/hobnob_protocol/{name}.py", patterns)


def _fold(name: str) -> Source:
    return Source(f"sync/hobnob_sync/fold/{name}.py", ("tests/sync/fold/test_*.py",))


def _policy(name: str) -> Source:
    tests = (f"tests/sync/policy/test_{name}*.py", "tests/sync/policy/test_*.py")
    return Source(f"sync/hobnob_sync/policy/{name}.py", tests)


def _outbox(side: str, name: str) -> Source:
    tests = (f"tests/sync/{side}/test_{name}*.py",)
    return Source(f"sync/hobnob_sync/{side}/{name}.py", tests)


PARTS: Final = {
    "fold": (_fold("cells"), _fold("merge")),
    "policy": (_policy("decide"), _policy("roles"), _policy("spec"), _policy("table")),
    "outbox": (
        _outbox("client_engine", "pushing"),
        Source(
            "sync/hobnob_sync/client_engine/composing.py",
            (
                "tests/sync/client_engine/test_composing*.py",
                "tests/sync/client_engine/test_pushing*.py",
            ),
        ),
        _outbox("hub_engine", "pushing"),
    ),
    "codec": (
        _protocol("codec", "codec*"),
        _protocol("layout", "layout*", "wire*", "specification"),
        _protocol("fields", "fields*", "bodies*", "specification"),
        _protocol("bodies", "bodies*", "fields*", "specification"),
        _protocol("wire", "wire*"),
        _protocol("event", "event*"),
    ),
}
"""The parts that unit tests alone must guard, each by its name."""
