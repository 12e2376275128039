"""The specification's table of kinds."""

from hobnob_protocol.registry import STANDARD, Registry
from hobnob_protocol.spec import markdown_table


def test_the_table_has_a_head_and_a_row_for_each_kind() -> None:
    """All rows have the same columns."""
    lines = markdown_table(STANDARD).splitlines()
    assert lines[0] == (
        "| No. | Kind | Streams | Signer | Body | Right | Target | Cost | Meaning |"
    )
    assert lines[1] == "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    assert len(lines) == 2 + len(STANDARD)
    assert {line.count(" | ") for line in lines} == {8}


def test_a_row_says_all_rules_of_a_kind() -> None:
    """Whoever writes a bot needs no other source."""
    rows = markdown_table(STANDARD).splitlines()
    assert (
        "| 3 | `delete` | `c` `d` | member | `target`: 16 bytes | `delete_own` | present, author "
        "| 1 | One's own message is withdrawn, for ever. |"
    ) in rows
    assert ("| 17 | `leave` | `c` | member |  | `leave` |  | 1 | The author leaves. |") in rows
    assert any(
        "`thread` = nil: 16 bytes; `reply` = nil: 16 bytes; `mentions` = []: " in row
        for row in rows
    )
    assert any('`auto_join` = false: boolean; `history` = "all": ' in row for row in rows)
    assert any("| live, author or moderator | 1 |" in row for row in rows)
    assert any("| below | 1 |" in row for row in rows)


def test_the_table_ends_with_a_newline() -> None:
    """So that text may follow it."""
    assert markdown_table(Registry([])).endswith("| --- |\n")
    assert markdown_table(STANDARD).endswith(". |\n")
