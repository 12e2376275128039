"""What a replica knows of a newcomer's first steps: the same pass over its texts as for care."""

from typing import Final

from hobnob_client.care import beginning
from hobnob_client.care.beginning import Beginning, Step
from hobnob_client.care.needs import CARING, NEW_MS
from hobnob_client.care.source import absent, bots_of, said_lately
from hobnob_client.care.waiting import Post, followed
from hobnob_client.finding import marks, terms
from hobnob_client.finding.marks import Trait
from hobnob_client.match.members import members
from hobnob_client.reading import places, wanted
from hobnob_client.reading.channels import channels
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import People
from hobnob_protocol.ids import AccountId, StreamId, TargetId

FOUND: Final = "SELECT 1 FROM text_index WHERE text_index MATCH ? LIMIT 1"


def is_new(desk: Desk, now_ms: int) -> bool:
    """Did one join within fourteen days, or has one written nothing yet in any channel?"""
    return now_ms - places.joined_ms(desk, desk.me) <= NEW_MS or not _wrote(desk)


def gather(desk: Desk, people: People, now_ms: int) -> Beginning:
    """The steps that are left as of now; none where one is no newcomer. It reads, and writes
    nothing."""
    if not is_new(desk, now_ms):
        return Beginning()
    posts = said_lately(desk, people, now_ms)
    mine = [post for post in posts if post.author == desk.me]
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
    return Beginning(
        _somebody(desk, people, posts, away, now_ms) if Step.PERSON in left else None,
        _thread(desk, others, now_ms) if Step.THREAD in left else None,
        _hello(desk) if Step.HELLO in left else None,
    )


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


def _thread(desk: Desk, posts: list[Post], now_ms: int) -> beginning.Thread | None:
    wishes = wanted.wishes(desk)
    muted = frozenset(wishes.muted(now_ms))

    def unwanted(stream: StreamId, root: TargetId) -> bool:
        return stream in muted or root in wishes.quiet_threads(stream, now_ms)

    return beginning.thread(posts, unwanted, now_ms)


def _hello(desk: Desk) -> StreamId | None:
    lines = [line for line in channels(desk, counted=False) if line.joined]
    named = [(line.stream, line.name) for line in lines if not line.channel.archived]
    return beginning.welcoming(named)


def _wrote(desk: Desk, *traits: Trait) -> bool:
    """Has one written anything, or anything that has all of these?"""
    wanted_marks = (marks.of_author(desk.me), *map(marks.of_trait, traits))
    match = terms.all_of([terms.quoted(each) for each in wanted_marks], ())
    return bool(desk.store.sql.query(FOUND, (match,)))
