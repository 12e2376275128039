"""What a query finds at first, made beside the screen and shown by it; and what may come of it."""

import time
from typing import Final, Protocol

from hobnob_client.finding import completing
from hobnob_client.finding.completing import Offer
from hobnob_client.finding.hits import Hit, Moment
from hobnob_client.finding.meaning import Meaning
from hobnob_client.finding.query import Query, parse
from hobnob_client.reading.finder import Finder
from hobnob_client.tui.hit_rows import FIRST_HITS
from hobnob_protocol.value import value

CONDITIONS_MAX: Final = 5
"""Of a query with more nobody wonders that nothing has all of it; each is left out once."""


@value
class Found:
    """What a text, with the cursor at a place of it, means and finds at first; where that is
    nothing, `instead` is the same without one condition, which finds something, "" for none."""

    text: str
    at: int
    meaning: Meaning
    moment: Moment
    hits: tuple[Hit, ...]
    offers: tuple[Offer, ...]
    ms: float
    instead: str = ""


def looked(text: str, at: int, finder: Finder) -> Found:
    """Look for it."""
    began = time.perf_counter()
    query = parse(text)
    meaning = finder.understand(text, typing=True)
    moment = finder.moment(meaning.wanted)
    hits = finder.hits(meaning.wanted, FIRST_HITS, moment=moment)
    offers = completing.offers(query, at, finder)
    instead = "" if hits else _instead(query, finder)
    ms = (time.perf_counter() - began) * 1_000
    return Found(text, at, meaning, moment, hits, offers, ms, instead)


def _instead(query: Query, finder: Finder) -> str:
    """The last condition is left out first: before it was typed there may have been hits."""
    if not 1 < len(query.parts) <= CONDITIONS_MAX:
        return ""
    said = [query.text[part.start : part.end] for part in query.parts]
    for nth in reversed(range(len(said))):
        text = " ".join((*said[:nth], *said[nth + 1 :]))
        wanted = finder.understand(text, typing=True).wanted
        if wanted.match and finder.hits(wanted, 1, moment=finder.moment(wanted)):
            return text
    return ""


class Wishes(Protocol):
    """Whoever opens the search, and does what one wishes there; the search has gone by then."""

    def go(self, query: str, hit: Hit) -> None:
        """Go to a hit; the query is to come back to."""
        ...

    def ask(self, words: str) -> None:
        """Ask in the place where one was."""
        ...

    def save(self, query: str) -> None:
        """Keep the query in the list of channels, or no longer; the search stays."""
        ...

    def asks(self) -> str:
        """How the place is called where one would ask; "" for none."""
        ...

    def command(self, words: str) -> str:
        """The command that is typed like this where one writes; "" for none that is done anywhere.
        The key that opened the search was its slash."""
        ...

    def do(self, command: str) -> None:
        """Do it."""
        ...
