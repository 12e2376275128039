"""All keys by pane, made from the table of actions."""

from collections.abc import Callable
from itertools import groupby
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import later, t
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import key_name, of
from hobnob_client.tui.composing.commands import COMMANDS, WRITTEN
from hobnob_client.tui.palette import ITSELF
from hobnob_client.tui.punctual_screen import PunctualModal
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.timeline.row import IMPORTED_SIGN
from hobnob_client.tui.timeline.wrap import wrap

KEYS_CELLS = 22
NARROW_CELLS = 76

_TITLES = {
    Pane.EVERYWHERE: later("Everywhere"),
    Pane.CHANNELS: later("In the list of channels"),
    Pane.TIMELINE: later("In messages"),
    Pane.ROOM: later("In Home and the other rooms"),
    Pane.WALK: later("On the catch-up walk"),
    Pane.TERMS: later("Among the reasons of a rank"),
    Pane.OUTLINE: later("In the outline of a thread"),
    Pane.PROFILE: later("In a profile"),
    Pane.BADGES: later("Among your badges"),
    Pane.COMPOSER: later("Where you write"),
    Pane.SEARCH: later("In the search"),
    Pane.DAY: later("Where a day is asked for"),
    Pane.OUTBOX: later("In the outbox"),
    Pane.POLL: later("In a poll"),
    Pane.LINKS: later("In the list of links"),
    Pane.VERSIONS: later("In what a message said"),
    Pane.ASKING: later("Where you ask a poll"),
    Pane.REACTING: later("Where you choose a reaction"),
    Pane.LONG: later("Where a text is too long"),
    Pane.PICKING: later("Where you choose members"),
    Pane.MEMBERS: later("Among the members of a place"),
    Pane.MATCHING: later("In who can help"),
    Pane.PEOPLE: later("Among people"),
    Pane.FILLING: later("In your own profile"),
    Pane.QUESTIONS: later("In the questions for who is new"),
    Pane.COMPARING: later("Where you compare a number"),
    Pane.STOPPED: later("At a stop"),
    Pane.DEVICES: later("Among your devices"),
    Pane.CONFIRMING: later("Where you are asked"),
    Pane.PALETTE: later("In the palette"),
    Pane.JUMPING: later("Where letters are shown"),
    Pane.BARE: later("In the bare texts"),
    Pane.LOUDNESS: later("Where you say what pings"),
    Pane.ATTENTION: later("In what calls for you"),
    Pane.SETTINGS: later("In the settings"),
    Pane.WELCOME: later("At the first start"),
}
_COMMANDS = later("Written in the field")
_IMPORTED = later("Behind a name: no member here, only what they wrote was brought along.")


def lines(first: Pane = Pane.EVERYWHERE) -> list[tuple[str, str]]:
    """The page as (keys, sentence), one pane before the others; a title has no keys."""
    found: list[tuple[str, str]] = []
    for pane in sorted(Pane, key=lambda each: (each is not first, each is not Pane.EVERYWHERE)):
        found.append(("", t(_TITLES[pane])))
        for said, several in groupby(of(pane), key=lambda action: action.help):
            keys = [key_name(key) for action in several for key in action.keys]
            # As one line stand those that do the same by their number.
            found.append((f"{keys[0]} … {keys[-1]}" if len(keys) > 8 else "  ".join(keys), said))
        if pane is Pane.TIMELINE:
            found.append((IMPORTED_SIGN, t(_IMPORTED)))
        if pane is Pane.COMPOSER:
            found.append(("", t(_COMMANDS)))
            found.extend((each.usage, t(each.help)) for each in COMMANDS)
            found.extend((written, t(said)) for written, said in WRITTEN)
    return found


def _hanging(said: str) -> str:
    """A sentence beside its keys: what does not fit goes on below itself."""
    lines = [said[start:end] for start, end in wrap(said, NARROW_CELLS - 8 - KEYS_CELLS)]
    return ("\n" + " " * KEYS_CELLS).join(lines)


FIND_KEYS: Final = frozenset({"slash", "ctrl+p"})
"""Who reads a long page looks for something."""
_HELD: Final = ("ctrl+", "alt+")


def meant(key: str) -> str:
    """What somebody wants who presses a key on the page, having read there what it does: the id of
    an action that holds everywhere, "" for none. Keys that are held, and those on top; with the
    others one reads on."""
    if not (key.startswith(_HELD) or (key[0] == "f" and key[1:].isdigit())):
        return ""
    return next((each.id for each in of(Pane.EVERYWHERE) if key in each.keys), "")


class KeysScreen(PunctualModal[None]):
    """The page of keys over whatever was there; a key that one reads there works there."""

    CSS = """
    KeysScreen { align: center middle; }
    #keys { width: 76; max-width: 96%; height: 90%; border: round $accent; padding: 0 2;
        background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", later("Back")),
    ]

    def __init__(self, first: Pane, then: Callable[[str], object]) -> None:
        """`first` is where one is; `then` does what holds everywhere, by the id of the action."""
        super().__init__()
        self._first = first
        self._then = then

    def compose(self) -> ComposeResult:
        """One block of text that scrolls."""
        with VerticalScroll(id="keys") as scroll:
            scroll.border_title = Content(t("Keys"))
            scroll.border_subtitle = Content(t("/ Find one by letters · Esc Back"))
            text = Content("\n").join(map(self._line, lines(self._first)))
            yield Static(text, markup=False)

    def _line(self, line: tuple[str, str]) -> Content:
        keys, said = line
        if not keys:
            return Content.assemble("\n", (said, "bold underline"))
        if app_of(self).size.width < NARROW_CELLS:
            # Where a line has no room for both, the sentence stands below its keys.
            return Content.assemble((keys, "bold"), "\n  ", said)
        return Content.assemble((f"{keys:<{KEYS_CELLS}}", "bold"), _hanging(said))

    def on_key(self, event: events.Key) -> None:
        """Close the page, and do it."""
        action = ITSELF if event.key in FIND_KEYS else meant(event.key)
        if action:
            event.stop()
            self.dismiss(None)
            # At once: the next key belongs there already.
            self._then(action)
