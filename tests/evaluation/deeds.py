"""An archive as the deeds that the recognition engine reads."""

from collections.abc import Iterator, Sequence
from typing import Final

from hobnob_server.engines.recognition.deeds import Accepted, Deed, Said, Thanked
from tests.evaluation.archive import NONE, Archive
from tests.evaluation.thanking import ThankYou

REFS: Final = 16
"""Refs that one message can take: itself, whom it thanks, what is accepted."""
_ACCEPTED: Final = REFS - 1


def deeds(archive: Archive, thanked: Sequence[ThankYou]) -> Iterator[Deed]:
    """All messages in order, each followed by whom it thanks and by its being accepted.

    An archive does not know when an answer was accepted; it is taken to be when it was given. One
    that knows of no acceptances has the first thanks of whoever began a topic in their place.
    """
    by_message: dict[int, list[ThankYou]] = {}
    for each in thanked:
        by_message.setdefault(each.at, []).append(each)
    askers: dict[int, int] = {}
    settled: set[int] = set()
    for at in range(len(archive)):
        topic, author = archive.topics[at], archive.authors[at]
        yield said(archive, at, topic not in askers)
        asker = askers.setdefault(topic, author)
        thanks = by_message.get(at, [])[: _ACCEPTED - 1]
        for number, one in enumerate(thanks, 1):
            yield _thanked(archive, one, number)
        if at in archive.accepted:
            yield _accepted(archive, at, asker, at)
        elif thanks and not archive.accepted and author == asker and topic not in settled:
            settled.add(topic)
            yield _accepted(archive, at, asker, thanks[0].message)


def _thanked(archive: Archive, one: ThankYou, number: int) -> Thanked:
    return Thanked(
        one.at * REFS + number,
        archive.times_ms[one.at],
        one.giver,
        one.receiver,
        archive.channels[one.at],
        one.message * REFS,
    )


def _accepted(archive: Archive, at: int, asker: int, answer: int) -> Accepted:
    return Accepted(
        at * REFS + _ACCEPTED,
        archive.times_ms[at],
        asker,
        archive.authors[answer],
        archive.channels[at],
        archive.topics[at],
        answer * REFS,
    )


def said(archive: Archive, at: int, begins: bool) -> Said:
    """One message."""
    answered = archive.answered[at]
    return Said(
        at * REFS,
        archive.times_ms[at],
        archive.authors[at],
        archive.channels[at],
        archive.topics[at],
        archive.lengths[at],
        begins,
        answered * REFS if answered != NONE else None,
        archive.authors[answered] if answered != NONE else None,
        archive.mentions.get(at, ()),
    )
