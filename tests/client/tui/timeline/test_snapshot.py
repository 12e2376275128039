"""A talk looks as it did; what changes is looked at, in text, before it is kept."""

import pytest

from tests.client.tui.timeline.snapshot import WIDTHS, path, picture


@pytest.mark.parametrize("width", WIDTHS)
def test_a_talk_looks_as_it_did(width: int) -> None:
    """`python -m tests.client.tui.timeline.snapshot` writes the pictures anew."""
    assert picture(width) == path(width).read_text()
