"""A text that was read: blocks of runs, and the links that stand in it."""

from typing import TypeAlias

from hobnob_protocol.value import value


@value
class Run:
    """Text in one style on one line, safe to draw.

    `style` names component classes, separated by spaces, "" for none. `link` is the number of a
    link of the same text, from 1; 0 for none. What is `hidden` is a spoiler's.
    """

    text: str
    style: str = ""
    link: int = 0
    hidden: bool = False


Runs: TypeAlias = tuple[Run, ...]
"""One line as it was meant, before it is broken to a width."""


@value
class Paragraph:
    """Lines; each breaks where its author broke it."""

    lines: tuple[Runs, ...]


@value
class Heading:
    """A heading of a level from 1 to 6."""

    level: int
    runs: Runs


@value
class Code:
    """Code as it stands, lines ended by LF; `language` is what its author calls it, or ""."""

    text: str
    language: str = ""
    hidden: bool = False


@value
class Quote:
    """What somebody else has said."""

    blocks: tuple["Block", ...]


@value
class Item:
    """One item of a list behind its mark: "•", "3.", "[ ]" or "[x]"."""

    mark: str
    blocks: tuple["Block", ...]


@value
class Items:
    """A list."""

    items: tuple[Item, ...]


Cells: TypeAlias = tuple[Runs, ...]


@value
class Table:
    """Rows of as many cells as `aligns` has: "left", "right" or "center" of each column."""

    aligns: tuple[str, ...]
    header: Cells
    rows: tuple[Cells, ...]


@value
class Rule:
    """A line across."""


Block: TypeAlias = Paragraph | Heading | Code | Quote | Items | Table | Rule


@value
class Link:
    """Where a part of a text leads: `target` is printable ASCII, its host as the network knows it;
    `label` is what stands in the text, and `told` is true where that says the same."""

    target: str
    label: str
    told: bool = True


@value
class Prose:
    """A whole text. `hides` says that there is a spoiler in it, `cut` that it was too much to be
    read as Markdown and stands as it was written."""

    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    hides: bool = False
    cut: bool = False

    @property
    def codes(self) -> tuple[Code, ...]:
        """The blocks of code, wherever they stand."""
        return tuple(_codes(self.blocks))


def _codes(blocks: tuple[Block, ...]) -> list[Code]:
    found: list[Code] = []
    for block in blocks:
        if isinstance(block, Code):
            found.append(block)
        elif isinstance(block, Quote):
            found += _codes(block.blocks)
        elif isinstance(block, Items):
            for item in block.items:
                found += _codes(item.blocks)
    return found
