"""What a replica knows of a newcomer's first steps: the same pass over its texts as for care."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from hobnob_client.care import beginning
from hobnob_client.care.beginning import Beginning, Step
from hobnob_client.care.needs import CARING, NEW_MS
from hobnob_client.care.source import absent, bots_of, said_by, said_lately, spoken
from hobnob_client.care.waiting import Post, followed
from hobnob_client.finding import marks, terms
from hobnob_client.finding.marks import Trait
from hobnob_client.match.members import members
from hobnob_client.onboarding.first import First
from hobnob_client.onboarding.questions import those_of
from hobnob_client.onboarding.source import asked as questions_of
from hobnob_client.onboarding.welcome import Welcome
from hobnob_client.reading import places, wanted
from hobnob_client.reading.channels import channels
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import People
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.value import value

NEWEST: Final = 4_000
"""Of what was said lately, first steps are found in so much: who is about and which talk goes on is
among it, and each newcomer's screen holds all of it at once."""
FOUND: Final = "SELECT 1 FROM text_index WHERE text_index MATCH ? LIMIT 1"


def is_new(desk: Desk, now_ms: int) -> bool:
    """Did one join within fourteen days, or has one written nothing yet in any channel?"""
    return now_ms - places.joined_ms(desk, desk.me) <= NEW_MS or not _wrote(desk)


def gather(desk: Desk, people: People, now_ms: int, welcome: Welcome) -> Beginning:
    """The steps that are left as of now; none where one is no newcomer. It reads, and writes
    nothing."""
    if not is_new(desk, now_ms):
        return Beginning()
    posts = said_lately(desk, people, now_ms, NEWEST)
    mine = said_by(desk, people, desk.me, now_ms)
    left = set(Step)
    if mine or _wrote(desk):
        left.discard(Step.HELLO)
    own = {post.target for post in mine}
    if any(post.thread is not None and post.thread not in own for post in mine):
        left.discard(Step.THREAD)
    if _wrote(desk, Trait.SEALED):
        left.discard(Step.PERSON)
    away = absent(desk, people)
    others = [post for post in posts if post.author not in away]
    lines = [line for line in channels(desk, counted=False) if line.joined]
    named = [(line.stream, line.name) for line in lines if not line.channel.archived]
    topics = welcome.kept.topics
    seen = _Seen(_unwanted(desk, now_ms), frozenset(each for each, name in named if name in topics))
    first = welcome.kept.first
    asks = answer = None
    if first is First.ASK and not any(post.asks for post in mine):
        asks = beginning.welcoming(named, beginning.HELPING)
    if first is First.ANSWER and Step.THREAD in left:
        waiting = (each.post for each in followed(posts, bots_of(people)).open)
        left_open = [post for post in waiting if post.author not in away]
        answer = beginning.unanswered(left_open, seen.unwanted, seen.chosen)
    task = asks is not None or answer is not None
    open_ = welcome.asks and not welcome.kept.done
    asked = questions_of(desk, people, those_of(welcome.file)) if open_ else ()
    buddy = welcome.buddy
    if buddy is not None:
        left.discard(Step.PERSON)
    person = _somebody(desk, people, posts, away, now_ms) if Step.PERSON in left else None
    goes_on = None
    if Step.THREAD in left:
        goes_on = beginning.thread(others, seen.unwanted, now_ms, seen.chosen)
    return Beginning(
        replace(person, post=spoken(desk, person.post)) if person else None,
        replace(goes_on, newest=spoken(desk, goes_on.newest)) if goes_on else None,
        beginning.welcoming(named) if Step.HELLO in left and not task else None,
        asks,
        spoken(desk, answer) if answer else None,
        buddy,
        welcome.guide.state,
        welcome.left(asked),
        welcome.kept.is_begun,
        Step(first.value) if first is not None else None,
    )


@value
class _Seen:
    unwanted: Callable[[StreamId, TargetId], bool]
    chosen: frozenset[StreamId]


def _somebody(
    desk: Desk,
    people: People,
    posts: list[Post],
    away: frozenset[AccountId],
    now_ms: int,
) -> beginning.Somebody | None:
    who = members(desk, people)
    caring = {account for account, role in people.everybody() if role in CARING} - away
    answers = followed(posts, bots_of(people)).answers
    public = [post for post in posts if who.may_show(post)]

    def joined_ms(account: AccountId) -> int:
        return places.joined_ms(desk, account)

    told = (who.agreed - away, caring, joined_ms, desk.me, now_ms)
    return beginning.somebody(public, [each for each in answers if who.may_show(each.by)], *told)


def _unwanted(desk: Desk, now_ms: int) -> Callable[[StreamId, TargetId], bool]:
    wishes = wanted.wishes(desk)
    muted = frozenset(wishes.muted(now_ms))

    def unwanted(stream: StreamId, root: TargetId) -> bool:
        return stream in muted or root in wishes.quiet_threads(stream, now_ms)

    return unwanted


def _wrote(desk: Desk, *traits: Trait) -> bool:
    """Has one written anything, or anything that has all of these?"""
    wanted_marks = (marks.of_author(desk.me), *map(marks.of_trait, traits))
    match = terms.all_of([terms.quoted(each) for each in wanted_marks], ())
    return bool(desk.store.sql.query(FOUND, (match,)))
