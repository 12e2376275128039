"""The rules of matching that a hub hands out, as a device reads them."""

from dataclasses import replace

import pytest

from hobnob_client.match.rules import Rules, shipped, shows_of
from hobnob_client.match.rules_file import Wrong, parse, those_of
from hobnob_client.match.wizard import Aspect
from hobnob_protocol.limits import ASKS_DEFAULT, SHOWS_MAX


def test_a_device_ranks_by_them_and_passes_over_what_it_does_not_know() -> None:
    """A later hub may know more; whoever writes the file is told of a name that nobody knows."""
    file = b'[caps]\nprice = 1.5\nfame = 2\n[hats]\nred = 1\n[questions]\nasked = ["time"]\n'
    assert those_of(file) == replace(shipped(), step=1.5, asked=(Aspect.TIME,))
    with pytest.raises(Wrong, match=r"there is no caps\.fame"):
        parse(file)
    assert those_of(b"[weights]\nbias = 1\n").weights.bias == 1.0


@pytest.mark.parametrize(
    "file", [b"", b"[caps", b"\xff", b"[caps]\nprice = 3\n", b"weights = 1", b"#" * 16_385]
)
def test_without_a_file_it_can_read_it_ranks_by_its_own(file: bytes) -> None:
    """No half of a broken one holds."""
    assert those_of(file) == shipped()


def test_a_device_has_the_same_caps_as_the_hub() -> None:
    """By what a profile says: who says nothing, or something else, has not chosen."""
    rules = Rules(shipped().weights, 4, 6)
    said = ("", "many", "31", "0", " 5 ", "30")
    assert [rules.takes(each) for each in said] == [4, 4, 4, 0, 5, 6]
    assert Rules(shipped().weights, 9, 2).takes("") == 2
    assert [shows_of(takes) for takes in (0, 1, ASKS_DEFAULT, 30)] == [0, 2, 10, SHOWS_MAX]
