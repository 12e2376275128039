"""No text on the screen is read as markup: `[@click=…]` in a name would be a button."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repository.source import files, name, tree

FACES = ("client/hobnob_client", "client/hobnob")
PARSERS = frozenset({"from_markup", "render_str", "to_content", "from_ansi", "escape_markup"})
"""What makes markup of text."""
SHOWING = frozenset(
    {"Static", "Label", "Button", "Link", "Option", "Markdown", "Checkbox", "RadioButton", "Digits"}
)
"""Widgets and parts of them that take a bare text for markup."""
TITLES = frozenset({"border_title", "border_subtitle", "tooltip"})
"""Properties that do."""


def _literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


def _content(node: ast.expr) -> bool:
    """`Content(...)` and `Content.assemble(...)` take text as text."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    if isinstance(called, ast.Attribute) and called.attr == "assemble":
        called = called.value
    return isinstance(called, ast.Name) and called.id == "Content"


def _plain(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return _plain(node.body) and _plain(node.orelse)
    return _literal(node) or _content(node)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _without_markup(node: ast.Call) -> bool:
    return any(
        word.arg == "markup" and isinstance(word.value, ast.Constant) and word.value.value is False
        for word in node.keywords
    )


def _uses_textual(module: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] in ("textual", "rich")
        for node in ast.walk(module)
    )


def read_as_markup(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Where a file lets text become markup: (line, what)."""
    if not _uses_textual(module):
        return
    for node in ast.walk(module):
        if isinstance(node, ast.Name) and node.id in PARSERS:
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and node.attr in PARSERS:
            yield node.lineno, node.attr
        elif isinstance(node, ast.Call) and _says_bare(node) and not _without_markup(node):
            yield node.lineno, _called(node)
        elif isinstance(node, ast.Assign) and not _plain(node.value):
            yield from ((node.lineno, name) for name in _titles(node))


def _says_bare(node: ast.Call) -> bool:
    """Does a call hand text that is no literal to what reads markup?"""
    called = _called(node)
    named = [word.value for word in node.keywords if word.arg in ("content", "message", "prompt")]
    given = [*node.args[:1], *named]
    if called == "notify":
        return not all(_literal(each) for each in given)
    # A dictionary's `update` is another one.
    shows = called in SHOWING or called == "update"
    return shows and not all(_plain(each) or isinstance(each, ast.Dict) for each in given)


def _titles(node: ast.Assign) -> list[str]:
    attributes = [each.attr for each in node.targets if isinstance(each, ast.Attribute)]
    return [each for each in attributes if each in TITLES]


@pytest.mark.parametrize("path", files(*FACES), ids=name)
def test_no_text_is_read_as_markup(path: Path) -> None:
    """What is no literal goes through `Content`, or says `markup=False`."""
    assert list(read_as_markup(tree(path))) == []


@pytest.mark.parametrize(
    "source",
    [
        "Static(name)",
        "Label(f'by {name}')",
        "head.update(name)",
        "screen.notify(f'{name} is here')",
        "screen.notify(name, markup=True)",
        "screen.notify(message=name)",
        "box.border_title = name.replace('[', '')",
        "row.tooltip = name",
        "Content.from_markup(name)",
        "Option(name)",
        "Static('a' if x else name)",
    ],
)
def test_each_way_is_found(source: str) -> None:
    """The rule above sees every one of these."""
    assert list(read_as_markup(ast.parse(f"from textual import x\n{source}")))


@pytest.mark.parametrize(
    "source",
    [
        "Static('Channels')",
        "Static(Content(name))",
        "head.update(Content.assemble((name, 'bold')))",
        "screen.notify(name, markup=False)",
        "screen.notify('Copied.')",
        "box.border_title = Content(name)",
        "seen.update({})",
    ],
)
def test_plain_text_is_let_through(source: str) -> None:
    """These cannot become markup."""
    assert not list(read_as_markup(ast.parse(f"from textual import x\n{source}")))
