"""What a list says that shows nothing: why, and which key leads on. One table for all lists."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from hobnob_client.catalogue import later, t
from hobnob_client.progress import LinkState
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import key_name
from hobnob_client.tui.rebinding import IN_FORCE
from hobnob_protocol.value import value


class Listed(StrEnum):
    """A list."""

    CHANNELS = "channels"
    CHOICES = "choices"
    MESSAGES = "messages"
    THREADS = "threads"
    OUTBOX = "outbox"
    PLACES = "places"
    PEOPLE = "people"
    ACTIONS = "palette"
    HITS = "hits"


class Why(StrEnum):
    """Why it shows nothing."""

    EMPTY = "empty"
    OFFLINE = "offline"
    """Nothing has come yet, and the hub is not reached."""
    LOADING = "loading"
    NOT_PERMITTED = "not_permitted"
    FILTERED = "filtered"
    """Nothing is as it was asked for."""


@value
class Blank:
    """What is said; `{key}` in it is that of an action, where one leads on."""

    text: str
    pane: Pane | None = None
    action: str = ""


_ALL: Final = Pane.EVERYWHERE
_TRY: Final = (_ALL, "reconnect")

TABLE: Final[Mapping[Listed, Mapping[Why, Blank]]] = {
    Listed.CHANNELS: {
        Why.EMPTY: Blank(
            later("No channel yet. {key} writes to somebody by handle."), Pane.CHANNELS, "address"
        ),
        Why.OFFLINE: Blank(
            later("Nothing is on this device yet, and the hub is not reached. {key} tries now."),
            *_TRY,
        ),
        Why.LOADING: Blank(later("The channels are on their way.")),
        Why.NOT_PERMITTED: Blank(
            later("The hub does not let this device in. {key} asks again."), *_TRY
        ),
    },
    Listed.MESSAGES: {
        Why.EMPTY: Blank(
            later("Nothing has been said here yet. {key} writes the first message."),
            Pane.TIMELINE,
            "write",
        ),
        Why.OFFLINE: Blank(
            later(
                "Nothing of this is on this device, and the hub is not reached. {key} tries now."
            ),
            *_TRY,
        ),
        Why.LOADING: Blank(later("What was said here is on its way.")),
        Why.NOT_PERMITTED: Blank(
            later("The hub does not let this device in, so nothing comes. {key} asks again."), *_TRY
        ),
    },
    Listed.THREADS: {
        Why.EMPTY: Blank(later("None yet: {key} on a message begins one."), Pane.TIMELINE, "reply"),
    },
    Listed.OUTBOX: {
        Why.EMPTY: Blank(
            later(
                "Nothing waits, and nothing was refused: all you have said is with the hub. What "
                "you write without it waits here, and goes out by itself."
            )
        ),
    },
    Listed.PLACES: {
        Why.EMPTY: Blank(later("No place yet.")),
        Why.FILTERED: Blank(
            later(
                "No channel or person here has that name. {key} offers all that can be done; "
                "/join #name, where you write, joins a channel."
            ),
            _ALL,
            "palette",
        ),
    },
    Listed.CHOICES: {
        Why.EMPTY: Blank(later("No place yet.")),
        Why.FILTERED: Blank(later("No channel here has that name.")),
    },
    Listed.PEOPLE: {
        Why.EMPTY: Blank(later("Nobody else is here yet.")),
        Why.FILTERED: Blank(later("Nobody here has that name.")),
    },
    Listed.ACTIONS: {Why.FILTERED: Blank(later("Nothing that can be done here matches."))},
    Listed.HITS: {
        Why.EMPTY: Blank(
            later("Words · from: in: thread: has: is: before: after: mentions: · - excludes")
        ),
        Why.FILTERED: Blank(later("No message on this device has this")),
    },
}
"""What is not in it cannot be: all that is on the device can be seen, whatever the hub does, so
only lists of what comes from it wait for it; and only lists with a field are narrowed."""
WRITING: Final = later("Nothing has been said here yet. Write the first message below.")
"""What is said of an empty place to who writes already: the key that leads there would be typed."""
FROM_THE_HUB: Final = frozenset({Listed.CHANNELS, Listed.MESSAGES})
"""Lists that are empty at first because nothing has come yet."""
NARROWED: Final = frozenset(
    {Listed.PLACES, Listed.CHOICES, Listed.PEOPLE, Listed.ACTIONS, Listed.HITS}
)
"""Lists with a field above them."""


def said(listed: Listed, why: Why) -> str:
    """What stands in place of the list, in the language that is spoken, with the key as it is
    bound now."""
    blank = TABLE[listed][why]
    if blank.pane is None:
        return t(blank.text)
    return t(blank.text, key=key_name(IN_FORCE.named(blank.pane, blank.action)[0]))


def why(link: LinkState, usable: bool) -> Why:
    """Why nothing of what comes from the hub is there: `usable` once the newest of all is here."""
    if link is LinkState.REFUSED:
        return Why.NOT_PERMITTED
    if usable or link is LinkState.SHARED:
        return Why.EMPTY
    return Why.OFFLINE if link in (LinkState.OFFLINE, LinkState.WAITING) else Why.LOADING
