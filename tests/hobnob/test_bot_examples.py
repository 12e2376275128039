"""The examples of the guide for bot authors run as they stand there."""

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from hobnob.testing import Community

pytest_plugins = ["hobnob.testing.plugin"]

GUIDE = Path(__file__).parents[2] / "client" / "hobnob" / "README.md"
EXAMPLE = re.compile(r"<!-- example: (\w+)\.py -->\n```python\n(.*?)```", re.S)
LINES_MAX = 8
"""An answering bot with a typed command, imports included, fits in so many lines."""

EXAMPLES = dict(EXAMPLE.findall(GUIDE.read_text()))
TESTS = re.findall(r"^def (test_\w+)", EXAMPLES["test_dice"], re.M)


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    """The examples, importable by each other."""
    made: dict[str, ModuleType] = {}
    for name, source in EXAMPLES.items():
        made[name] = ModuleType(name)
        monkeypatch.setitem(sys.modules, name, made[name])
        exec(compile(source, f"{name}.py", "exec"), made[name].__dict__)
    return made


@pytest.mark.parametrize("name", TESTS)
def test_the_tests_of_the_guide_pass(
    modules: dict[str, ModuleType], community: Community, name: str
) -> None:
    """Each in a community of its own."""
    getattr(modules["test_dice"], name)(community)


def test_a_bot_fits_in_eight_lines() -> None:
    """Blank ones, the docstring and its run aside."""
    lines = [line for line in EXAMPLES["dice"].splitlines() if line.strip()]
    told = [line for line in lines if '"""' not in line]
    assert len([*told, "bot.run()"]) <= LINES_MAX
