"""What a replica knows of those who wait: one pass over the newest texts of its channels."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from hobnob_client.care.needs import NEW_MS, Need, Sort, of_buddies, of_waiting, ordered
from hobnob_client.care.waiting import Post, followed
from hobnob_client.finding import marks, terms
from hobnob_client.finding.marks import Trait
from hobnob_client.onboarding.welcome import FIELD
from hobnob_client.reading import places, reports, wanted
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import BOT, People
from hobnob_client.reading.timeline import one as message_of
from hobnob_client.term_safe import body as safe_body
from hobnob_client.texts import PLACES
from hobnob_protocol import nouns
from hobnob_protocol.ids import PEOPLE, AccountId, StreamId, TargetId
from hobnob_sync.ports import CellKey
from hobnob_sync.ports_sql import Row
from hobnob_sync.reseats import is_former
from hobnob_sync.views import profile
from hobnob_sync.views.message import message_value

POSTS_MAX: Final = 20_000
"""The newest; where more was said, who waited before is not seen."""
AT_ONCE: Final = 500
"""Texts that are asked for at once: twenty thousand rows beside what is made of them are much."""
REPLIES_MAX: Final = 2_000
"""Messages outside of threads whose cells are asked what they answer: the newest."""
REPORTS_MAX: Final = 100

SAID: Final = """
    SELECT id, stream, target, author, thread, title, marks
    FROM text WHERE id >= ? AND id < ? AND substr(stream, 1, 2) = CAST('c:' AS BLOB)
    ORDER BY id DESC LIMIT ?
"""
SAID_BY: Final = """
    SELECT id, stream, target, author, thread, text.title, text.marks
    FROM text_index CROSS JOIN text ON text.id = text_index.rowid
    WHERE text_index MATCH ? AND text_index.rowid >= ? AND text_index.rowid < ?
        AND substr(stream, 1, 2) = CAST('c:' AS BLOB)
    ORDER BY text_index.rowid DESC LIMIT ?
"""
TEXT: Final = "SELECT text FROM text WHERE id >= ? AND id < ? AND target = ?"
NOBODY: Final = frozenset[str]()
"""Of most messages: one for all of them."""


def gather(desk: Desk, people: People, now_ms: int) -> tuple[Need, ...]:
    """All that needs care as of now, in what is read here; reports only for those who see them. It
    reads, and writes nothing.

    Nothing is told of oneself, of bots, of imported accounts, of former members, and of whom one
    has blocked or the hub has banned. Yet what a blocked member answered is answered, and a report
    of what they wrote is told, as one of theirs.
    """
    found = followed(said_lately(desk, people, now_ms), bots_of(people))

    def joined_ms(account: AccountId) -> int:
        return places.joined_ms(desk, account)

    waits = (
        replace(need, text=_text(desk, need.since_ms, need.name))
        for need in of_waiting(found.open, absent(desk, people), joined_ms, now_ms)
    )
    blocked = frozenset(wanted.lists(desk).blocked)
    reported = _reports(desk, _gone(people))
    marked = (replace(each, blocked=blocked & {each.who, each.by}) for each in reported)
    said = profile.everybody(desk.cells(PEOPLE, profile.asks_all()))
    wants = [(account, found.get(FIELD) or "") for account, found in sorted(said.items())]
    alone = of_buddies(wants, absent(desk, people), joined_ms, now_ms)
    return ordered((*waits, *marked, *alone))


def spoken(desk: Desk, post: Post) -> Post:
    """The same with its text."""
    return replace(post, text=_text(desk, post.at_ms, post.target))


def _text(desk: Desk, at_ms: int, target: bytes) -> str:
    rows = desk.store.sql.query(TEXT, (at_ms * PLACES, (at_ms + 1) * PLACES, target))
    return rows[0][0] if rows else ""


def bots_of(people: People) -> frozenset[AccountId]:
    """Accounts that no person writes with."""
    return frozenset(account for account, role in people.everybody() if role == BOT)


def absent(desk: Desk, people: People) -> frozenset[AccountId]:
    """Those of whom nothing is told: oneself, bots, who is gone, and whom one has blocked."""
    return frozenset((desk.me, *bots_of(people), *_gone(people), *wanted.lists(desk).blocked))


def _gone(people: People) -> frozenset[AccountId]:
    """Former members, and whom the hub has banned."""
    former = (one for one, _ in people.everybody() if is_former(people.handle(one)))
    return people.banned().union(former)


def said_lately(desk: Desk, people: People, now_ms: int, most: int = POSTS_MAX) -> list[Post]:
    """What was said in channels within fourteen days, the newest `most`, in order of time, without
    what was brought along from elsewhere; without the texts, of which hardly one is shown
    (`spoken`)."""
    found = list(_posts(people, _rows(desk, *_span(now_ms), most)))
    found.reverse()
    flat = [post for post in found if post.thread is None][-REPLIES_MAX:]
    keys = {post.target: CellKey(post.stream, nouns.MESSAGE, post.target) for post in flat}
    loaded = desk.store.load(tuple(keys.values()))
    replies: dict[TargetId, TargetId] = {}
    for target, key in keys.items():
        cell = loaded.get(key)
        reply = message_value(cell).reply if cell is not None else None
        if reply is not None:
            replies[target] = reply
    return [
        replace(post, reply=replies[post.target]) if post.target in replies else post
        for post in found
    ]


def said_by(desk: Desk, people: People, author: AccountId, now_ms: int) -> list[Post]:
    """The same of one author, the newest first, and without what each answers."""
    match = terms.quoted(marks.of_author(author))
    return list(_posts(people, desk.store.sql.query(SAID_BY, (match, *_span(now_ms), AT_ONCE))))


def _span(now_ms: int) -> tuple[int, int]:
    """Between which places that lies."""
    return (now_ms - NEW_MS) * PLACES, (now_ms + 1) * PLACES


def _rows(desk: Desk, first: int, end: int, most: int) -> Iterator[Row]:
    """The newest first."""
    for _ in range(most // AT_ONCE):
        rows = desk.store.sql.query(SAID, (first, end, AT_ONCE))
        yield from rows
        if len(rows) < AT_ONCE:
            return
        end = rows[-1][0]


def _posts(people: People, rows: Iterable[Row]) -> Iterator[Post]:
    """What they tell. Names that come again are held once: they would be a third of all."""
    names: dict[bytes, bytes] = {}
    imported, question, *settled = map(
        marks.of_trait, (Trait.IMPORTED, Trait.QUESTION, Trait.RESOLVED, Trait.ANSWERED)
    )
    for place, stream, target, author, thread, title, found in rows:
        traits = found.split()
        if imported in traits:
            continue
        yield Post(
            StreamId(names.setdefault(stream, stream)),
            TargetId(target),
            people.owner(AccountId(names.setdefault(author, author))),
            TargetId(names.setdefault(thread, thread)) if thread else None,
            place // PLACES,
            "",
            question in traits or Trait.QUESTION in marks.shapes(title),
            any(each in traits for each in settled),
            mentions=marks.mentions(traits) or NOBODY,
        )


def _reports(desk: Desk, gone: Collection[AccountId]) -> Iterator[Need]:
    """Those upon which nobody has acted: the message stands as it did, and its author is here."""
    for each in reports.reports(desk, REPORTS_MAX):
        told = (Sort.REPORT, each.name, each.at_ms, each.author, each.stream)
        why = (each.by, safe_body(each.reason))
        if not each.holds or each.author in gone:
            continue
        if each.sealed or each.event is None:
            yield Need(*told, None, None, safe_body(each.text or ""), *why)
            continue
        shown = message_of(desk, each.stream, each.event)
        if shown is None:
            yield Need(*told, None, None, "", *why)
        elif shown.dead is None and shown.hidden is None:
            yield Need(*told, each.event, shown.thread, safe_body(shown.text), *why)
