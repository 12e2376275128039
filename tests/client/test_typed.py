"""What a person or a pipe hands in, made into a post."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.failures import Exit, Failure
from hobnob_client.typed import bounded, cleaned, fenced
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import POST_TEXT_MAX
from hobnob_protocol.registry import STANDARD


@pytest.mark.parametrize(
    ("given_text", "text"),
    [
        ("plain\n\n", "plain"),
        ("a\r\nb\r\n", "a\nb"),
        ("\x1b[1;31mred\x1b[0m \x1b[Kend", "red end"),
        ("\x1b]0;title\x07text\x1b]8;;http://x\x1b\\link", "textlink"),
        ("10 %\r50 %\r100 %\ndone", "100 %\ndone"),
        ("bell\x07 c1\x9b", "bell\ufffd c1\ufffd"),
        ("\ttab stays", "\ttab stays"),
        ("\ud800", "\ufffd"),
        ("\x1b", "\ufffd"),
    ],
)
def test_text_is_what_a_terminal_would_have_drawn(given_text: str, text: str) -> None:
    """Colours, titles and progress bars are gone."""
    assert cleaned(given_text) == text


@given(st.text(st.one_of(st.characters(), st.sampled_from("\x1b[]m\r\n\x07\x9b0;"))))
def test_whatever_is_typed_makes_a_valid_post(text: str) -> None:
    """The specification refuses controls: none is left. A second pass changes nothing."""
    clean = cleaned(text)
    if clean.strip():
        STANDARD.encode(Post(bounded(clean)))
    assert cleaned(clean) == clean


@given(st.text(st.sampled_from("ab`\n"), max_size=60))
def test_code_stays_within_its_fence(text: str) -> None:
    """However many backticks the text has: the fence is longer."""
    code, left_out = fenced(text)
    fence, *inner, last = code.split("\n")
    assert fence == last
    assert "\n".join(inner) == text
    assert left_out == 0
    assert not any(line.startswith(fence) for line in inner)


def test_a_long_text_keeps_its_end() -> None:
    """As many whole last lines as fit, and the count of the others."""
    lines = [f"line {nth}" for nth in range(5_000)]
    code, left_out = fenced("\n".join(lines))
    assert len(code) <= POST_TEXT_MAX
    assert code.split("\n")[1:-1] == lines[left_out:]
    code, left_out = fenced("short\n" + "x" * 20_000)
    assert len(code) <= POST_TEXT_MAX
    assert left_out == 1


def test_nothing_and_too_much_are_refused() -> None:
    """With words for the person."""
    for text in ("", " \n", "x" * (POST_TEXT_MAX + 1)):
        with pytest.raises(Failure) as failed:
            bounded(text)
        assert failed.value.code is Exit.USAGE
    assert bounded("x" * POST_TEXT_MAX)
