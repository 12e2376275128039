"""Whatever a widget draws, only text at its own width passes."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.color import Color

from hobnob_client.tui import barrier
from hobnob_client.tui.barrier import HOSTILE, Barrier

BLACK = Color.parse("black")
PLAIN = Style()


def passed(text: str, style: Style | None = None) -> Segment:
    """One segment behind the barrier."""
    (found,) = Barrier().apply([Segment(text, style)], BLACK)
    return found


@given(st.text(max_size=60))
def test_only_text_passes_and_columns_stay(text: str) -> None:
    """For any text at all."""
    found = passed(text)
    assert all(char.isprintable() for char in found.text)
    assert cell_len(found.text) == cell_len(text)


def test_the_hostile_string_is_held_back() -> None:
    """The self-test sees that, and it would see if it were not."""
    assert barrier.stands()
    assert not HOSTILE.isprintable()
    assert passed(HOSTILE).text.isprintable()


def test_a_picture_is_as_wide_in_every_terminal() -> None:
    """One that is narrow by itself stays so; the columns right of it stay where they are."""
    assert passed("\u2764\ufe0f 3").text == "\u2764 3 "
    assert passed("1\ufe0f\u20e3.").text.startswith("1\u20e3.")
    assert passed("\u2615\ufe0f 3").text == "\u2615\ufe0f 3"


def test_plain_lines_are_left_alone() -> None:
    """The very same list: this runs for every line of every frame."""
    segments = [Segment("hello", PLAIN), Segment("日本 ─ ▌ 👍", PLAIN)]
    assert Barrier().apply(segments, BLACK) is segments


def test_links_lead_to_the_web_only() -> None:
    """And never carry an escape."""
    for kept in ("https://a.example/b?c#d", "http://a.example"):
        style = passed("x", Style(link=kept)).style
        assert style is not None
        assert style.link == kept
    for link in ("file:///etc/passwd", "https://a\x1b\\", "javascript:1", "https://ä.example", ""):
        style = passed("x", Style(link=link)).style
        assert style is not None
        assert not style.link


def test_controls_are_dropped() -> None:
    """No widget of ours has any."""
    bell = Segment("\x07", None, [(ControlType.BELL,)])
    (found,) = Barrier().apply([bell], BLACK)
    assert found.control is None
    assert found.text.isprintable()
