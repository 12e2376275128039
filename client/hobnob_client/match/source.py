"""Who of a replica can be proposed for a need, and what speaks for them: ranked by what is here.

Proposed are members who agree to it (`members`). What they know comes from the index of words
(`passages`, `told`), what they did from one pass over the newest public texts. Nothing is written,
and nothing of the need leaves the device.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from hobnob_client.durations import DAY_MS, HOUR_MS
from hobnob_client.finding import marks
from hobnob_client.finding.marks import Trait
from hobnob_client.match import aspects, kept
from hobnob_client.match.activity import Past, Post
from hobnob_client.match.as_of import AsOf
from hobnob_client.match.aspects import Manner
from hobnob_client.match.choosing import Candidate
from hobnob_client.match.evidence import evidence
from hobnob_client.match.features import Situation, features
from hobnob_client.match.kept import Shown
from hobnob_client.match.library import NOTHING, knowledge
from hobnob_client.match.members import Members, members
from hobnob_client.match.passages import telling
from hobnob_client.match.rules import Rules
from hobnob_client.match.scoring import Openness, chance, explain, welcome
from hobnob_client.match.told import Place, Told
from hobnob_client.match.wizard import Aspect, Somebody, Wizard
from hobnob_client.match.words import stem, words
from hobnob_client.profiles.described import Described, described
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import People
from hobnob_client.texts import PLACES
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_protocol.request_questions import WEEKLY_REQUESTS
from hobnob_sync.ports_sql import Database, Row

SINCE_MS: Final = 120 * DAY_MS
"""Of what people did before a sixth would be left at most; who is about wrote in ninety days."""
POSTS_MAX: Final = 40_000
"""The newest; where more was said, what people did is of a shorter time."""
SAMPLE_MAX: Final = 1_000
"""Texts that tell which words are usual."""

# A sign before a column keeps SQLite from sorting all that was ever said in these channels.
DONE: Final = """
    SELECT id, stream, target, author, thread, length(text), instr(marks, ?) > 0
    FROM text WHERE id >= ? AND id < ? AND +stream IN ({streams})
    ORDER BY id DESC LIMIT ?
"""
SAMPLE: Final = """
    SELECT text FROM text WHERE id < ? AND substr(stream, 1, 2) = CAST('c:' AS BLOB)
    ORDER BY id DESC LIMIT ?
"""
_NAMED: Final = re.compile(r"@([a-z][a-z0-9_-]+)")


@dataclass(frozen=True, slots=True)
class Found:
    """Who may be proposed for a need, and why there may be few."""

    need: str
    people: tuple[Somebody[AccountId, Place], ...]
    """Each with two lines of evidence at least."""
    members: int
    """People here beside oneself; bots are none."""
    agreed: int
    """Of them, those who agree to being proposed and can be reached."""
    words: tuple[str, ...]
    """What of the need was looked for; without any nobody can be found."""
    limited: bool = False
    """Are some left out because this device has shown enough different people this week?"""
    asked: tuple[Aspect, ...] = tuple(Aspect)
    """What may be asked of whoever needs somebody, in this order."""
    wording: tuple[tuple[Aspect, str], ...] = ()
    """How the operator wants some of it asked."""

    def wizard(self, now_ms: int) -> Wizard[AccountId, Place]:
        """The questions about them, and the three that come of the answers."""
        return Wizard(self.people, now_ms, asked=self.asked, wording=self.wording)


def gather(
    desk: Desk,
    people: People,
    need: str,
    now_ms: int,
    zone: tzinfo,
    shown: Sequence[Shown],
    rules: Rules,
) -> Found:
    """All of them, as of now; `shown` is whom this device has shown before."""
    who = members(desk, people)
    said = telling(need)
    told = Told(desk.store.sql, people, who, said, now_ms)
    lines = evidence(told.hits, now_ms)
    still = kept.only(shown, now_ms)
    fitting = [one for one in lines if one in who.agreed]
    likely = [one for one in fitting if still is None or one in still]
    limited = len(likely) < len(fitting)
    if not likely:
        return Found(need, (), who.number, len(who.agreed), tuple(said), limited)
    done = _done(desk, people, who, frozenset(likely), now_ms)
    likely = [one for one in likely if done.past.about(one)]
    sample = [text for (text,) in desk.store.sql.query(SAMPLE, (_place(now_ms + 1), SAMPLE_MAX))]
    subjects = aspects.subjects({one: told.about[one] for one in likely}, said, sample)
    offset = _offset_hours(now_ms, zone)
    situation = Situation(desk.me, told.where(now_ms), now_ms, _named(people, need))
    weights, shows = rules.weights, kept.by_person(shown)
    knows = knowledge(told.hits, now_ms)
    found: list[Somebody[AccountId, Place]] = []
    for one in likely:
        past = done.past.past(one)
        profile = people.profile(one)
        says = described(profile)
        takes = rules.takes(dict(profile.fields).get(WEEKLY_REQUESTS, ""))
        row = features(one, past, knows.get(one, NOTHING), situation)
        has = {
            Aspect.AREA: frozenset(who.channels[line.event.stream] for line in lines[one]),
            Aspect.SUBJECT: subjects[one],
            Aspect.LEVEL: aspects.level(told.answered[one], told.asked[one]),
            Aspect.TIME: _times(says, past, offset),
            Aspect.STYLE: aspects.style(done.manners[one]),
        }
        candidate = Candidate(
            one,
            chance(weights, row),
            _welcome(says, said),
            lines[one],
            kept.load(shows.get(one, ()), takes, rules.step, now_ms),
            explain(weights, row),
        )
        found.append(Somebody(candidate, has))
    return Found(
        need,
        tuple(found),
        who.number,
        len(who.agreed),
        tuple(said),
        asked=rules.asked,
        wording=rules.wording,
    )


@dataclass(frozen=True, slots=True)
class _Done:
    """What people did, and how they write."""

    past: AsOf[AccountId, bytes]
    manners: defaultdict[AccountId, Manner]


def said_lately(
    database: Database, channels: Collection[StreamId], now_ms: int, most: int = POSTS_MAX
) -> list[Row]:
    """The newest texts of these channels, as `DONE` has them, newest first: what may not be shown
    takes nobody's place."""
    span = (_place(now_ms - SINCE_MS), _place(now_ms + 1))
    sql = DONE.format(streams=", ".join("?" * len(channels)))
    return database.query(sql, (marks.of_trait(Trait.CODE), *span, *channels, most))


def _done(
    desk: Desk, people: People, who: Members, likely: frozenset[AccountId], now_ms: int
) -> _Done:
    """One pass over the newest public texts, in order of time."""
    done = _Done(AsOf(likely, now_ms), defaultdict(Manner))
    rows = said_lately(desk.store.sql, who.channels, now_ms)
    owners = {author: people.owner(author) for author in {AccountId(each[3]) for each in rows}}
    for place, stream, target, author, thread, letters, code in reversed(rows):
        one = owners[author]
        done.past.see(Post(place // PLACES, stream, thread or target, one))
        if one in likely:
            done.manners[one].see(letters, code=bool(code))
    return done


def _welcome(says: Described, need: Sequence[str]) -> float:
    """How welcome the need is to somebody, by what they say they help with."""
    helps = frozenset(stem(word) for phrase in says.helps_with for word in words(phrase))
    about = [stem(word) for word in need]
    subject = next((word for word in about if word in helps), about[0])
    return welcome(Openness(helps), subject, None)


def _times(says: Described, past: Past[AccountId, bytes], offset_hours: int) -> frozenset[str]:
    """When they are here: as they say, else as they have been."""
    if says.hours and says.zone is not None and says.zone.minutes is not None:
        return frozenset(map(aspects.part_of, says.hours_at(offset_hours * 60)))
    return aspects.times(past, offset_hours)


def _named(people: People, need: str) -> frozenset[AccountId]:
    found = map(people.account, _NAMED.findall(need.lower()))
    return frozenset(one for one in found if one is not None)


def _place(at_ms: int) -> int:
    return at_ms * PLACES


def _offset_hours(now_ms: int, zone: tzinfo) -> int:
    at = datetime.fromtimestamp(now_ms / 1_000, UTC).astimezone(zone)
    return round((at.utcoffset() or timedelta()) / timedelta(milliseconds=HOUR_MS))
