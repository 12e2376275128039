"""Keys and settings in the member's guide, made from their tables; `make tables` writes them."""

import sys
from pathlib import Path

from hobnob_client.config.describing import markdown_table as settings_table
from hobnob_client.tui.screens.keys import lines
from tests.repository.marked import renewed

__all__ = ("README", "settings_table", "table", "written")

README = Path(__file__).parents[3] / "client" / "README.md"


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
    """A guide with the tables as they are now."""
    return renewed(text, {"keys": table, "settings": settings_table})


if __name__ == "__main__":
    README.write_text(written(README.read_text()))
    sys.exit(0)
