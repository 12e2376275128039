"""How a text begins, in one line: its markup taken off, its spoilers veiled, its code left out."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len

from hobnob_client.tui.prose.blocks import Block, Heading, Items, Paragraph, Quote, Run, Table
from hobnob_client.tui.prose.laying import VEIL
from hobnob_client.tui.prose.reading import read

CODE: Final = "(code)"
"""Stands where there is nothing but code."""


def brief(text: str, chars_max: int) -> str:
    """At most `chars_max` characters of a text that has passed `term_safe.body`."""
    prose = read(text)
    found = ""
    for word in _words(prose.blocks):
        found = f"{found} {word}".strip()
        if len(found) >= chars_max:
            break
    return (found or (CODE if prose.codes else ""))[:chars_max]


def _words(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from (_shown(line) for line in block.lines)
        elif isinstance(block, Heading):
            yield _shown(block.runs)
        elif isinstance(block, Quote):
            yield from _words(block.blocks)
        elif isinstance(block, Items):
            yield from (word for item in block.items for word in _words(item.blocks))
        elif isinstance(block, Table):
            yield from (_shown(cell) for cell in block.header)


def _shown(runs: Sequence[Run]) -> str:
    return "".join(VEIL * cell_len(run.text) if run.hidden else run.text for run in runs)
