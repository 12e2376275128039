"""Lines that make their memories late are lines as before."""

import weakref
from collections.abc import Callable, Iterator

import pytest
from rich.segment import Segment
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.cache import FIFOCache
from textual.color import Color
from textual.filter import Monochrome
from textual.strip import Strip

from hobnob_client.tui import lean_strip
from hobnob_client.tui.barrier import Barrier
from hobnob_client.tui.lean_strip import FILTERED, FILTERED_MAX, MEMORIES

BOLD = Style(bold=True)
BLACK = Color(0, 0, 0)
USES: list[Callable[[Strip], object]] = [
    lambda strip: strip.cell_length,
    lambda strip: strip.text,
    lambda strip: strip.link_ids,
    lambda strip: strip.crop(1, 4),
    lambda strip: strip.crop_extend(0, 9, BOLD),
    lambda strip: strip.adjust_cell_length(3, BOLD),
    lambda strip: strip.adjust_cell_length(30, BOLD),
    lambda strip: strip.divide([2, 5, 7]),
    lambda strip: strip.apply_style(BOLD),
    lambda strip: strip.apply_offsets(3, 4),
    lambda strip: strip.apply_filter(Monochrome(), BLACK),
    lambda strip: strip.simplify(),
    lambda strip: strip == strip.crop(0),
    lambda strip: [*strip],
    repr,
]


@pytest.fixture
def lean() -> Iterator[None]:
    """Lines are spared, until the end of a test."""
    made, filtered = Strip.__init__, Strip.apply_filter
    grounds = StylesCache.get_inner_outer
    lean_strip.spare_lines()
    yield
    Strip.__init__ = made  # type: ignore[method-assign]
    Strip.apply_filter = filtered  # type: ignore[method-assign]
    StylesCache.get_inner_outer = grounds  # type: ignore[method-assign]
    del Strip.__getattr__  # type: ignore[attr-defined]


def made() -> Strip:
    """A line of three parts, one of them wide."""
    return Strip([Segment("ab", BOLD), Segment("字", Style()), Segment("cde", Style())])


def memories(strip: Strip) -> dict[str, int]:
    """What a line has made, by name, and how much each holds."""
    there = {name: getattr(strip, name) for name in Strip.__slots__}
    return {
        name: value._maxsize  # pyright: ignore[reportPrivateUsage]  # It is told nowhere else.
        for name, value in there.items()
        if isinstance(value, FIFOCache)
    }


def test_those_of_a_line_are_named_as_textual_makes_them() -> None:
    """Where a version makes another one, it is to be named here."""
    assert memories(made()) == {**MEMORIES, FILTERED: FILTERED_MAX}


@pytest.mark.usefixtures("lean")
def test_a_line_has_none_before_it_is_used() -> None:
    """Then the one, and again the same."""
    strip = made()
    slots = {name: vars(Strip)[name] for name in MEMORIES}
    assert not any(_is_set(slot, strip) for slot in slots.values())
    assert strip.crop(1, 4) is strip.crop(1, 4)
    assert [name for name, slot in slots.items() if _is_set(slot, strip)] == ["_crop_cache"]
    assert memories(strip) == MEMORIES


def _is_set(slot: object, strip: Strip) -> bool:
    try:
        slot.__get__(strip)  # type: ignore[attr-defined]
    except AttributeError:
        return False
    return True


@pytest.mark.usefixtures("lean")
def test_a_line_has_nothing_that_nobody_has_named() -> None:
    """Whoever asks is told so, as ever."""
    assert not hasattr(made(), "_other_cache")


@pytest.mark.usefixtures("lean")
def test_what_a_filter_leaves_as_it_was_is_the_same_line() -> None:
    """Most are harmless: no second one is kept of these."""
    strip, barrier = made(), Barrier()
    for _ in range(2):
        assert strip.apply_filter(barrier, BLACK) is strip


@pytest.mark.usefixtures("lean")
def test_what_a_filter_has_made_of_a_line_is_kept() -> None:
    """For each filter and each colour behind the line, as many as Textual keeps."""
    strip, barrier, grey = made(), Barrier(), Monochrome()
    greys = [strip.apply_filter(grey, Color(0, 0, nth)) for nth in range(FILTERED_MAX - 1)]
    assert strip.apply_filter(barrier, BLACK) is strip
    for nth, each in enumerate(greys):
        assert strip.apply_filter(grey, Color(0, 0, nth)) is each
    assert strip.apply_filter(grey, Color(0, 0, FILTERED_MAX)) == greys[0]
    assert strip.apply_filter(grey, BLACK) is not greys[0]


@pytest.mark.usefixtures("lean")
def test_the_lines_of_a_widget_that_is_gone_go_with_it() -> None:
    """What mixed its colours does not keep it."""
    lines = StylesCache()
    gone = weakref.ref(lines)
    inner, outer = lines.get_inner_outer(BLACK, Color(250, 250, 250))
    assert (inner.background, outer.background) == (Color(250, 250, 250), BLACK)
    del lines
    assert gone() is None


@pytest.mark.parametrize("use", USES)
def test_what_comes_of_a_line_is_as_before(
    use: Callable[[Strip], object], request: pytest.FixtureRequest
) -> None:
    """Whatever it is put to, the first time and the second."""
    strip = made()
    before = [use(strip) for _ in range(2)]
    request.getfixturevalue("lean")
    strip = made()
    assert [use(strip) for _ in range(2)] == before
