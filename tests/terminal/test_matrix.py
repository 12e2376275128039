"""The guide says what hobnob can do beside others, and nothing that no story shows."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.terminal.matrix import PEERS, README, Answer, Row, load, written

ROOT = Path(__file__).parents[2]
ROWS = load()
YES = [row for row in ROWS if row.answer is Answer.YES]


@cache
def stories(path: str) -> frozenset[str]:
    """The tests of a file in a real terminal that are not skipped out of hand."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    in_terminals = {
        name.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module is not None
        if node.module.startswith("tests.terminal.")
        for name in node.names
    }
    assert in_terminals & {"Looker", "Terminal"}, path
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if not any("skip" in ast.unparse(each) for each in node.decorator_list)
    )


def test_rows_run_from_one_without_a_hole() -> None:
    """A row keeps its number."""
    assert [row.number for row in ROWS] == list(range(1, 70))
    assert all(0 <= row.peers <= PEERS for row in ROWS)


@pytest.mark.parametrize("row", YES, ids=lambda row: row.name)
def test_a_yes_names_its_keys_and_a_story_in_a_terminal(row: Row) -> None:
    """By file and name; the suite as a whole says that it is green."""
    path, _, name = row.story.partition("::")
    assert name in stories(path)
    assert row.how
    assert not row.lacks


def test_what_is_no_yes_says_what_it_lacks_and_shows_nothing() -> None:
    """A part says what is missing; a no claims no key."""
    for row in ROWS:
        if row.answer is Answer.PART:
            assert row.how, row
            assert row.lacks, row
        if row.answer is Answer.NO:
            assert (row.how, row.story) == ("", ""), row


def test_the_guide_has_the_rows_as_they_are() -> None:
    """`make tables` writes them."""
    text = README.read_text(encoding="utf-8")
    assert written(text) == text
