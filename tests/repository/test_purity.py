"""The pure half stays pure: no I/O, no clock, no chance, no order that hashing decides."""

import ast
from pathlib import Path

import pytest

from tests.repository.source import PURE, files, name, tree

BANNED = {
    "aiosqlite", "asyncio", "datetime", "logging", "os", "pathlib", "random", "secrets", "socket",
    "sqlite3", "subprocess", "sys", "textual", "threading", "time", "uuid", "websockets",
}  # fmt: skip
BANNED_CALLS = {"open", "print", "input", "hash", "id"}
SETS = ("set", "frozenset")


@pytest.mark.parametrize("path", files(*PURE), ids=name)
def test_nothing_of_the_world_is_imported(path: Path) -> None:
    """No module that reads a clock, a file, a socket or a die."""
    found = {
        alias.name.split(".")[0]
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        (node.module or "").split(".")[0]
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
    }
    assert found & BANNED == set()


@pytest.mark.parametrize("path", files(*PURE), ids=name)
def test_nothing_of_the_world_is_called(path: Path) -> None:
    """No file, no screen, no hash that differs from run to run."""
    found = {
        node.func.id
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    # Where a value's own `__hash__` is defined, the rule would forbid what it protects.
    allowed = {"hash"} if path.name in ("registry.py", "value.py") else set[str]()
    assert (found & BANNED_CALLS) - allowed == set()


@pytest.mark.parametrize("path", files(*PURE), ids=name)
def test_no_bare_set_is_walked(path: Path) -> None:
    """Sets are asked, or sorted; walking one would make traces differ between runs."""
    module = tree(path)
    known = _names_of_sets(module)
    walked = [
        node.iter for node in ast.walk(module) if isinstance(node, ast.For | ast.comprehension)
    ]
    assert [ast.unparse(node) for node in walked if _is_set(node, known)] == []


def _names_of_sets(module: ast.Module) -> set[str]:
    """Names that are bound to a set as far as the text tells."""
    return {
        target.id
        for node in ast.walk(module)
        if isinstance(node, ast.Assign) and _is_set(node.value, set())
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _is_set(node: ast.expr, known: set[str]) -> bool:
    if isinstance(node, ast.Set | ast.SetComp):
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in SETS
    if isinstance(node, ast.BinOp):
        return _is_set(node.left, known) or _is_set(node.right, known)
    return isinstance(node, ast.Name) and node.id in known


def test_the_check_sees_a_bare_set() -> None:
    """The check above would notice."""
    module = ast.parse("names = {1, 2}\nfor name in names:\n    pass\n")
    loop = next(node for node in ast.walk(module) if isinstance(node, ast.For))
    assert _is_set(loop.iter, _names_of_sets(module))
