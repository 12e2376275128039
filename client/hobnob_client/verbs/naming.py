"""Which message a word means at the shell: a link, or the name by which `tail` shows it."""

from typing import Final

from hobnob_client import permalink
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import Place, Reader
from hobnob_client.reading.of_messages import NAME_LETTERS_MIN
from hobnob_client.verbs.call import places
from hobnob_sync.views.message import Message


def message_named(reader: Reader, word: str) -> tuple[Place, Message]:
    """The one message that is meant, with the place it stands in; Failure where there is none, or
    more than one."""
    if word.startswith(permalink.SCHEME):
        return _linked(reader, word)
    name = word.lower()
    if len(name) < NAME_LETTERS_MIN:
        raise Failure(f"{word!r} is too short to name a message: {_WHERE}", Exit.USAGE)
    found: list[tuple[Place, Message]] = []
    for place in places(reader):
        target = reader.target(place.stream, name)
        shown = reader.message(place.stream, target) if target is not None else None
        if shown is not None:
            found.append((place, shown))
    if len(found) == 1:
        return found[0]
    if not found:
        raise Failure(f"No one message here is named {word!r}: {_WHERE}", Exit.USAGE)
    labels = ", ".join(place.label for place, _ in found)
    raise Failure(f"Messages in {labels} are named {word!r}: type more of it.", Exit.USAGE)


_WHERE: Final = "hobnob tail shows names, Y on the screen copies a link."


def _linked(reader: Reader, word: str) -> tuple[Place, Message]:
    link = permalink.parse(word)
    if link is None:
        raise Failure("That is no link to a message. An invite is for hobnob join.", Exit.USAGE)
    place = next((each for each in places(reader) if each.stream == link.stream), None)
    shown = reader.message(link.stream, link.target) if place is not None else None
    if place is None or shown is None:
        raise Failure("That message is not here. Try hobnob sync, or another --profile.")
    return place, shown
