"""A message quoted in an answer to it."""

from typing import Final

LINES_MAX: Final = 8
LINE_CHARS_MAX: Final = 400
"""What is quoted reminds of a message and does not repeat it: who answers links to it anyway."""
_MORE: Final = "> …"


def quoted(text: str) -> str:
    """The text as a quotation in Markdown, with an empty line for the answer behind it; of a
    quotation in it only what its author added."""
    lines = text.strip("\n").split("\n")
    own = [line for line in lines if not line.startswith(">")] or lines
    own = "\n".join(own).strip("\n").split("\n")
    shown = [f"> {line[:LINE_CHARS_MAX]}".rstrip() for line in own[:LINES_MAX]]
    fences = sum(line.lstrip("> ").startswith("```") for line in shown)
    if len(own) > LINES_MAX:
        shown.append("> ```" if fences % 2 else _MORE)
    return "\n".join(shown) + "\n\n"
