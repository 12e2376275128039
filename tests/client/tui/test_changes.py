"""What has changed is seen without colours, and nothing of either text is lost."""

import re

from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.tui.changes import WORDS_MAX, changed


def test_words_that_went_and_came_are_marked() -> None:
    """By brackets of their own."""
    assert "".join(said for said, _ in changed("meet me at noon", "meet us at noon!")) == (
        "meet [-me-]{+us+} at noon{+!+}"
    )


@given(st.text("ab c\n.", max_size=40), st.text("ab c\n.", max_size=40))
def test_both_texts_are_in_it(before: str, after: str) -> None:
    """The one without what came, the other without what is gone."""
    parts = changed(before, after)
    old = "".join(_bare(said, how) for said, how in parts if how != "came")
    new = "".join(_bare(said, how) for said, how in parts if how != "gone")
    assert (old, new) == (before, after)


def _bare(said: str, how: str) -> str:
    return said[2:-2] if how else said


def test_too_much_is_not_compared() -> None:
    """The later text stands alone."""
    long = "a " * WORDS_MAX
    assert changed(long, "b") == [("b", "")]
    assert not re.search("[{]", changed("a", long)[0][0])
