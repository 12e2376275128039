"""Marks: what is no word, as words that no text can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.finding import marks
from hobnob_client.finding.marks import SIGN, Trait
from hobnob_client.term_safe import body, line
from tests.client.finding.world import ANA, BO, ROOT, RUST

SHAPES = {
    "see https://example.org/x": {Trait.LINK},
    "https:// is no link": set[Trait](),
    "use `cargo check`": {Trait.CODE},
    "```\nlet x;\n```": {Trait.CODE},
    "a lone ` is nothing": set[Trait](),
    "![a cat](cat) and dog.PNG": {Trait.IMAGE},
    "https://x.org/a.jpeg": {Trait.LINK, Trait.IMAGE},
    "does it work?": {Trait.QUESTION},
    "?x=1": set[Trait](),
}


@pytest.mark.parametrize("text", SHAPES)
def test_some_traits_are_told_by_the_text(text: str) -> None:
    """Links, code, pictures and questions."""
    assert set(marks.shapes(text)) == SHAPES[text]


@given(st.text(st.one_of(st.characters(), st.just(SIGN)), max_size=30))
def test_no_text_that_is_safe_to_show_holds_a_mark(text: str) -> None:
    """Neither what is indexed nor what is typed."""
    assert SIGN not in body(text)
    assert SIGN not in line(text)


def test_each_mark_says_one_thing() -> None:
    """Author, place, thread, whom it addresses, and each trait."""
    found = marks.together(RUST, ANA, (ROOT,), (ANA, BO), Trait).split()
    assert len(found) == len(set(found)) == 1 + 1 + 1 + 1 + 2 + len(Trait)
    assert all(mark.startswith(SIGN) and mark[1:].isalnum() for mark in found[1:])
