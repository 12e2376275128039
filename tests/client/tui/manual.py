"""The keys in the member's guide, made from the table of actions; `make tables` writes them."""

import re
import sys
from pathlib import Path

from hobnob_client.tui.screens.keys import lines

README = Path(__file__).parents[3] / "client" / "README.md"
_BEGIN, _END = "<!-- keys -->\n", "<!-- end of keys -->\n"


def table() -> str:
    """All keys by pane, in Markdown."""
    rows = ["| key | what it does |", "| --- | --- |"]
    for keys, said in lines():
        if keys:
            shown = ", ".join(f"`{key}`" for key in keys.split("  "))
            rows.append(f"| {shown} | {said} |")
        else:
            rows.append(f"| **{said}** | |")
    return "\n".join(rows) + "\n"


def written(text: str) -> str:
    """A guide with the table as it is now."""
    pattern = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.S)
    return pattern.sub(lambda _: _BEGIN + table() + _END, text)


if __name__ == "__main__":
    README.write_text(written(README.read_text()))
    sys.exit(0)
