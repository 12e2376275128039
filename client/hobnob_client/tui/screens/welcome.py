"""Where nothing is set up yet: a tour, a link that somebody has sent, or an account one has."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final, TypeAlias

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from hobnob_client import recovering
from hobnob_client.catalogue import later, t
from hobnob_client.failures import Failure
from hobnob_client.paths import Profile
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings, pressed
from hobnob_client.tui.key_names import key_name
from hobnob_client.tui.look import look_of
from hobnob_client.tui.punctual_screen import PunctualScreen
from hobnob_client.tui.rebinding import IN_FORCE
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.joining import JoiningScreen
from hobnob_client.tui.screens.line import LineScreen
from hobnob_client.tui.widgets.card_list import Card, CardList
from hobnob_protocol.value import value

ADDRESS_MAX: Final = 400
"""Characters of where a hub is: no address is longer."""


@value
class Tour:
    """A look around in the demo world."""


@value
class Linking:
    """This device is to speak for an account at the hub of this address."""

    where: str


@value
class Joined:
    """There is an account now, and its device is kept in the profile."""


Way: TypeAlias = Tour | Linking | Joined
"""Where somebody went."""

_WAYS: Final = (
    (
        "tour",
        later("Take a tour"),
        later("The demo world, on this machine: gone when you leave."),
    ),
    ("join", later("Join by a link"), later("Somebody has sent you hobnob://… or invites you.")),
    ("link", later("Link this device"), later("You have an account on another device.")),
)


class WelcomeScreen(PunctualScreen[None]):
    """Tells `then` which way was gone; `said` is of the way before."""

    CSS = """
    WelcomeScreen { align: center middle; }
    WelcomeScreen > #welcome { width: 64; max-width: 96%; height: auto; }
    WelcomeScreen #title { text-style: bold; color: $accent; }
    WelcomeScreen #about { margin: 1 0; }
    WelcomeScreen #said { margin-bottom: 1; color: $text-warning; }
    WelcomeScreen CardList { height: 9; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.WELCOME)]

    def __init__(self, profile: Profile, said: str, then: Callable[[Way | None], object]) -> None:
        super().__init__()
        self._profile = profile
        self._then = then
        self._said = Static(Content(t(said) if said else ""), id="said")
        self._said.display = bool(said)
        self._list = CardList()
        # Bound before a language was chosen, and shown by a footer that knows none.
        for key, bound in self._bindings.key_to_bindings.items():
            spoken = [replace(each, description=t(each.description)) for each in bound]
            self._bindings.key_to_bindings[key] = spoken

    def compose(self) -> ComposeResult:
        """What it is, and the ways."""
        with Vertical(id="welcome"):
            yield Static(Content("hobnob"), id="title")
            about = t("A community in your terminal. Nothing is set up here yet: how do you begin?")
            yield Static(Content(about), id="about")
            yield self._said
            yield self._list
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """The three."""
        self._list.put(
            [
                Card(name.encode(), f"{nth}  {t(head)}", (f" {t(rest)}", ""))
                for nth, (name, head, rest) in enumerate(_WAYS, 1)
            ]
        )

    def on_key(self, event: events.Key) -> None:
        """A letter that does nothing here is told which keys do something."""
        if event.is_printable and pressed(Pane.WELCOME, event.key) is None:
            choose, leave = (
                key_name(IN_FORCE.named(Pane.WELCOME, id)[0]) for id in ("choose", "quit")
            )
            self.notify(
                t(
                    "That key does nothing here: {choose} chooses, {leave} leaves.",
                    choose=choose,
                    leave=leave,
                ),
                markup=False,
            )

    def action_act(self, action: str) -> None:
        """See the table of actions."""
        card = self._list.card
        if action == "choose" and card is not None:
            action = card.key.decode()
        does: dict[str, Callable[[], object]] = {
            "up": partial(self._list.move, -1),
            "down": partial(self._list.move, 1),
            "tour": partial(self._then, Tour()),
            "join": self._join,
            "link": self._link,
            "next_theme": self._next_theme,
            "quit": partial(self._then, None),
        }
        does[action]()

    def _join(self) -> None:
        ask(app_of(self), JoiningScreen(self._profile), self._joined)

    def _joined(self, joined: bool | None) -> None:
        if joined:
            self._then(Joined())

    def _link(self) -> None:
        dialog = LineScreen(
            t("Link this device"),
            t(
                "On the other device say hobnob device link: it shows eight words, and where its"
                " hub is. Type that here; the words are asked for next."
            ),
            "hub.example.org",
            text_max=ADDRESS_MAX,
            lacking=_lacking,
        )
        ask(app_of(self), dialog, self._linked)

    def _linked(self, where: str | None) -> None:
        if where:
            self._then(Linking(_address(where)))

    def _next_theme(self) -> None:
        try:
            self.notify(look_of(self).next_theme(), markup=False)
        except (Failure, OSError) as failed:
            self.notify(str(failed), severity="error", markup=False)


def _address(typed: str) -> str:
    """The address in what was typed, which may be the whole line that the other device shows."""
    return next(iter(reversed(typed.split())), "")


def _lacking(typed: str) -> str:
    try:
        recovering.parse_hub(_address(typed))
    except Failure as wrong:
        return str(wrong)
    return ""
