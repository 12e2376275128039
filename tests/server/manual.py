"""The tables of the operator's manual, from the tables of the code.

`python -m tests.server.manual` writes them into the manual; a test sees that they are there.
"""

from typing import Final

from hobnob_server.cli import LOCAL
from hobnob_server.control.table import VERBS
from hobnob_server.settings import markdown_table
from tests.repository.marked import renewed
from tests.repository.source import ROOT

MANUAL: Final = ROOT / "server/README.md"


def verbs_table() -> str:
    """One row for each verb, in the order of the command's help."""
    rows = ["| verb | what it does | needs a running hub |", "| --- | --- | --- |"]
    rows += [f"| `{verb.name}` | {verb.help} | no |" for verb in LOCAL.values()]
    rows += [f"| `{verb.name}` | {verb.help} | yes |" for verb in VERBS.values()]
    return "\n".join(rows) + "\n"


TABLES: Final = {"settings": markdown_table, "verbs": verbs_table}


def with_tables(text: str) -> str:
    """The manual with its tables written anew."""
    return renewed(text, TABLES)


if __name__ == "__main__":
    MANUAL.write_text(with_tables(MANUAL.read_text()))
