"""The registry says what is there, and nothing that no green test shows."""

import ast
import json
from functools import cache
from pathlib import Path

import pytest

from hobnob.features import command
from hobnob.features.registry import Feature, Status, load

ROOT = Path(__file__).parents[2]
FEATURES = load()
SHOWN = [feature for feature in FEATURES if feature.status is not Status.PLANNED]


@cache
def promises(path: str) -> frozenset[str]:
    """The names of the tests of a file that are not skipped out of hand."""
    tree = ast.parse((ROOT / path).read_text())
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if not any("skip" in ast.unparse(each) for each in node.decorator_list)
    )


def test_numbers_run_from_one_without_a_hole() -> None:
    """A feature keeps its number for ever."""
    assert [feature.number for feature in FEATURES] == list(range(1, len(FEATURES) + 1))


@pytest.mark.parametrize("feature", SHOWN, ids=lambda feature: feature.name)
def test_what_is_done_names_tests_that_are_there(feature: Feature) -> None:
    """By file and name; the suite as a whole says that they are green."""
    assert feature.tests
    for each in feature.tests:
        path, _, name = each.partition("::")
        assert name in promises(path) if name else promises(path)


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
