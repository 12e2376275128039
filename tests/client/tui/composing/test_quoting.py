"""A message quoted."""

from hobnob_client.tui.composing.quoting import LINES_MAX, quoted


def test_each_line_is_quoted_with_room_for_the_answer() -> None:
    """In Markdown."""
    assert quoted("one\ntwo") == "> one\n> two\n\n"


def test_of_a_quotation_only_what_was_added_is_quoted() -> None:
    """Else answers grow without end."""
    assert quoted("> old\n\nnew") == "> new\n\n"
    assert quoted("> only old") == "> > only old\n\n"


def test_a_long_message_is_quoted_in_part() -> None:
    """And code that is cut ends."""
    found = quoted("\n".join(str(nth) for nth in range(50)))
    assert found.count("\n> ") == LINES_MAX
    assert found.endswith("> …\n\n")
    assert quoted("```\n" + "x\n" * 50 + "```").endswith("> ```\n\n")
