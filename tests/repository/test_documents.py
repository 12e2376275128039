"""What the documents say is so."""

import inspect
import re
import subprocess

from hobnob_protocol import errors, limits
from tests.repository.source import PRODUCT, ROOT, files

MAKE = re.compile(r"`?make ([a-z]+)")


def test_the_tree_of_errors_is_the_one_that_is_drawn() -> None:
    """Every class of the tree is in the drawing, below its parent."""
    drawn = re.findall(
        r"^ *(?:│|├|└|─| )*(\w+Error|Store\w+|Seal\w+|OutboxFull)\b", errors.__doc__ or "", re.M
    )
    classes = [
        found.__name__
        for _, found in inspect.getmembers(errors, inspect.isclass)
        if issubclass(found, errors.HobnobError)
    ]
    assert sorted(drawn) == sorted(classes)


def test_every_limit_has_its_reason() -> None:
    """A bound without a why is a guess: each constant is followed by a docstring."""
    text = (ROOT / "protocol/hobnob_protocol/limits.py").read_text()
    names = re.findall(r"^([A-Z_]+): Final = .+\n(\"\"\")?", text, re.M)
    assert [name for name, doc in names if not doc] == []
    assert {name for name, _ in names} == {name for name in vars(limits) if name.isupper()}


def test_every_limit_binds_something() -> None:
    """A bound that nothing reads is none."""
    source = "\n".join(
        path.read_text() for path in files(*PRODUCT, "tests/simulation") if path.name != "limits.py"
    )
    unused = [name for name in vars(limits) if name.isupper() and name not in source]
    assert unused == []


def test_every_command_in_a_readme_exists() -> None:
    """Each `make …` that a README names is a target."""
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    for readme in ROOT.glob("*/README.md"):
        assert set(MAKE.findall(readme.read_text())) <= targets, readme
    named = set(re.findall(r"^make ([a-z]+)", (ROOT / "README.md").read_text(), re.M))
    assert named
    assert named <= targets


def test_the_tests_readme_has_every_folder_and_every_long_form() -> None:
    """A folder of tests says what is proved there, a target that runs them what it does."""
    table = (ROOT / "tests" / "README.md").read_text()
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/__init__.py")}
    assert [name for name in sorted(folders) if f"`{name}/`" not in table] == []
    targets = re.findall(r"^([a-z-]+): \$\(READY\)", (ROOT / "Makefile").read_text(), re.M)
    assert [name for name in targets if not re.search(rf"`make {name}[ `]", table)] == []


def test_the_commands_of_the_root_readme_are_the_gate() -> None:
    """What a newcomer is told to run is what every change must pass."""
    gate = (ROOT / ".ci/run").read_text()
    assert "make -j 2 check test" in gate


def test_the_makefile_can_be_read() -> None:
    """Each target at least expands to commands."""
    for target in ("demo", "test", "check", "simulate", "fuzz", "laws", "coverage"):
        done = subprocess.run(
            ["make", "-n", "-C", str(ROOT), target], capture_output=True, text=True, check=True
        )
        assert ".venv/bin/" in done.stdout


def test_nothing_names_a_registry_host() -> None:
    """Versions are pinned plainly."""
    for path in (ROOT / "constraints.txt", ROOT / "pyproject.toml", ROOT / "Makefile"):
        assert "://" not in path.read_text()
