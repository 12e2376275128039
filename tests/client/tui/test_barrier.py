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


LONG = "https://a.example/" + "x" * 2_000


def test_links_lead_to_the_web_only() -> None:
    """Or to a message, and never carry an escape, nor more than a terminal takes."""
    for kept in ("https://a.example/b?c#d", "http://a.example", "hobnob://a.example/c/b"):
        style = passed("x", Style(link=kept)).style
        assert style is not None
        assert style.link == kept
    for link in (
        "file:///etc/passwd",
        "https://a\x1b\\",
        "javascript:1",
        "https://ä.example",
        "",
        LONG,
    ):
        style = passed("x", Style(link=link)).style
        assert style is not None
        assert not style.link


def test_controls_are_dropped() -> None:
    """No widget of ours has any."""
    bell = Segment("\x07", None, [(ControlType.BELL,)])
    (found,) = Barrier().apply([bell], BLACK)
    assert found.control is None
    assert found.text.isprintable()


def test_joined_pictures_are_one_only_where_the_terminal_draws_them_so() -> None:
    """Elsewhere the first stands for all, as wide; flags and marks are as they were."""

    def drawn(text: str) -> str:
        (found,) = Barrier(joins=False).apply([Segment(text)], BLACK)
        assert cell_len(found.text) == cell_len(text)
        return found.text

    assert drawn("a 👨\u200d👩\u200d👧 b") == "a 👨 b"
    assert drawn("👍🏽!") == "👍!"
    assert drawn("🏳\ufe0f\u200d🌈") in ("🏳\ufe0f", "🏳 ")
    assert drawn("🇩🇪 e\u0301 日本 हिन्दी שלום") == "🇩🇪 e\u0301 日本 हिन्दी שלום"
    assert passed("👨\u200d👩\u200d👧").text == "👨\u200d👩\u200d👧"


@given(
    st.text(
        st.sampled_from([*"ab ", "👨", "👩", "\u200d", "\ufe0f", "🏽", "🇩", "1", "\u20e3", "日"])
    )
)
def test_columns_stay_where_pictures_are_drawn_alone(text: str) -> None:
    """For any chain of them."""
    (found,) = Barrier(joins=False).apply([Segment(text)], BLACK)
    assert cell_len(found.text) == cell_len(text)


def test_of_a_terminal_that_says_nothing_the_least_is_assumed() -> None:
    """Those that draw joined pictures as one say who they are."""
    assert barrier.draws_joined({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"})
    assert not barrier.draws_joined({"TERM": "xterm-256color"})
