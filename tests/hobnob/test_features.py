"""The registry says what is there, and nothing that no green test shows."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from hobnob.features import command
from hobnob.features.registry import Feature, Status, load

ROOT = Path(__file__).parents[2]
FEATURES = load()
SHOWN = [feature for feature in FEATURES if feature.status is not Status.PLANNED]


def collected(*paths: str | Path) -> dict[str, str]:
    """What pytest collects in these files: of each test why it could show nothing, "" where it
    can."""
    said = subprocess.run(
        [sys.executable, "-m", "tests.hobnob.collecting", *map(str, paths)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stdout + said.stderr
    rows = [json.loads(line) for line in said.stdout.splitlines()]
    return {row["id"]: row["why"] for row in rows}


def missing(named: str, found: Mapping[str, str]) -> str:
    """Why what is named shows nothing; "" where it does. A file stands for all of its tests, a
    test for all its cases."""
    cases = {
        name: why
        for name, why in found.items()
        if name == named or name.startswith((f"{named}::", f"{named}["))
    }
    if not cases:
        return "there is no such test"
    return next((f"{name}: {why}" for name, why in cases.items() if why), "")


def test_numbers_run_from_one_without_a_hole() -> None:
    """A feature keeps its number for ever."""
    assert [feature.number for feature in FEATURES] == list(range(1, len(FEATURES) + 1))


def test_what_is_done_names_tests_that_are_there() -> None:
    """By file and name, as pytest collects them, none of them skipped or allowed to fail: the suite
    as a whole says that they are green."""
    assert [feature.name for feature in SHOWN if not feature.tests] == []
    named = {each for feature in SHOWN for each in feature.tests}
    paths = sorted({each.partition("::")[0] for each in named})
    assert [path for path in paths if not (ROOT / path).is_file()] == []
    found = collected(*paths)
    wrong = {each: why for each in sorted(named) if (why := missing(each, found))}
    assert wrong == {}


SKETCH = """
import pytest

def test_sound(): assert True
class TestOfAClass:
    def test_sound(self): assert True
@pytest.mark.parametrize("n", [1, 2])
def test_of_cases(n): assert n
@pytest.mark.parametrize("n", [])
def test_of_no_cases(n): assert n
@pytest.mark.skip(reason="later")
def test_marked(): assert True
@pytest.mark.xfail
def test_that_may_fail(): assert True
def test_that_ends_at_once():
    "What it would show."
    pytest.skip("later")
    assert True
def test_of_nothing():
    "What it would show."
"""


def test_the_check_sees_what_shows_nothing(tmp_path: Path) -> None:
    """What is not there, or is skipped, or is allowed to fail, or has nothing in it."""
    (tmp_path / "test_sketch.py").write_text(SKETCH)
    found = {f"it::{name.partition('::')[2]}": why for name, why in collected(tmp_path).items()}
    for sound in ("test_sound", "TestOfAClass", "TestOfAClass::test_sound", "test_of_cases"):
        assert missing(f"it::{sound}", found) == "", sound
    for wrong, why in {
        "test_soun": "there is no such test",
        "test_of_no_cases": "is marked skip",
        "test_marked": "is marked skip",
        "test_that_may_fail": "is marked xfail",
        "test_that_ends_at_once": "its first words end it",
        "test_of_nothing": "its first words end it",
    }.items():
        assert why in missing(f"it::{wrong}", found), wrong
    assert missing("it", found) != ""


def test_a_module_that_is_skipped_shows_nothing(tmp_path: Path) -> None:
    """As a whole, by a mark or when it is read."""
    (tmp_path / "test_mark.py").write_text(
        f"import pytest\npytestmark = pytest.mark.skip\n{SKETCH}"
    )
    assert "" not in collected(tmp_path).values()
    skipped = 'import pytest\npytest.skip("later", allow_module_level=True)\n'
    (tmp_path / "test_mark.py").write_text(skipped + SKETCH)
    (tmp_path / "test_other.py").write_text("def test_sound(): assert True\n")
    assert [name.partition("::")[2] for name in collected(tmp_path)] == ["test_sound"]


@pytest.mark.parametrize("feature", SHOWN, ids=lambda feature: feature.name)
def test_what_is_done_says_how_and_where_it_is_told(feature: Feature) -> None:
    """A key or a command, and a page that is there."""
    assert feature.how
    assert (ROOT / feature.docs).is_file()


def test_what_is_planned_claims_nothing() -> None:
    """No command and no test."""
    for feature in FEATURES:
        if feature.status is Status.PLANNED:
            assert (feature.how, feature.docs, feature.tests) == ("", "", ())


def test_the_command_lists_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """And with --all the rest; --json for programs."""
    assert command.main([]) == 0
    said = capsys.readouterr().out.splitlines()
    assert len(said) == len(SHOWN) + 1
    assert said[0].startswith("✓   1  topic channels")
    assert command.main(["--all"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(FEATURES) + 1
    assert command.main(["--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["number"] for row in rows] == [feature.number for feature in SHOWN]
