"""Names and code can be read in every theme there is."""

import pytest
from textual.pilot import Pilot

from hobnob_client.tui.timeline.colours import (
    AUTHOR_STYLES,
    CONTRAST_MIN,
    HUES,
    contrast,
    legible,
)
from hobnob_client.tui.timeline.paint import COMPONENT_CLASSES, Paint
from tests.client.tui.timeline.test_widget import Wall, told
from tests.client.tui.timeline.test_window import Shelf


def test_contrast_is_that_of_wcag() -> None:
    """Black on white has the most there is, gray 119 on white just less than is asked for."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)
    assert contrast((9, 9, 9), (9, 9, 9)) == 1


@pytest.mark.parametrize("ground", range(0, 256, 15))
@pytest.mark.parametrize("hue", sorted(set(HUES.values())))
def test_every_hue_can_be_read_on_every_gray(hue: int, ground: int) -> None:
    """From black to white."""
    assert (
        contrast(legible(hue, (ground, ground, ground)), (ground, ground, ground)) >= CONTRAST_MIN
    )


def test_colours_of_authors_differ() -> None:
    """On a dark and on a light ground."""
    for ground in ((18, 18, 18), (224, 224, 224)):
        found = {legible(HUES[f"author-{nth}"], ground) for nth in range(AUTHOR_STYLES)}
        assert len(found) == AUTHOR_STYLES


def test_every_style_can_be_read_in_every_theme() -> None:
    """As it is drawn: what a theme colours, and what is coloured by hue."""

    async def story(app: Wall, shelf: Shelf, pilot: Pilot[None]) -> None:
        weak: dict[str, float] = {}
        themes = [
            name for name in app.available_themes if not name.startswith(("ansi", "textual-ansi"))
        ]
        assert len(themes) >= 10
        for theme in themes:
            app.theme = theme
            await pilot.pause()
            ground = app.timeline.background_colors[1]
            paint = Paint(app.timeline)
            for name in COMPONENT_CLASSES:
                color = paint.style(name.removeprefix("timeline--")).color
                assert color is not None
                red, green, blue = color.get_truecolor()
                shown = contrast((red, green, blue), (ground.r, ground.g, ground.b))
                if shown < CONTRAST_MIN:
                    weak[f"{theme} {name}"] = round(shown, 2)
        assert weak == {}

    told(1, story)
