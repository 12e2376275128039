"""The screen, loaded without what of Textual nobody opens here.

Textual imports its own palette of commands with every app, and with it a tree of directories, a
field, a menu and lists: 20 modules, a twentieth of a start. This app has another palette and leaves
that one off (`ENABLE_COMMAND_PALETTE`), so while the app is loaded empty classes stand in its place
(Textual 8.2). Whoever imports it later gets the real one.
"""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Final

APP: Final = "hobnob_client.tui.app"
PALETTE: Final = "textual.command"
_NAMES: Final = (
    *(f"{PALETTE}.CommandListItem", f"{PALETTE}.CommandPalette", f"{PALETTE}.SimpleProvider"),
    *(f"{PALETTE}.DiscoveryHit", f"{PALETTE}.Hit", f"{PALETTE}.Hits", f"{PALETTE}.Provider"),
)
"""What Textual asks of it while it is loaded."""


def load_app() -> ModuleType:
    """The module `hobnob_client.tui.app`."""
    if PALETTE not in sys.modules:
        # A Textual that asks for more of it is loaded whole.
        with _left_out(), _forgiven():
            return import_module(APP)
    return import_module(APP)


@contextmanager
def _left_out() -> Generator[None]:
    stand_in = ModuleType(PALETTE)
    for each in _NAMES:
        name = each.removeprefix(f"{PALETTE}.")
        setattr(stand_in, name, type(name, (), {}))
    sys.modules[PALETTE] = stand_in
    try:
        yield
    finally:
        del sys.modules[PALETTE]


@contextmanager
def _forgiven() -> Generator[None]:
    try:
        yield
    except ImportError as failed:
        if failed.name != PALETTE:
            raise
