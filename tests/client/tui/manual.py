"""Keys and settings in the member's guide, made from their tables; `make tables` writes them."""

import re
import sys
from pathlib import Path

from hobnob_client.config.describing import markdown_table as settings_table
from hobnob_client.tui.screens.keys import lines

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
    for name, made in (("keys", table()), ("settings", settings_table())):
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.S)
        text = pattern.sub(f"{begin}{made}{end}".replace("\\", r"\\"), text)
    return text


if __name__ == "__main__":
    README.write_text(written(README.read_text()))
    sys.exit(0)
