"""A moment as the member's own device knows it: what `feed.source` would gather of its replica."""

from array import array
from dataclasses import replace
from typing import Final, TypeAlias

from hobnob_client.feed.habits import Habits
from hobnob_client.feed.ledger import ACTIVE_MS, Ledger
from hobnob_client.feed.source import ANSWERS_MAX, POSTS_MAX, SINCE_MS
from hobnob_client.feed.talk import Talk
from tests.evaluation.archive import NONE, Archive
from tests.evaluation.sessions import Moment, post

Beginnings: TypeAlias = "array[int]"
"""By topic, the position of its first message."""


def beginnings(archive: Archive) -> Beginnings:
    """Of all topics."""
    found: Final = array("q", [NONE]) * len(archive.topic_ids)
    for at, topic in enumerate(archive.topics):
        if found[topic] == NONE:
            found[topic] = at
    return found


def known(archive: Archive, moment: Moment, begun: Beginnings) -> tuple[list[Talk], Habits]:
    """Only what was said lately is counted; a topic that began before begins nowhere, and whom a
    message answers is known of the newest alone."""
    now_ms, at = moment.now_ms, moment.at
    first = max(archive.at(now_ms - SINCE_MS), at - POSTS_MAX)
    recent = max(archive.at(now_ms - ACTIVE_MS), at - ANSWERS_MAX)
    ledger = Ledger(moment.member)
    for place in range(first, at):
        one = post(archive, place)
        answers = one.answers if place >= recent and archive.answered[place] >= first else None
        begins = begun[archive.topics[place]] == place
        ledger.add(replace(one, answers=answers, begins=begins))
    return ledger.talks(moment.member, now_ms), ledger.habits(moment.member, now_ms)
