"""Each place has its letters, and no letters are the beginning of others."""

import pytest

from hobnob_client.tui.jumping import JUMPS_MAX, LETTERS, labels


@pytest.mark.parametrize("count", [0, 1, 26, 27, 51, 52, 53, 60, 200, 676, 1_000])
def test_no_label_begins_another(count: int) -> None:
    """So that a letter typed is never too early; one letter is enough where there is room."""
    found = labels(count)
    assert len(found) == len(set(found)) == min(count, JUMPS_MAX)
    assert not [
        (one, other) for one in found for other in found if one != other and other.startswith(one)
    ]
    if count <= len(LETTERS):
        assert all(len(label) == 1 for label in found)
