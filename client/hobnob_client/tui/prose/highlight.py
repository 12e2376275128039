"""Colours for code: a few languages that many write, by Pygments, each block within a bound.

The names of styles are those of component classes. Nothing hangs on them: code without is whole.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any, Final, Protocol, TypeAlias

from hobnob_client.tui.prose.blocks import Code

HIGHLIGHTED_CHARS_MAX: Final = 8_192
"""Of one block; a longer one stands in one colour."""
LINE_CHARS_MAX: Final = 500
"""Of one line: what is longer was made by a machine, and such lines are what slows a lexer."""
TOKENS_MAX: Final = 4_000
HIGHLIGHTED_MAX: Final = 128
"""Blocks kept as they were coloured."""
LANGUAGES: Final = {
    name: alias
    for alias, names in {
        "bash": "bash sh zsh shell",
        "c": "c h",
        "cpp": "cpp c++ cxx hpp",
        "console": "console shell-session",
        "csharp": "csharp c# cs",
        "css": "css",
        "diff": "diff patch udiff",
        "docker": "docker dockerfile",
        "elixir": "elixir ex",
        "go": "go golang",
        "haskell": "haskell hs",
        "html": "html",
        "ini": "ini cfg conf",
        "java": "java",
        "javascript": "javascript js jsx",
        "json": "json",
        "kotlin": "kotlin kt",
        "lean": "lean lean3",
        "lean4": "lean4",
        "lua": "lua",
        "make": "make makefile",
        "markdown": "markdown md",
        "nix": "nix nixos",
        "ocaml": "ocaml ml",
        "perl": "perl pl",
        "php": "php",
        "python": "python py python3",
        "pycon": "pycon",
        "pytb": "pytb traceback",
        "ruby": "ruby rb",
        "rust": "rust rs",
        "sql": "sql sqlite",
        "swift": "swift",
        "toml": "toml",
        "typescript": "typescript ts tsx",
        "xml": "xml",
        "yaml": "yaml yml",
        "zig": "zig",
    }.items()
    for name in names.split()
}
"""What an author may call a language, and what Pygments calls it: lexers that were looked at, so
that no text chooses one of five hundred."""

PLAIN: Final = "code-plain"

Styled: TypeAlias = Sequence[tuple[int, str]]
"""A line as runs: (end of the run in characters, its style)."""
Highlight: TypeAlias = Callable[[Code], Sequence[Styled]]
"""All lines of a block, styled."""


class Lexer(Protocol):
    """What is used of Pygments, which has no types."""

    def get_tokens_unprocessed(self, text: str) -> Iterable[tuple[int, object, str]]:
        """The tokens of a text: (place, type, text)."""
        ...


_STYLES: Final = (
    ("Token.Comment", "code-comment"),
    ("Token.Keyword", "code-keyword"),
    ("Token.Operator.Word", "code-keyword"),
    ("Token.Name.Function", "code-name"),
    ("Token.Name.Class", "code-name"),
    ("Token.Name.Tag", "code-name"),
    ("Token.Name.Decorator", "code-name"),
    ("Token.Literal.String", "code-string"),
    ("Token.Literal.Number", "code-number"),
    ("Token.Generic.Inserted", "code-string"),
    ("Token.Generic.Deleted", "code-number"),
    ("Token.Generic.Heading", "code-name"),
    ("Token.Generic.Subheading", "code-name"),
    ("Token.Generic.Prompt", "code-comment"),
)


def no_highlight(code: Code) -> Sequence[Styled]:
    """All in one colour."""
    return [((len(line), PLAIN),) for line in code.text.split("\n")]


def needs_lexer(code: Code) -> bool:
    """Would it have colours?"""
    return (
        code.language.lower() in LANGUAGES
        and len(code.text) <= HIGHLIGHTED_CHARS_MAX
        and all(len(line) <= LINE_CHARS_MAX for line in code.text.split("\n"))
    )


@lru_cache(HIGHLIGHTED_MAX)
def highlight(code: Code) -> Sequence[Styled]:
    """By its language; in one colour where that is not known, or where it is too much."""
    if not needs_lexer(code):
        return no_highlight(code)
    # Imported with the first code that is coloured: it takes longer than a screen may take.
    lexers: Any = import_module("pygments.lexers")
    lexer: Lexer = lexers.get_lexer_by_name(LANGUAGES[code.language.lower()])
    lines: list[list[tuple[int, str]]] = [[]]
    length = done = 0
    for count, (at, token, value) in enumerate(lexer.get_tokens_unprocessed(code.text)):
        if count >= TOKENS_MAX or at != done:
            return no_highlight(code)
        done += len(value)
        style = _style(str(token))
        for nth, part in enumerate(value.split("\n")):
            if nth:
                lines.append([])
                length = 0
            length += len(part)
            _extend(lines[-1], length, style)
    # A lexer that has lost something would lose it on the screen too.
    return lines if done == len(code.text) else no_highlight(code)


def _extend(line: list[tuple[int, str]], end: int, style: str) -> None:
    """One run for neighbours of one style."""
    if line and line[-1][1] == style:
        line.pop()
    if end > (line[-1][0] if line else 0):
        line.append((end, style))


@lru_cache(512)
def _style(token: str) -> str:
    for prefix, style in _STYLES:
        if token == prefix or token.startswith(f"{prefix}."):
            return style
    return PLAIN
