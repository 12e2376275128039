"""What stands in a message's text: prose, whom it addresses, and code that can be run.

A fenced block whose info string ends in `run` is a whole program; a block `text output` right
after it is exactly what that program prints.
"""

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

_BLOCK: Final = re.compile(r"^```([^\n]*)\n(.*?)^```$\n?", re.MULTILINE | re.DOTALL)
_SPAN: Final = re.compile(r"`[^`\n]*`")
_MENTION: Final = re.compile(r"(?<![\w@])@([a-z][a-z0-9_-]+)")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A program in a message; `output` is what it prints, "" where the message does not say."""

    language: str
    code: str
    output: str


def without_code(text: str) -> str:
    """The text with its blocks and spans of code taken out."""
    return _SPAN.sub("", _BLOCK.sub("", text))


def mentioned(text: str) -> tuple[str, ...]:
    """The handles written with an `@` outside code, in order, each once."""
    return tuple(dict.fromkeys(_MENTION.findall(without_code(text))))


def snippets(text: str) -> tuple[Snippet, ...]:
    """The programs of a text that are marked to run, in order."""
    found: list[Snippet] = []
    blocks = list(_BLOCK.finditer(text))
    for block, after in zip_longest(blocks, blocks[1:]):
        language, _, mark = block[1].partition(" ")
        if mark == "run":
            told = after is not None and after[1] == "text output" and after.start() == block.end()
            found.append(Snippet(language, block[2], after[2] if after and told else ""))
    return tuple(found)
