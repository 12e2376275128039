"""Which literals of the screen are texts for a person, and which of them the catalogue knows.

A text is a string with two words, or one in sentence case: "Not sent", "12 older", "Back"; of an
f-string what stands between its values. None are docstrings, styles, queries of widgets, what only
we read when something breaks (`assert`, `raise` of anything but a Failure), and what annotations
are made of.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

from tests.repository.source import ROOT, tree

CLIENT: Final = ROOT / "client" / "hobnob_client"
SHOWN: Final = tuple(CLIENT / name for name in ("tui", "attention", "linear", "finding"))
"""Where whatever is said is said to a person at the screen, or in linear mode."""
BESIDE: Final = (
    "acting.py",
    "config/settings.py",
    "slash.py",
    "typed.py",
    "verbs/call.py",
    "verifying.py",
)
"""The same of single files."""
TABLES: Final = (
    "tui/action.py",
    "tui/action_tables/dialogs.py",
    "tui/action_tables/places.py",
    "tui/action_tables/rooms.py",
    "tui/action_tables/views.py",
    "tui/action_tables/writing.py",
    "tui/actions.py",
    "tui/key_names.py",
    "tui/prose/highlight.py",
    "finding/hits.py",
    "finding/months.py",
    "linear/keys.py",
)
"""Files that say nothing by themselves: what an action is called is asked of the table, what a key
is called of the keyboard; names of programming languages, settings of readline and
questions to SQLite are no texts."""
_TEXT: Final = re.compile(r"[^\W\d_]{2,}[,;:.!?…)”\"]* +\(?[^\W\d_]|^\W*[A-Z][a-z]+\b[^\[_(=]*$")
_MARKUP: Final = re.compile(r"\[/?[a-z]+\]")
_SPEAKS: Final = {"t": 1, "later": 1, "n": 2}
"""Functions of the catalogue, and how many of their arguments are texts."""
_SILENT_NAMES: Final = ("CSS", "DEFAULT_CSS", "CSS_PATH", "HEED", "__all__")
_SILENT_KEYWORDS: Final = ("id", "classes", "style", "severity", "exclude", "name")
_SILENT_CALLS: Final = ("compile", "cast", "query_one", "query", "TypeVar", "add_class", "Style")
_STYLE_WORDS: Final = ("bold", "dim", "italic", "underline", "strike", "reverse", "not", "on")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A call of the catalogue: its texts, and by what names it gives values (None: cannot tell)."""

    texts: tuple[str, ...]
    values: frozenset[str] | None
    place: str


def shown_files() -> list[Path]:
    """Every file that says something at the screen."""
    within = [
        path
        for folder in SHOWN
        for path in folder.rglob("*.py")
        if str(path.relative_to(CLIENT)) not in TABLES
    ]
    return sorted((*within, *(CLIENT / name for name in BESIDE)))


def bare_texts(source: ast.Module) -> list[str]:
    """The texts of a file that do not go through the catalogue, each with its line."""
    silent = set(_silent(source))
    return [
        f"{node.lineno}: {said}"
        for node, said in _literals(source, silent)
        if _TEXT.search(_MARKUP.sub("", said)) and not _is_style(said)
    ]


def spoken() -> Iterator[Spoken]:
    """Every call of the catalogue in the client."""
    for path in sorted(CLIENT.rglob("*.py")):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and (count := _SPEAKS.get(_called(node), 0)):
                choices = [_said(each) for each in node.args[:count]]
                for texts in product(*choices):
                    yield Spoken(texts, _values(node), f"{path.name}:{node.lineno}")


def _said(argument: ast.expr) -> tuple[str, ...]:
    """The literals an argument may be: one, each of `"…" if … else "…"`, or none."""
    match argument:
        case ast.Constant(value=str() as text):
            return (text,)
        case ast.IfExp(body=body, orelse=orelse):
            return (*_said(body), *_said(orelse))
        case _:
            return ()


def _values(call: ast.Call) -> frozenset[str] | None:
    names = [each.arg for each in call.keywords]
    if _called(call) == "later" or None in names:
        return None
    counted = {"count"} if _called(call) == "n" else set[str]()
    return frozenset({name for name in names if name} | counted)


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _silent(source: ast.Module) -> Iterator[ast.AST]:
    """Nodes below which nothing is a text for a person, or has gone through the catalogue."""
    for node in ast.walk(source):
        match node:
            case ast.Expr(value=ast.Constant()):
                yield node.value
            case ast.Raise(exc=ast.Call() as raised) if _called(raised) == "Failure":
                # It is told to whoever asked for what fails.
                pass
            case ast.Raise() | ast.Assert():
                yield node
            case ast.Assign(targets=[ast.Name(id=name)]) if name in _SILENT_NAMES:
                yield node.value
            case ast.AnnAssign():
                yield node.annotation
                if isinstance(node.target, ast.Name) and node.target.id in _SILENT_NAMES:
                    yield from (each for each in (node.value,) if each is not None)
            case ast.arg(annotation=ast.AST() as annotation):
                yield annotation
            case ast.FunctionDef(returns=ast.AST() as returned):
                yield returned
            case ast.keyword() if node.arg in _SILENT_KEYWORDS:
                yield node.value
            case ast.Call() if _called(node) in _SPEAKS:
                yield from node.args[: _SPEAKS[_called(node)]]
            case ast.Call() if _called(node) in _SILENT_CALLS:
                yield from node.args[:1]
            case _:
                pass


def _literals(node: ast.AST, silent: set[ast.AST]) -> Iterator[tuple[ast.expr, str]]:
    if node in silent:
        return
    match node:
        case ast.JoinedStr(values=values):
            said = "".join(
                str(each.value) if isinstance(each, ast.Constant) else "{}" for each in values
            )
            yield node, said
            for each in values:
                if isinstance(each, ast.FormattedValue):
                    yield from _literals(each.value, silent)
        case ast.Constant(value=str() as said):
            yield node, said
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _literals(child, silent)


def _is_style(said: str) -> bool:
    words = said.replace("{}", "$x").split()
    return all(word.startswith("$") or word in _STYLE_WORDS or "%" in word for word in words)
