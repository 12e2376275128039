"""What needs somebody's care: first posts of newcomers, questions and reports, oldest first."""

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from typing import Final

from hobnob_client.care.waiting import Waiting
from hobnob_client.durations import DAY_MS, HOUR_MS
from hobnob_client.onboarding.welcome import ASKED, WANTED
from hobnob_protocol.ids import PEOPLE, AccountId, StreamId, TargetId
from hobnob_protocol.value import value

NEW_MS: Final = 14 * DAY_MS
"""Who joined so recently is a newcomer, and what was said before asks nobody any more."""
QUESTION_MS: Final = 4 * HOUR_MS
"""Before that a question of a member of long standing has time; a newcomer's first has none."""
NEEDS_MAX: Final = 100
"""The oldest; beyond that many another list would help nobody."""
CARING: Final = ("owner", "admin", "moderator")
"""Roles on the hub that care for all members."""


class Sort(StrEnum):
    """What somebody needs."""

    NEWCOMER = "newcomer"
    QUESTION = "question"
    REPORT = "report"
    BUDDY = "buddy"


@value
class Need:
    """One of them: since when, whose, what. `text` is safe to draw.

    It leads to `target` in `stream`; of a report that may be None, where what it is about is not
    held or was said in private. `who` wrote it, and of a report `by` has reported it for `reason`.
    """

    sort: Sort
    name: TargetId
    since_ms: int
    who: AccountId | None
    stream: StreamId
    target: TargetId | None
    thread: TargetId | None = None
    text: str = ""
    by: AccountId | None = None
    reason: str = ""
    blocked: frozenset[AccountId] = frozenset()
    """Whom of these two one has blocked: whoever moderates sees their reports, and is told so."""


def of_waiting(
    waiting: Iterable[Waiting],
    away: Collection[AccountId],
    joined_ms: Callable[[AccountId], int],
    now_ms: int,
) -> tuple[Need, ...]:
    """What waits for an answer. `away` are those of whom nothing is told; `joined_ms` says when
    somebody came, 0 where that is not known, and is asked of those alone who wait."""
    found: list[Need] = []
    for one in waiting:
        post = one.post
        if post.author in away:
            continue
        # What somebody said before they came was brought along, or the clock of another hub's.
        if one.first and now_ms - NEW_MS <= joined_ms(post.author) <= post.at_ms:
            sort = Sort.NEWCOMER
        elif post.asks and post.thread is None and now_ms - post.at_ms >= QUESTION_MS:
            sort = Sort.QUESTION
        else:
            continue
        told = (sort, post.target, post.at_ms, post.author, post.stream)
        found.append(Need(*told, post.target, post.thread, post.text))
    return tuple(found)


def of_buddies(
    wants: Iterable[tuple[AccountId, str]],
    away: Collection[AccountId],
    joined_ms: Callable[[AccountId], int],
    now_ms: int,
) -> tuple[Need, ...]:
    """Newcomers whom nobody shows around though they asked for it: after an hour where nobody could
    be asked, after a day where somebody was and is silent. `wants` has what their profiles say."""
    found: list[Need] = []
    for account, said in wants:
        since_ms = joined_ms(account)
        patience_ms = {WANTED: HOUR_MS, ASKED: DAY_MS}.get(said)
        if patience_ms is None or account in away or now_ms - since_ms > NEW_MS:
            continue
        if now_ms - since_ms >= patience_ms:
            name = TargetId(account[: len(bytes(16))])
            found.append(Need(Sort.BUDDY, name, since_ms, account, PEOPLE, None))
    return tuple(found)


def ordered(needs: Iterable[Need]) -> tuple[Need, ...]:
    """Who has waited longest first, up to `NEEDS_MAX`."""
    return tuple(sorted(needs, key=lambda need: (need.since_ms, need.name)))[:NEEDS_MAX]
