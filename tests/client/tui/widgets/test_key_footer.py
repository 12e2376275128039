"""The line of keys at the bottom cuts no label."""

import pytest

from hobnob_client.tui.widgets.key_footer import fitting


@pytest.mark.parametrize(
    ("widths", "room", "last", "shown"),
    [
        ([10, 10, 10], 30, None, [0, 1, 2]),
        ([10, 10, 10], 29, None, [0, 1]),
        ([10, 10, 10], 29, 2, [0, 2]),
        ([10, 25, 5], 30, None, [0]),
        ([10, 10, 10], 9, 1, [1]),
        ([], 9, None, []),
    ],
)
def test_only_whole_keys_are_shown_and_always_the_one_for_all(
    widths: list[int], room: int, last: int | None, shown: list[int]
) -> None:
    """What is left out is one key away."""
    assert fitting(widths, room, last) == shown
