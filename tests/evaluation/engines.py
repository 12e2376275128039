"""Which engines are evaluated, by which module; a module is asked for `run(archive, seed)`."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Final, TypeAlias

from tests.evaluation.archive import Archive
from tests.evaluation.row import Row

Run: TypeAlias = Callable[[Archive, int], tuple[Row, ...]]
"""The archive and the seed; no rows where the archive has nothing for this engine."""

MODULES: Final = {
    "feed": "tests.evaluation.feed",
    "helpers": "tests.evaluation.helping",
    "dating": "tests.evaluation.dating",
    "boards": "tests.evaluation.boards",
    "badges": "tests.evaluation.badges",
}
"""In the order in which they are printed."""


def run_of(name: str) -> Run | None:
    """The evaluation of an engine; None where there is none yet."""
    module = MODULES[name]
    if find_spec(module) is None:
        return None
    found: Run = import_module(module).run
    return found
