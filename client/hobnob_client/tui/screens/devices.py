"""One's own devices: which there are, and what can be done with each."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import later, t
from hobnob_client.devices import DeviceLine
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.device_cards import cards, lacking, offered
from hobnob_client.tui.screens.dialog import Dialog
from hobnob_client.tui.widgets.card_list import CardList

_ABOUT = later(
    "Each speaks for you with a key of its own. A further one: hobnob device link here, "
    "hobnob link there."
)


LINES_MAX: Final = 12
"""Of the list: who has more devices walks down."""


class DevicesScreen(Dialog[None]):
    """Shows what `read` says, anew whenever something has changed, and lets `act` do the rest."""

    PANE = Pane.DEVICES
    CSS = """
    DevicesScreen #about { color: $text-muted; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.DEVICES)]

    def __init__(
        self, read: Callable[[], tuple[DeviceLine, ...]], act: Callable[[str, DeviceLine], object]
    ) -> None:
        super().__init__(t("Your devices"))
        self._read = read
        self._act = act
        self._devices: tuple[DeviceLine, ...] = ()
        self._list = CardList()

    def inside(self) -> ComposeResult:
        """What a device is, then all of them."""
        yield Static(Content(t(_ABOUT)), id="about")
        yield self._list

    def on_mount(self) -> None:
        """All of them."""
        self.show()

    def show(self) -> None:
        """As it is now."""
        self._devices = self._read()
        self._list.put(cards(self._devices))
        self._list.fit(LINES_MAX)
        self._offer()

    @property
    def device(self) -> DeviceLine | None:
        """Which is selected."""
        return self._devices[self._list.cursor] if self._list.cursor < len(self._devices) else None

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        return {
            "up": lambda: self._move(-1),
            "down": lambda: self._move(1),
            "close": lambda: self.dismiss(None),
        }

    def action_act(self, action: str) -> None:
        """What it does not do itself is for whoever opened it."""
        own, device = self.does().get(action), self.device
        if own is not None:
            own()
        elif device is not None and action in offered(device):
            self._act(action, device)
        else:
            self.notify(lacking(device), markup=False)

    def _move(self, entries: int) -> None:
        self._list.move(entries)
        self._offer()

    def _offer(self) -> None:
        self.offer(offered(self.device))
