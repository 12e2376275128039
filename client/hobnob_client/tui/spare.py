"""What the footer names where all labels of the table have room: more actions, in short words.

A wide terminal has room for twice the labels of a narrow one, and an action that nobody names is
used by nobody. The actions are those of the table, by id: of the pane, else of everywhere.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from hobnob_client.catalogue import later
from hobnob_client.tui.action import Pane
from hobnob_client.tui.action_table import ACTIONS
from hobnob_client.tui.rebinding import name_of

_BACK: Final = ("back", later("Back"))
_FIND_HELP: Final = ("match", later("Find help"))
_MEMBERS: Final = ("who", later("Members"))
_MESSAGE: Final = ("address", later("Message"))
_PEOPLE: Final = ("people", later("People"))
_PINGS: Final = ("level", later("Pings"))
_PROFILE: Final = ("profile", later("Profile"))
_QUIT: Final = ("quit", later("Quit"))
_READ: Final = ("mark_read", later("Mark read"))
_SETTINGS: Final = ("settings", later("Settings"))
_COLOURS: Final = ("next_theme", later("Colours"))
_REQUESTS: Final = ("requests", later("Requests"))
_UNDO: Final = ("undo", later("Undo"))
_ALL_KEYS: Final = ("help", later("Keys"))
_CATCH_UP: Final = ("walk", later("Catch up"))

SPARE: Final[Mapping[Pane, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        Pane.CHANNELS: (
            *(_QUIT, _MESSAGE, _CATCH_UP, _PEOPLE, _FIND_HELP),
            *(_READ, _SETTINGS, _MEMBERS, _PINGS, _COLOURS),
            ("group", later("Group")),
            ("outbox", later("Outbox")),
            ("devices", later("Devices")),
        ),
        Pane.TIMELINE: (
            _BACK,
            ("thank", later("Thank")),
            ("save", later("Save")),
            ("quote", later("Quote")),
            ("copy", later("Copy")),
            ("delete", later("Delete")),
            _PROFILE,
            ("first_unread", later("First unread")),
            ("day", later("Day")),
            _MEMBERS,
            ("poll", later("Poll")),
            ("links", later("Links")),
            ("entitle", later("Title")),
            ("follow", later("Follow")),
            *(_READ, _PINGS, _MESSAGE, _CATCH_UP, _PEOPLE, _FIND_HELP),
        ),
        Pane.ROOM: (
            *(_QUIT, ("next_unread", later("Unread")), _PROFILE),
            ("save", later("Save")),
            *(_MESSAGE, _FIND_HELP, _PEOPLE, _REQUESTS, _SETTINGS, _UNDO, _COLOURS),
        ),
        Pane.WALK: (_ALL_KEYS, _UNDO),
        Pane.COMPOSER: (
            _ALL_KEYS,
            ("preview", later("Preview")),
            ("complete", later("Complete")),
            ("edit_last", later("Change last")),
            ("older", later("Said before")),
            ("take_back", later("Undo")),
        ),
    }
)
"""By the pane that has the keys, the most useful first: the id of an action, and its word."""

_NAMES: Final = frozenset(map(name_of, ACTIONS))


def spare(pane: Pane) -> dict[str, str]:
    """The words for a pane, the most useful first, by the names of their actions as they are
    bound; in English, as all that is bound."""
    found: dict[str, str] = {}
    for id_, word in SPARE.get(pane, ()):
        own = f"{pane}.{id_}"
        found[own if own in _NAMES else f"{Pane.EVERYWHERE}.{id_}"] = word
    return found
