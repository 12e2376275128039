"""`python -m tests.hobnob.collecting FILE...`: which tests pytest collects in these files, each as
a line of JSON, `{"id": ..., "why": ...}`: why it could show nothing, "" where it can.

In a process of its own: what is collected is imported, and one pytest in another is none.
"""

import ast
import inspect
import json
import sys
import textwrap
from collections.abc import Iterable, Sequence

import pytest

NEVER_GREEN = ("skip", "skipif", "xfail")
"""Marks with which a test may have failed, or not have run, in a suite that is green."""
ENDS_AT_ONCE = ("pytest.skip", "pytest.xfail", "pytest.importorskip")


class Noting:
    """Notes what is collected."""

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """All of it is there."""
        for item in session.items:
            print(json.dumps({"id": item.nodeid, "why": why_not(item)}))


def why_not(item: pytest.Item) -> str:
    """Why a test shows nothing though the suite is green; "" where it does."""
    marks = [name for name in NEVER_GREEN if item.get_closest_marker(name) is not None]
    if marks:
        return f"it is marked {marks[0]}"
    function = getattr(item, "function", None)
    if function is not None and ends_at_once(textwrap.dedent(inspect.getsource(function))):
        return "its first words end it"
    return ""


def ends_at_once(source: str) -> bool:
    """Does this test end before it has done anything, or do nothing at all?"""
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    body = _said(function.body)
    if not body:
        return True
    first = body[0]
    return (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Call)
        and ast.unparse(first.value.func) in ENDS_AT_ONCE
    )


def _said(body: Iterable[ast.stmt]) -> list[ast.stmt]:
    """What is done, without what is only told: docstrings, `...` and `pass`."""
    return [
        each
        for each in body
        if not isinstance(each, ast.Pass)
        and not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
    ]


def main(paths: Sequence[str]) -> int:
    """Collect these."""
    alone = ("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:terminal")
    return pytest.main(["--collect-only", *alone, *paths], plugins=[Noting()])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
