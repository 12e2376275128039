"""All that is text can be read, in every theme, as WCAG 2 reckons it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.color import Color
from textual.color import Color as Parsed

from hobnob_client.tui.themes import CONTRAST, CONTRAST_HIGH, all_themes, contrast_of
from hobnob_client.tui.timeline.colours import HUES, Rgb, contrast, legible
from tests.client.tui.screens.front import been_in_general, offline
from tests.stories.screens import Sitting

THEMES = {theme.name: theme for theme in all_themes()}
TEXTS = (
    "text",
    "text-muted",
    "text-primary",
    "text-secondary",
    "text-accent",
    "text-warning",
    "text-error",
    "text-success",
    "accent",
    "warning",
    "error",
    "success",
    "foreground",
)
GROUNDS = ("background", "surface", "panel", "panel-lighten-1", "footer-background")


def rgb(text: str) -> Rgb:
    """A colour of a theme."""
    found = Parsed.parse(text)
    return found.r, found.g, found.b


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read_on_every_ground(name: str) -> None:
    """Also names, code and marks, which are coloured by their hue."""
    colours = THEMES[name].to_color_system().generate()
    least = contrast_of(name)
    for ground in GROUNDS:
        below = rgb(colours[ground])
        for text in TEXTS:
            assert contrast(rgb(colours[text]), below) >= least, (text, ground)
        for style, hue in HUES.items():
            assert contrast(legible(hue, below, least), below) >= least, (style, ground)


def test_two_themes_have_more_contrast_than_must_be() -> None:
    """A dark one and a light one."""
    assert [name for name in THEMES if contrast_of(name) == CONTRAST_HIGH] == [
        "contrast-dark",
        "contrast-light",
    ]
    assert CONTRAST_HIGH > CONTRAST


@pytest.mark.parametrize("name", ["blind-safe-dark", "blind-safe-light"])
def test_nothing_is_told_by_red_or_green(name: str) -> None:
    """What is well is blue, what is wrong orange: with red and green taken for one, they still
    differ in blue."""
    theme = THEMES[name]
    good, bad = rgb(theme.success or ""), rgb(theme.error or "")
    assert good[2] - bad[2] > 90
    for red, green, blue in (good, bad):
        assert not (green > red + 40 and green > blue + 40), "green"
        assert not red > 2 * green + 60, "red"


def pale(sitting: Sitting, least: float) -> Iterator[str]:
    """What is written on the screen now with too little contrast."""
    screen = sitting.app.screen
    lines = screen._compositor.render_strips()  # pyright: ignore[reportPrivateUsage]  # There is no public way to what is seen.
    # What lies behind a dialog is faded on purpose.
    seen = screen.children[0].region if screen.is_modal else screen.region
    for line in lines[seen.y : seen.bottom]:
        for segment in line.crop(seen.x, seen.right):
            style = segment.style
            if style is None or not any(letter.isalnum() for letter in segment.text):
                continue
            colours = (style.color or Color.default(), style.bgcolor or Color.default())
            above, below = (_rgb(each) for each in colours)
            found = contrast(above, below)
            if found < least:
                yield f"{segment.text!r} {found:.1f} {above} on {below}"


def _rgb(colour: Color) -> Rgb:
    red, green, blue = colour.get_truecolor()
    return red, green, blue


def test_what_the_screens_show_can_be_read(tmp_path: Path) -> None:
    """As they are drawn, with what is half transparent and what has the focus."""
    text = "A `wheel` for @alice, [here](https://example.org)\n```python\nx = 'y'  # z\n```\n> old"

    async def story(alice: Sitting) -> None:
        for keys in ((), ("enter", "up"), ("i", *"half"), ("f1",), ("slash", *"whe"), ("ctrl+k",)):
            await alice.press(*keys)
            for name in ("light", "contrast-dark"):
                alice.app.theme = name
                await alice.pilot.pause()
                assert list(pale(alice, contrast_of(name))) == [], (name, keys)
            if keys in (("f1",), ("ctrl+k",)) or "slash" in keys:
                await alice.press("escape")
            if "i" in keys:
                await alice.press("escape")

    offline(been_in_general(tmp_path, text, "plain"), story)
