"""What people are told of messages under seal: why one cannot be read, why one is not sent yet."""

from typing import Final

from hobnob_client.catalogue import later, t
from hobnob_protocol.errors import Unopened

_UNREADABLE: Final[dict[str, str]] = {
    Unopened.CHAIN: later("sealed: its author knows devices that have not come here yet"),
    Unopened.GROUP: later("sealed: the members of this group have not come here yet"),
    Unopened.START: later("sealed: what opens it has not come here yet"),
    Unopened.NOT_ADDRESSED: later(
        "sealed before this device was there: another of yours has read it"
    ),
    Unopened.NO_KEY: later("sealed to a key this device has no more: another of yours has read it"),
}
_HELD_BACK: Final[dict[str, str]] = {
    "beginning": later("the conversation begins at the hub first"),
    "asking": later("asks the hub for keys to seal it with"),
    "nobody": later("none of their devices was seen for 45 days; goes when one comes back"),
    Unopened.CHAIN: later("waits for news of their devices"),
    Unopened.GROUP: later("waits for news of the group's members"),
}


def unreadable(why: str) -> str:
    """Why a sealed message cannot be read here, by the code of `Message.closed`."""
    unknown = later("what was sealed here is not what it says: ask its author")
    return t(_UNREADABLE.get(why, unknown))


def held_back(why: str) -> str:
    """Why what was said is not sealed yet, by the code of `Engine.held_back`; "" for no reason."""
    if not why:
        return ""
    unknown = later("the hub shows two histories of a member: ask its operator")
    return t(_HELD_BACK.get(why, unknown))
