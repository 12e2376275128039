"""Evidence as it is shown: the post itself, read again, in the screen and the shell alike."""

from collections.abc import Callable, Iterable
from typing import Final

from hobnob_client import match_words
from hobnob_client.match.library import Hit
from hobnob_client.match.members import PURPOSE
from hobnob_client.match.told import Place
from hobnob_client.match.words import places, stem
from hobnob_client.profiles.forms import one_line
from hobnob_client.reading import Reader
from hobnob_client.term_safe import line as safe_line
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_protocol.value import value

SAID_LETTERS: Final = 100
"""So much of a message stands in a line."""
BEFORE_LETTERS: Final = 30
"""So much of it before the first word that is looked for."""


@value
class EvidenceLine:
    """One post that speaks for somebody; all of it is safe to show."""

    place: Place
    at_ms: int
    channel: str
    """With its #."""
    text: str
    """What they did, and what of the post is about the need."""


def evidence_lines(
    reader: Reader,
    hits: Iterable[Hit[AccountId, Place]],
    name: Callable[[AccountId], str],
    need: Iterable[str],
) -> tuple[EvidenceLine, ...]:
    """The posts that are still here, best first; `name` calls a member, `need` is what was looked
    for. Who asked is named only where they agree to being found, or are oneself."""
    wanted = frozenset(map(stem, need))
    found: list[EvidenceLine] = []
    for hit in hits:
        message = reader.message(hit.event.stream, hit.event.target)
        if message is None or message.dead is not None or message.hidden is not None:
            continue
        said = excerpt(one_line(message.text), wanted)
        asker = name(message.author) if _named(reader, message.author) else ""
        text = match_words.evidence(hit.link, asker, said)
        found.append(EvidenceLine(hit.event, hit.at_ms, _label(reader, hit.event.stream), text))
    return tuple(found)


def excerpt(said: str, wanted: frozenset[str]) -> str:
    """So much of a text as stands in a line, from a little before the first word that is wanted,
    by its stem."""
    first = next((at for at, word in places(said) if stem(word) in wanted), 0)
    start = max(0, min(first - BEFORE_LETTERS, len(said) - SAID_LETTERS))
    if start:
        # It begins with a whole word.
        start = said.find(" ", start, first) + 1 or start
    shown = said[start : start + SAID_LETTERS]
    before, after = "…" if start else "", "…" if start + SAID_LETTERS < len(said) else ""
    return f"{before}{shown}{after}"


def _named(reader: Reader, account: AccountId) -> bool:
    return reader.owner(account) == reader.me or reader.agrees(account, PURPOSE)


def _label(reader: Reader, stream: StreamId) -> str:
    line = reader.line(stream)
    return safe_line(line.label) if line is not None else ""
