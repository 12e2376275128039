"""The line of keys at the bottom: in the member's language, and no label cut.

One widget that draws one line. Textual's `Footer` makes a widget of each key anew whenever the
focus moves, and each is styled and laid out: more than all else that a move of the focus costs.
"""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar, Final, Protocol, runtime_checkable

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

from hobnob_client.catalogue import t
from hobnob_client.tui.actions import Actor
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.spare import spare
from hobnob_protocol.value import value

LAST: Final = "act('keys')"
"""The key that shows all others: it is there however little room there is."""
QUIT: Final = "everywhere.quit"
"""What the key by which Textual itself ends every app does here."""


@runtime_checkable
class Yielding(Protocol):
    """What has the focus and more to offer than there is room for."""

    @property
    def silent(self) -> Collection[str]:
        """The actions whose labels yield now, as they are bound; where there is room, the key that
        shows all others is there all the same."""
        ...


@runtime_checkable
class Leaving(Protocol):
    """What has the focus, and says how one gets away from it."""

    @property
    def way_out(self) -> str:
        """The action by which one does, as it is bound: its key is there however little room there
        is, by its word among the spare ones; "" for none."""
        ...


@value
class Hint:
    """One key: what is pressed, how it is shown, what it does, and whether it does it now."""

    key: str
    shown: str
    label: str
    action: str
    enabled: bool

    @property
    def width(self) -> int:
        """In cells, with a blank on both sides and one between."""
        return cell_len(self.shown) + cell_len(self.label) + 3


def fitting(widths: Sequence[int], room: int, firm: Collection[int]) -> list[int]:
    """Which of the entries, each so many cells wide, are shown in a line of `room` cells: from the
    left as many as fit whole beside the `firm` ones."""
    left = room - sum(widths[nth] for nth in firm)
    found: list[int] = []
    full = False
    for nth, width in enumerate(widths):
        if nth in firm:
            found.append(nth)
            continue
        full = full or width > left
        if not full:
            left -= width
            found.append(nth)
    return found


def arranged(
    own: Sequence[Hint],
    everywhere: Sequence[Hint],
    spare: Sequence[Hint],
    room: int,
    out: Hint | None = None,
) -> tuple[Hint, ...]:
    """What is shown in a line of `room` cells: a pane's `own`, as far as they fit; where they all
    do beside what holds `everywhere`, as many of the `spare` ones as fit then, the first first; and
    behind them, always, the way `out` and the key for all others."""
    if out is not None:
        at = next((nth for nth, each in enumerate(own) if each.action == LAST), len(own))
        own = (*own[:at], out, *own[at:])
    hints = (*own, *everywhere)
    last = next((nth for nth, each in enumerate(hints) if each.action == LAST), None)
    firm = [nth for nth, each in enumerate(hints) if nth == last or each is out]
    shown = fitting([each.width for each in hints], room, firm)
    if len(shown) < len(hints):
        return tuple(hints[nth] for nth in shown)
    left = room - sum(each.width for each in hints)
    added: list[Hint] = []
    for each in spare:
        if each.width <= left:
            left -= each.width
            added.append(each)
    at = firm[0] if firm else len(own)
    return (*hints[:at], *added, *hints[at:])


class KeyFooter(Widget):
    """The keys of what has the focus, as far as they fit; each can be clicked."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-footer--key", "key-footer--off"}
    DEFAULT_CSS = """
    KeyFooter {
        dock: bottom;
        height: 1;
        color: $footer-description-foreground;
        background: $footer-background;
        text-wrap: nowrap;
        .key-footer--key { color: $footer-key-foreground; text-style: bold; }
        .key-footer--off { text-style: dim; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[Hint, ...] = ()
        self._ready = False

    def on_mount(self) -> None:
        """From now on, hear of the keys that can be pressed."""
        self.screen.bindings_updated_signal.subscribe(  # pyright: ignore[reportUnknownMemberType]  # Textual leaves its type open.
            self, self._hear
        )

    def on_resize(self) -> None:
        """More or fewer fit now."""
        self._read()

    def _hear(self, screen: Screen[Any]) -> None:
        self._ready = True
        if app_of(self).app_focus and screen is self.screen:
            self.call_after_refresh(self._read)

    def look(self) -> None:
        """The focus has just moved: show its keys with whatever else has changed."""
        if app_of(self).app_focus:
            self._read()

    def _read(self) -> None:
        """Draw another line, if it is another."""
        if self._ready and self.is_attached:
            found = self._fitting()
            if found != self._hints:
                self._hints = found
                self.refresh()

    def _fitting(self) -> tuple[Hint, ...]:
        focused: object = self.screen.focused
        silent = focused.silent if isinstance(focused, Yielding) else ()
        words = spare(focused.PANE) if isinstance(focused, Actor) else {}
        own: dict[str, Hint] = {}
        everywhere: dict[str, Hint] = {}
        more: dict[str, Hint] = {}
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            word = words.get(QUIT if binding.action == "quit" else binding.id or "")
            if binding.show:
                among = everywhere if node is self.screen else own
                among.setdefault(binding.action, self._hint(binding, binding.description, enabled))
            elif enabled and word is not None:
                more.setdefault(word, self._hint(binding, word, enabled))
        leaving = focused.way_out if isinstance(focused, Leaving) else ""
        out = more.pop(words.get(leaving, ""), None)
        keys = own.get(LAST)
        heard = [each for each in own.values() if each.action not in silent]
        spared = [more[word] for word in words.values() if word in more]
        if keys is not None and LAST in silent:
            spared.insert(0, keys)
        return arranged(heard, list(everywhere.values()), spared, app_of(self).size.width, out)

    def _hint(self, binding: Binding, word: str, enabled: bool) -> Hint:
        shown = app_of(self).get_key_display(binding)
        return Hint(binding.key, shown, t(word), binding.action, enabled)

    def render(self) -> Text:
        """The line."""
        key, off = (self.get_component_rich_style(f"key-footer--{of}") for of in ("key", "off"))
        line = Text(no_wrap=True, end="")
        for each in self._hints:
            begun = len(line)
            line.append(f" {each.shown} ", key)
            line.append(f"{each.label} ")
            if not each.enabled:
                line.stylize(off, begun)
        return line

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """As if the key under the pointer had been pressed."""
        left = event.x
        for each in self._hints:
            if 0 <= left < each.width:
                if each.enabled:
                    app_of(self).simulate_key(each.key)
                else:
                    app_of(self).bell()
                return
            left -= each.width
