"""How the first screen's deeds are divided: each noun offers what it does by the id of the action,
and the screen joins them. No two do the same."""

from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Protocol

from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.value import value

Doing = Coroutine[None, None, None]
"""What takes a while, as what asks a question or goes to the disk; the screen runs it."""


@value
class Asked:
    """Upon what something is done: `pane` is the widget that had the key, None where none had it;
    `talk` is the talk it belongs to, the channel's where it belongs to none."""

    pane: object
    talk: Talk


Does = Mapping[str, Callable[[Asked], Doing | None]]
"""What a noun does, by the id of the action. At once is done what leads elsewhere, for the next key
belongs there; the rest is returned."""


class Noun(Protocol):
    """What the first screen leaves its deeds to."""

    @property
    def does(self) -> Does:
        """What it does."""
        ...


def simply(do: Callable[[], object]) -> Callable[[Asked], None]:
    """What is done alike, wherever it was asked for."""

    def done(asked: Asked) -> None:
        do()

    return done


def upon(do: Callable[[Talk, Row], Doing | None]) -> Callable[[Asked], Doing | None]:
    """What is done to the selected message; nothing where none is."""

    def done(asked: Asked) -> Doing | None:
        row = asked.talk.timeline.row
        return do(asked.talk, row) if row is not None and asked.talk.place is not None else None

    return done


def together(nouns: Iterable[Noun]) -> Does:
    """What all of them do; `ValueError` where two do the same."""
    found: dict[str, Callable[[Asked], Doing | None]] = {}
    for noun in nouns:
        twice = found.keys() & noun.does.keys()
        if twice:
            raise ValueError(f"done by two: {', '.join(sorted(twice))}")
        found.update(noun.does)
    return found
