"""A picture shows what a terminal shows: each cell in its place, in its colours."""

from pathlib import Path
from xml.etree import ElementTree

from tests.tour.__main__ import Check
from tests.tour.painted import Painted
from tests.tour.scenes import Scene
from tests.tour.strips import told
from tests.tour.svg import svg

WRITTEN = (
    "\x1b[1;1Hplain \x1b[1;38;2;255;0;0;48;2;0;0;16mred\x1b[0m\x1b[2;3H\x1b[4m\u65e5a\x1b[0m<&>"
)


def grid() -> Painted:
    """Some styles, a wide character, and what XML has a meaning for."""
    found = Painted(12, 3)
    found.feed(WRITTEN)
    return found


def test_cells_that_look_alike_are_one_run() -> None:
    """From left to right, a wide character in two cells."""
    first, second = (grid().runs(nth) for nth in (0, 1))
    assert [(run.column, run.text, run.cells) for run in first] == [
        (0, "plain ", 6),
        (6, "red", 3),
        (9, "   ", 3),
    ]
    assert first[1].style.ink == "#ff0000"
    assert first[1].style.ground == "#000010"
    assert first[1].style.marks == {"bold"}
    assert [(run.text, run.cells) for run in second] == [("  ", 2), ("\u65e5a", 3), ("<&>    ", 7)]


def test_a_style_that_ends_alone_leaves_the_others() -> None:
    """A weight, and a colour that is the terminal's own again."""
    found = Painted(6, 1)
    found.feed("\x1b[1;38;2;255;0;0ma\x1b[22mb\x1b[39mc")
    assert [each.style.marks for each in found.runs(0)[:1]] == [{"bold"}]
    assert [(each.text, each.style.ink) for each in found.runs(0)] == [
        ("a", "#ff0000"),
        ("b", "#ff0000"),
        ("c   ", ""),
    ]


def test_a_picture_is_sound_xml_that_says_what_it_shows() -> None:
    """Its text can be read, and stands where its cells are."""
    root = ElementTree.fromstring(svg(grid(), "three <words>"))
    texts = ["".join(each.itertext()).strip() for each in root.iter() if each.tag.endswith("}text")]
    assert texts == ["plain", "red", "\u65e5a", "<&>"]
    assert "three <words>" in "".join(root.itertext())


def test_text_and_styles_can_be_compared() -> None:
    """Text as it is seen, then runs by a letter, then what the letters mean."""
    assert told(grid()).splitlines() == [
        "plain red",
        "  \u65e5a<&>",
        "",
        "",
        "1: 6a 3b 3a",
        "2: 2a 3c 7a",
        "3: 12a",
        "",
        "a = own on own",
        "b = #ff0000 on #000010 bold",
        "c = own on own underline",
    ]


def test_what_is_drawn_another_way_is_told_line_by_line(tmp_path: Path) -> None:
    """A letter, a colour, or a whole picture that nobody has kept."""
    scene = Scene("first", "", lambda _: None, columns=12, lines=3)
    path = tmp_path / "first-12x3-dark.txt"
    path.write_text(told(grid()))
    same = Check(tmp_path)
    same(scene, grid())
    assert same.wrong == []
    for changed, line in (
        (WRITTEN.replace("plain", "Plain"), "+Plain red"),
        (WRITTEN.replace("255;0;0", "0;255;0"), "+b = #00ff00 on #000010 bold"),
    ):
        other = Painted(12, 3)
        other.feed(changed)
        check = Check(tmp_path)
        check(scene, other)
        assert line in check.wrong
    path.unlink()
    none = Check(tmp_path)
    none(scene, grid())
    assert "+plain red" in none.wrong
