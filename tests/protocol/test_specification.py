"""The wire specification says what the code does."""

from tests.protocol.specification import README, SECTIONS, generated


def test_the_tables_of_the_specification_are_those_of_the_code() -> None:
    """Rules, frames, kinds, codes and limits are generated; nobody keeps two lists."""
    text = README.read_text()
    assert generated(text) == text


def test_no_table_is_empty() -> None:
    """Each generated table has rows."""
    for name, make in SECTIONS.items():
        assert make().count("\n") > 5, name
