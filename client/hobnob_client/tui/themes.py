"""The themes: calm, with one accent colour; of high contrast; and without any meaning of red and
green. The two that have the terminal's own sixteen colours are Textual's.

All that is text has the contrast that WCAG 2 asks for on every ground it may stand on: 4.5 : 1
(AA), and 7 : 1 (AAA) in the themes of high contrast. A test reckons it.
"""

from collections.abc import Iterator
from typing import Final

from textual.theme import Theme

CONTRAST: Final = 4.5
"""What WCAG 2 asks of text, AA."""
CONTRAST_HIGH: Final = 7.0
"""The same for AAA."""


def contrast_of(theme: str) -> float:
    """What all text has at least in this theme."""
    return CONTRAST_HIGH if theme.startswith("contrast-") else CONTRAST


def all_themes() -> Iterator[Theme]:
    """Those that are ours."""
    for name, colours in _COLOURS.items():
        yield _theme(name, *colours)


# Ground, surface, panel; text, muted text.
_DARK: Final = "#15171c", "#1b1e25", "#262a33", "#d9dce3", "#9aa1ae"
_LIGHT: Final = "#fbfbf9", "#f3f3ef", "#e6e7e3", "#22252a", "#565b64"
_COLOURS: Final = {
    # The same; accent, warning, error, success.
    "dark": (*_DARK, "#7cb7ff", "#e3b55c", "#ff8f86", "#86cf97"),
    "light": (*_LIGHT, "#0b57a4", "#7a4f00", "#a8201a", "#1c6632"),
    "contrast-dark": (
        "#000000", "#000000", "#1c1c1c", "#ffffff", "#d2d2d2",
        "#8fd3ff", "#ffd75f", "#ffaaa2", "#9be8ab",
    ),
    "contrast-light": (
        "#ffffff", "#ffffff", "#ededed", "#000000", "#333333",
        "#00367d", "#513400", "#7d0000", "#003f17",
    ),
    # Blue is well, yellow waits, orange is wrong: all who see fewer colours tell these apart.
    "blind-safe-dark": (*_DARK, "#7cb7ff", "#f0e442", "#ffa04d", "#7cb7ff"),
    "blind-safe-light": (*_LIGHT, "#0b57a4", "#665800", "#944000", "#0b57a4"),
}  # fmt: skip


def _theme(
    name: str,
    ground: str,
    surface: str,
    panel: str,
    text: str,
    muted: str,
    accent: str,
    warning: str,
    error: str,
    success: str,
) -> Theme:
    return Theme(
        name=name,
        primary=accent,
        secondary=accent,
        accent=accent,
        warning=warning,
        error=error,
        success=success,
        foreground=text,
        background=ground,
        surface=surface,
        panel=panel,
        dark=name.endswith("dark"),
        variables=_variables(ground, surface, panel, text, muted, accent)
        | {"text-warning": warning, "text-error": error, "text-success": success},
    )


def _variables(
    ground: str, surface: str, panel: str, text: str, muted: str, accent: str
) -> dict[str, str]:
    """What Textual would reckon by itself, and not by contrast."""
    return {
        "text": text,
        "text-muted": muted,
        "text-disabled": muted,
        "text-primary": accent,
        "text-secondary": accent,
        "text-accent": accent,
        "foreground-muted": muted,
        "foreground-disabled": muted,
        "panel-lighten-1": panel,
        "panel-darken-1": panel,
        "surface-active": surface,
        "border": accent,
        "border-blurred": panel,
        "footer-background": panel,
        "footer-foreground": text,
        "footer-item-background": panel,
        "footer-description-background": panel,
        "footer-description-foreground": muted,
        "footer-key-background": panel,
        "footer-key-foreground": accent,
        "block-cursor-background": accent,
        "block-cursor-foreground": ground,
        "input-cursor-background": text,
        "input-cursor-foreground": ground,
        "input-cursor-text-style": "none",
        "input-selection-background": accent,
        "input-selection-foreground": ground,
        "screen-selection-background": accent,
        "screen-selection-foreground": ground,
        "scrollbar": muted,
        "scrollbar-hover": text,
        "scrollbar-active": text,
        "scrollbar-background": surface,
        "scrollbar-background-hover": surface,
        "scrollbar-background-active": surface,
        "scrollbar-corner-color": surface,
        "link-color": accent,
        "link-background": "transparent",
    }
