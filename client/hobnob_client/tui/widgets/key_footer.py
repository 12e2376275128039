"""The line of keys at the bottom: in the member's language, and no label cut."""

from collections.abc import Collection, Sequence
from typing import Final, Protocol, runtime_checkable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from hobnob_client.catalogue import t
from hobnob_client.tui.safe_app import app_of

AROUND_CELLS: Final = 3
"""What a key and its label have around and between them."""
LAST: Final = "act('keys')"
"""The key that shows all others: it is there however little room there is."""


@runtime_checkable
class Yielding(Protocol):
    """What has the focus and more to offer than there is room for."""

    @property
    def silent(self) -> Collection[str]:
        """The actions whose labels yield now, as they are bound."""
        ...


def fitting(widths: Sequence[int], room: int, last: int | None) -> list[int]:
    """Which of the entries, each so many cells wide, are shown in a line of `room` cells: from the
    left as many as fit whole beside the one at `last`."""
    left = room - (widths[last] if last is not None else 0)
    found: list[int] = []
    full = False
    for nth, width in enumerate(widths):
        if nth == last:
            found.append(nth)
            continue
        full = full or width > left
        if not full:
            left -= width
            found.append(nth)
    return found


class KeyFooter(Footer):
    """As Textual's, which takes each label from a binding, made before anybody has chosen a
    language, and cuts what has no room."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        """The keys that can be pressed now, as far as they fit."""
        keys = [each for each in super().compose() if isinstance(each, FooterKey)]
        if isinstance(self.screen.focused, Yielding):
            silent = self.screen.focused.silent
            keys = [each for each in keys if each.action not in silent]
        for each in keys:
            each.description = t(each.description)
        widths = [
            cell_len(each.key_display) + cell_len(each.description) + AROUND_CELLS for each in keys
        ]
        last = next((nth for nth, each in enumerate(keys) if each.action == LAST), None)
        yield from (keys[nth] for nth in fitting(widths, app_of(self).size.width, last))

    def on_resize(self) -> None:
        """More or fewer fit now."""
        self.refresh(recompose=True)
