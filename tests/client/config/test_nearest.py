"""Whoever mistypes a name is told the one that was meant."""

import pytest

from hobnob_client.config.nearest import nearest

KNOWN = ("times", "look.theme", "look.mouse", "attention.notify", "here.up", "there.up", "there.go")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("look.teme", "look.theme"),
        ("attention.mouse", "look.mouse"),
        ("theme", "look.theme"),
        ("teme", "look.theme"),
        ("look.times", "times"),
        ("ther.up", "there.up"),
        ("there.upp", "there.up"),
        ("there.goo", "there.go"),
        ("tims", "times"),
        ("look.theme.dark", "look.theme"),
        ("zzz", ""),
        ("look.zzz", ""),
    ],
)
def test_what_is_meant_is_looked_for_in_the_deepest_table_first(name: str, meant: str) -> None:
    """Then in others, then among all names."""
    assert nearest(name, KNOWN) == meant
