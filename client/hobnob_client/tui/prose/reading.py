"""A text as blocks: CommonMark with tables, task lists, struck text and spoilers.

Each line break of an author is kept, as people write in a chat. HTML is shown as what it is: text.
A text that is too much (too long, too deep, too many brackets or cells) stands as it was written,
so that nobody's message costs the others their screen.
"""

import re
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from hobnob_client import term_safe
from hobnob_client.put_off import put_off
from hobnob_client.tui.prose.blocks import (
    Block,
    Cells,
    Code,
    Heading,
    Item,
    Items,
    Paragraph,
    Prose,
    Quote,
    Rule,
    Run,
    Table,
)
from hobnob_client.tui.prose.inline import Links, lines, plain

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MARKDOWN_CHARS_MAX: Final = 16_384
"""A third more than a post may have (`POST_TEXT_MAX`); imported texts may be longer."""
BRACKETS_MAX: Final = 400
"""Opening brackets: the parser looks for the end of each, in the square of how many there are."""
DEPTH_MAX: Final = 12
"""Quotes and lists within each other; deeper ones would have no room on a screen."""
CELLS_MAX: Final = 1_000
"""Cells of all tables of a text."""
READ_MAX: Final = 512
"""Texts kept as they were read: as many as a timeline holds rows, so a new width reads none."""

_PARSER_DEPTH: Final = 6 * DEPTH_MAX
"""Beyond this the parser drops what is inside, so it must come after our own bound."""
_MAY_BE_MARKDOWN: Final = re.compile(
    r"[*_`|~\[<\\&]|^ {0,3}(?:[#>=+-]|[0-9]{1,9}[.)])|^ {4}", re.MULTILINE
)
"""Nothing without any of these is anything but paragraphs."""
_TASK: Final = re.compile(r"\[([ xX])\] ")
_FENCE_WORD: Final = re.compile(r"\S{1,24}")


@lru_cache(READ_MAX)
def read(text: str) -> Prose:
    """The blocks of a text that has passed `term_safe.body`."""
    if not _MAY_BE_MARKDOWN.search(text):
        return as_written(text)
    if len(text) > MARKDOWN_CHARS_MAX or text.count("[") > BRACKETS_MAX:
        return as_written(text, cut=True)
    try:
        return _Reader().read(text)
    except _TooMuch:
        return as_written(text, cut=True)


def as_written(text: str, *, cut: bool = False) -> Prose:
    """The text in paragraphs, without any markup but addresses and mentions."""
    links = Links()
    blocks: list[Block] = []
    lines: list[tuple[Run, ...]] = []
    for line in (*text.split("\n"), ""):
        bare = line.strip(" ") if not cut else line.rstrip(" ")
        if bare:
            lines.append(tuple(plain(bare, links)))
        elif lines:
            blocks.append(Paragraph(tuple(lines)))
            lines = []
    return Prose(tuple(blocks), links.all, cut=cut)


class _TooMuch(Exception):
    """The text has more in it than is read."""


class _Reader:
    """Reads one text."""

    def __init__(self) -> None:
        self._links = Links()
        self._cells = 0
        self._hides = False

    def read(self, text: str) -> Prose:
        """All of it."""
        blocks = self._parsed(text, 0)
        return Prose(blocks, self._links.all, self._hides)

    def _parsed(self, text: str, depth: int) -> tuple[Block, ...]:
        environment: dict[str, dict[str, dict[str, str]]] = {}
        tokens = _parser().parse(text, environment)
        if any(token.level > 4 * DEPTH_MAX for token in tokens):
            raise _TooMuch
        blocks = self._blocks(tokens, depth)
        return (*blocks, *self._unused(environment.get("references", {})))

    def _blocks(self, tokens: "list[Token]", depth: int) -> tuple[Block, ...]:
        """The blocks of a stretch of tokens that is closed in itself."""
        if depth > DEPTH_MAX:
            raise _TooMuch
        found: list[Block] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            end = _end(tokens, at)
            inside = tokens[at + 1 : end]
            if token.type == "paragraph_open":
                found.append(Paragraph(self._lines(inside)))
            elif token.type == "heading_open":
                runs = tuple(run for line in self._lines(inside) for run in line)
                found.append(Heading(int(token.tag[1:]), runs))
            elif token.type in ("fence", "code_block"):
                found.extend(self._code(token, depth))
            elif token.type == "blockquote_open":
                found.append(Quote(self._blocks(inside, depth + 1)))
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                found.append(self._items(token, inside, depth + 1))
            elif token.type == "table_open":
                found.append(self._table(inside))
            elif token.type == "hr":
                found.append(Rule())
            at = end + 1
        return tuple(found)

    def _lines(self, inside: "list[Token]") -> tuple[tuple[Run, ...], ...]:
        children = inside[0].children or [] if inside else []
        found = lines(children, self._links)
        self._hides = self._hides or any(run.hidden for line in found for run in line)
        return found

    def _code(self, token: "Token", depth: int) -> tuple[Block, ...]:
        """A block of code; or a quote or a spoiler, which Zulip's people write as one."""
        word = _FENCE_WORD.match(token.info.strip())
        language = term_safe.line(word[0]).strip("{}.") if word else ""
        if language == "quote":
            return (Quote(self._parsed(token.content, depth + 1)),)
        text = term_safe.code(token.content.removesuffix("\n"))
        hidden = language == "spoiler"
        self._hides = self._hides or hidden
        return (Code(text, "" if hidden else language, hidden),)

    def _items(self, opened: "Token", inside: "list[Token]", depth: int) -> Items:
        number = int(opened.attrGet("start") or 1) if opened.type.startswith("ordered") else None
        found: list[Item] = []
        at = 0
        while at < len(inside):
            end = _end(inside, at)
            mark = "•" if number is None else f"{number + len(found)}{inside[at].markup}"
            found.append(_task(Item(mark, self._blocks(inside[at + 1 : end], depth))))
            at = end + 1
        return Items(tuple(found))

    def _table(self, inside: "list[Token]") -> Table:
        aligns: list[str] = []
        rows: list[Cells] = []
        cells: list[tuple[Run, ...]] = []
        for at, token in enumerate(inside):
            if token.type in ("th_open", "td_open"):
                self._cells += 1
                if self._cells > CELLS_MAX:
                    raise _TooMuch
                runs = tuple(run for line in self._lines(inside[at + 1 :][:1]) for run in line)
                cells.append(runs)
                if not rows:
                    style = str(token.attrGet("style") or "")
                    aligns.append(style.rpartition(":")[2] or "left")
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
        return Table(tuple(aligns), rows[0], tuple(rows[1:]))

    def _unused(self, references: dict[str, dict[str, str]]) -> tuple[Block, ...]:
        """What was defined as a link and is used nowhere: it is shown too, nothing vanishes."""
        known = {link.target for link in self._links.all}
        left = tuple(
            tuple(plain(f"[{label.lower()}]: {found['href']}", self._links))
            for label, found in references.items()
            if found["href"] not in known
        )
        return (Paragraph(left),) if left else ()


def _end(tokens: "list[Token]", at: int) -> int:
    """Where the block that begins here is closed; the same place for what has no inside."""
    if tokens[at].nesting != 1:
        return at
    level = tokens[at].level
    for end in range(at + 1, len(tokens)):
        if tokens[end].nesting == -1 and tokens[end].level == level:
            return end
    raise _TooMuch


def _task(item: Item) -> Item:
    """An item that begins with a box is a task."""
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, Paragraph) or not first.lines[0]:
        return item
    run, *rest = first.lines[0]
    found = _TASK.match(run.text)
    if found is None or run.style or run.hidden:
        return item
    kept = (Run(run.text[found.end() :]), *rest) if found.end() < len(run.text) else tuple(rest)
    body = Paragraph((kept, *first.lines[1:]))
    mark = "[ ]" if found[1] == " " else "[x]"
    return Item(mark, (body, *item.blocks[1:]))


def prepare() -> None:
    """Load what reads texts that have any markup: the next one is read without waiting for that."""
    _parser()


@lru_cache(1)
def _parser() -> "MarkdownIt":
    """Imported with the first text that asks for it: the first screen may have none."""
    # What finds bare addresses is made for every parser, and ours are found by `inline`: half a
    # megabyte of patterns.
    put_off("linkify_it")
    from markdown_it import MarkdownIt

    main: Any = import_module("markdown_it.main")
    finds_addresses, main.linkify_it = main.linkify_it, None
    try:
        options = {"html": False, "breaks": True, "maxNesting": _PARSER_DEPTH}
        return MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    finally:
        main.linkify_it = finds_addresses
