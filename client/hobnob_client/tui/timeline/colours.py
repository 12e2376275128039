"""Colours that can be read on any ground: names of authors and parts of code, by hue.

A colour is worked out for the ground it stands on: light enough or dark enough for the contrast
that WCAG 2 asks of text (AA, 4.5 : 1), whatever theme it is. Names tell authors apart, colours only
help.
"""

from colorsys import hls_to_rgb
from functools import lru_cache
from typing import Final, TypeAlias

Rgb: TypeAlias = tuple[int, int, int]
"""Each from 0 to 255."""

CONTRAST_MIN: Final = 4.5
AUTHOR_HUES: Final = (205, 28, 150, 320, 50, 265, 178, 0, 95, 235, 340, 125)
"""In degrees; neighbours in the list are far from each other."""
AUTHOR_STYLES: Final = len(AUTHOR_HUES)
"""So many colours tell authors apart; one has the same everywhere and always."""

HUES: Final = {
    **{f"author-{nth}": hue for nth, hue in enumerate(AUTHOR_HUES)},
    "code": 190,
    "code-keyword": 280,
    "code-name": 215,
    "code-string": 110,
    "code-number": 25,
}
"""The hue of each style that is coloured here."""
_SATURATION: Final = 0.65
_STEPS: Final = 50


def contrast(one: Rgb, other: Rgb) -> float:
    """From 1 (the same) to 21 (black on white), as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@lru_cache(256)
def legible(hue: int, ground: Rgb, contrast_min: float = CONTRAST_MIN) -> Rgb:
    """The colour of a hue nearest to the middle that has this contrast to a ground."""
    up = _luminance(ground) < 0.18
    for step in range(_STEPS + 1):
        lightness = 0.5 + (step if up else -step) / (2 * _STEPS)
        found = _rgb(hue, lightness)
        # A little more than must be: terminals round.
        if contrast(found, ground) >= contrast_min + 0.3:
            return found
    return (255, 255, 255) if up else (0, 0, 0)


def _rgb(hue: int, lightness: float) -> Rgb:
    red, green, blue = hls_to_rgb(hue / 360, lightness, _SATURATION)
    return round(255 * red), round(255 * green), round(255 * blue)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
