"""The demo world hangs together: who, where, when, and in answer to what."""

from collections import Counter
from datetime import UTC, datetime
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hobnob.demo.people import LEVELS
from hobnob.demo.talk import KINDS, Talk
from hobnob.demo.world import load
from hobnob_client.durations import DAY_MS, MINUTE_MS
from hobnob_protocol.handle import why_not
from hobnob_protocol.ids import AccountId, ChannelId, TargetId
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.messages import Edit, Post
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.kinds.polls import Poll
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.kinds.threads import ThreadTitle
from hobnob_protocol.registry import STANDARD
from tests.hobnob.demo import HANDLES, MESSAGES, MIDNIGHT_MS, NOWS, TALKS, WORLD

ROOT = TargetId(b"r" * 16)
CHANNELS = [channel.name for channel in WORLD.channels]


def answered(talk: Talk) -> bool:
    """A question whose answer was accepted."""
    return talk.kind == "question" and talk.answer is not None


def test_the_world_is_large_enough_to_believe() -> None:
    """Its people, places, solved problems, quarrels and open questions."""
    assert load() == WORLD
    assert len(WORLD.members) >= 40
    assert len(WORLD.channels) == 10
    assert len(MESSAGES) >= 400
    assert sum(answered(talk) and "```" in MESSAGES[talk.answer or ""].text
               for talk in WORLD.talks) >= 15  # fmt: skip
    assert sum(talk.kind == "debate" for talk in WORLD.talks) >= 4
    assert sum(talk.kind == "question" and not talk.resolved for talk in WORLD.talks) >= 6
    assert sum(talk.kind == "debate" and not talk.resolved for talk in WORLD.talks) >= 1
    assert sum(len(talk.messages) for talk in WORLD.talks if talk.language == "de") >= 25


def test_the_world_shows_what_hobnob_can() -> None:
    """Edits, pins, polls, mentions, reactions, threads and loose talk."""
    messages = MESSAGES.values()
    assert sum(message.edit is not None for message in messages) >= 5
    assert sum(message.pinned for message in messages) >= 4
    assert sum(message.poll is not None for message in messages) >= 2
    assert sum(bool(message.mentions) for message in messages) >= 5
    assert sum(len(message.reactions) for message in messages) >= 100
    assert sum(not talk.title for talk in WORLD.talks) >= 10
    assert sum(talk.resolved for talk in WORLD.talks) >= 15


def test_every_file_of_the_world_is_short() -> None:
    """One talk or a dozen people a file, none over 400 lines, and all of them installed."""
    folder = Path(str(files("hobnob.demo"))) / "world"
    lengths = [len(path.read_text().splitlines()) for path in folder.rglob("*.toml")]
    assert len(lengths) > len(WORLD.talks)
    assert max(lengths) <= 400


def test_every_name_is_given_once() -> None:
    """Handles, names, channels, talks and messages."""
    assert len(HANDLES) == len(WORLD.members)
    assert len({member.name for member in WORLD.members}) == len(WORLD.members)
    assert len(set(CHANNELS)) == len(CHANNELS)
    assert len(TALKS) == len(WORLD.talks)
    assert len(MESSAGES) == sum(len(talk.messages) for talk in WORLD.talks)
    assert [handle for handle in HANDLES if why_not(handle)] == []


def test_everybody_and_every_place_has_a_voice() -> None:
    """No member is silent, no channel empty, no talk elsewhere."""
    assert {message.by for message in MESSAGES.values()} == HANDLES
    assert {talk.channel for talk in WORLD.talks} == set(CHANNELS)
    assert min(Counter(talk.channel for talk in WORLD.talks).values()) >= 5


def test_every_person_named_exists() -> None:
    """Authors, mentioned, those who react and those who vote; nobody reacts or votes twice."""
    for message in MESSAGES.values():
        assert {message.by, *message.mentions} <= HANDLES, message.id
        for emoji, by in message.reactions:
            assert set(by) <= HANDLES, message.id
            assert len(set(by)) == len(by) > 0, (message.id, emoji)
        for option in message.poll.options if message.poll else ():
            assert set(option.votes) <= HANDLES, message.id
            assert len(set(option.votes)) == len(option.votes), message.id
        if message.poll and not message.poll.multiple:
            votes = [vote for option in message.poll.options for vote in option.votes]
            assert len(set(votes)) == len(votes), message.id


def test_a_message_answers_an_earlier_one_of_its_talk() -> None:
    """Only the first need not; the accepted answer is in its talk and by somebody else."""
    for talk in WORLD.talks:
        assert talk.kind in KINDS
        seen: list[str] = []
        for message in talk.messages:
            assert message.reply is None or message.reply in seen, message.id
            seen.append(message.id)
        if talk.answer is not None:
            assert talk.answer in seen[1:], talk.id
            assert MESSAGES[talk.answer].by != talk.messages[0].by, talk.id
            assert talk.resolved, talk.id
        assert talk.title or not talk.resolved, talk.id


@pytest.mark.parametrize("now_ms", NOWS)
def test_a_talk_moves_forward_in_time_at_any_hour_of_the_day(now_ms: int) -> None:
    """Later messages are later, edits follow what they change, nothing is in the future."""
    for talk in WORLD.talks:
        for earlier, later in pairwise(talk.messages):
            assert earlier.moment.at_ms(now_ms) < later.moment.at_ms(now_ms), later.id
        for message in talk.messages:
            at_ms = message.moment.at_ms(now_ms)
            assert at_ms < now_ms, message.id
            if message.edit:
                assert at_ms < message.edit.moment.at_ms(now_ms) < now_ms, message.id


def test_the_world_spans_two_months_and_lives() -> None:
    """The oldest message is about sixty days old, the newest some minutes, and no week is quiet."""
    now_ms = NOWS[3]
    ages_ms = sorted(now_ms - message.moment.at_ms(now_ms) for message in MESSAGES.values())
    assert ages_ms[0] <= 15 * MINUTE_MS
    assert 55 * DAY_MS <= ages_ms[-1] <= 65 * DAY_MS
    weeks = Counter(age_ms // (7 * DAY_MS) for age_ms in ages_ms)
    assert min(weeks[week] for week in range(8)) >= 20


@pytest.mark.parametrize("days", [0, 150], ids=["summer time", "winter time"])
def test_people_write_when_they_say_they_are_there(days: int) -> None:
    """All but every seventh dated message falls into its author's usual hours."""
    now_ms = MIDNIGHT_MS + days * DAY_MS
    members = {member.handle: member for member in WORLD.members}
    dated = [message for message in MESSAGES.values() if message.moment.days_ago]
    inside = 0
    for message in dated:
        member = members[message.by]
        at = datetime.fromtimestamp(message.moment.at_ms(now_ms) / 1_000, UTC)
        begin, end = member.hours.split("-")
        inside += begin <= at.astimezone(ZoneInfo(member.zone)).strftime("%H:%M") <= end
    assert inside >= len(dated) * 6 / 7


def test_nobody_speaks_before_saying_hello() -> None:
    """Whoever introduces themselves in #welcome said nothing earlier."""
    first = {
        message.by: message.id
        for message in sorted(
            MESSAGES.values(), key=lambda each: each.moment.at_ms(MIDNIGHT_MS), reverse=True
        )
    }
    hellos = [talk.messages[0] for talk in WORLD.talks if "arrives" in talk.id]
    assert len(hellos) >= 8
    assert [first[hello.by] for hello in hellos] == [hello.id for hello in hellos]


def test_members_differ() -> None:
    """In level, zone, language and how much they take on; each profile is filled in."""
    for member in WORLD.members:
        assert member.level in LEVELS, member.handle
        assert member.offers, member.handle
        assert member.goals, member.handle
        assert member.languages, member.handle
        assert 0 <= member.weekly_requests <= 10, member.handle
        assert ZoneInfo(member.zone).key == member.zone
        begin, end = (datetime.strptime(hour, "%H:%M") for hour in member.hours.split("-"))
        assert begin < end, member.handle
    assert {member.level for member in WORLD.members} == set(LEVELS)
    assert len({member.zone for member in WORLD.members}) >= 20
    assert len({language for member in WORLD.members for language in member.languages}) >= 20
    assert len({member.weekly_requests for member in WORLD.members}) >= 5
    assert any(member.bot for member in WORLD.members)


def test_all_of_it_may_be_said_in_hobnob() -> None:
    """Every text passes the protocol's own check of the body it will travel in."""
    accounts = {handle: AccountId(handle.ljust(20).encode()[:20]) for handle in HANDLES}
    for message in MESSAGES.values():
        mentions = tuple(accounts[handle] for handle in message.mentions)
        STANDARD.encode(Post(message.text, ROOT, ROOT, mentions))
        if message.edit:
            STANDARD.encode(Post(message.edit.before))
            STANDARD.encode(Edit(ROOT, message.text, None, mentions))
        if message.poll:
            options = tuple(option.text for option in message.poll.options)
            STANDARD.encode(Poll(message.text, options, message.poll.multiple))
        for emoji, _ in message.reactions:
            STANDARD.encode(React(ROOT, emoji))
    for talk in WORLD.talks:
        if talk.title:
            STANDARD.encode(ThreadTitle(ROOT, talk.title))
    for channel in WORLD.channels:
        STANDARD.encode(ChannelCreate(ChannelId(b"c" * 16), channel.name, channel.purpose))
    for member in WORLD.members:
        for value in (member.name, member.goals, member.hours, "\n".join(member.offers)):
            STANDARD.encode(ProfileField("name", value))
