"""A long text as several messages."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hobnob_client.tui.composing.splitting import PARTS_MAX, parts


def test_a_text_is_cut_where_a_sense_ends() -> None:
    """A paragraph before a line, a line before a word."""
    text = "one two three\n\nfour five six\nseven"
    assert parts(text, lambda part: len(part) <= 30) == ("one two three", "four five six\nseven")
    assert parts("short", lambda _: True) == ("short",)


def test_code_that_is_cut_stays_code() -> None:
    """It ends in one part and begins in the next, in its language."""
    text = "look\n```python\n" + "x = 1\n" * 40 + "```\nend"
    found = parts(text, lambda part: len(part) <= 150)
    assert len(found) > 1
    assert all(part.count("```") == 2 for part in found)
    assert all("```python" in part for part in found)


def test_nobody_is_flooded() -> None:
    """More than a few parts are none."""
    assert parts("word " * 1_000, lambda part: len(part) <= 20) == ()


@settings(max_examples=100)
@given(st.text(alphabet="ab \n.`é", max_size=400))
def test_every_part_fits_and_nothing_is_lost(text: str) -> None:
    """But blanks at the cuts, and fences that were added."""
    found = parts(text, lambda part: len(part.encode()) <= 80)
    assert len(found) <= PARTS_MAX
    assert all(len(part.encode()) <= 80 for part in found)
    if found:
        kept = [letter for letter in "".join(found) if letter in "abé."]
        assert kept == [letter for letter in text if letter in "abé."]
