"""The table of rights in the documents."""

from hobnob_sync.policy.spec import markdown_table
from hobnob_sync.policy.table import RIGHTS


def test_the_documents_show_every_row_of_the_table() -> None:
    """A head, a rule, and one line for each row, in the table's order."""
    lines = markdown_table().splitlines()
    assert markdown_table().endswith("|\n")
    assert lines[:3] == [
        "| Right | Stream | Membership | owner | admin | moderator | member | bot |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        "| `read` | `u` | member | yes | yes | yes | yes | yes |",
    ]
    assert "| `import` | `c` | member | yes | yes | - | - | - |" in lines
    assert len(lines) == 2 + len(RIGHTS)
