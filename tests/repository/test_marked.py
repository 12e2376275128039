"""What is made stands between its marks, and all else in a document stays."""

import pytest

from tests.repository.marked import renewed

DOCUMENT = "# Plan\n\n<!-- begin: days -->\nold\n<!-- end: days -->\n\nthe end\n"


def test_a_section_is_made_anew_as_it_is() -> None:
    """No letter of it means anything to a pattern; once more changes nothing."""
    made = renewed(DOCUMENT, {"days": lambda: "\\1 \\g<0> $1\n"})
    assert made == DOCUMENT.replace("old\n", "\\1 \\g<0> $1\n")
    assert renewed(made, {"days": lambda: "old\n"}) == DOCUMENT


@pytest.mark.parametrize(
    "text",
    [
        "",
        DOCUMENT * 2,
        DOCUMENT.replace("begin", "x"),
        DOCUMENT.replace("end:", "x:"),
        "<!-- end: days -->\n<!-- begin: days -->\n",
    ],
)
def test_a_document_without_its_marks_is_told(text: str) -> None:
    """Nothing is lost in silence."""
    with pytest.raises(ValueError, match="days"):
        renewed(text, {"days": str})
