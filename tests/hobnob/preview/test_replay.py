"""A past that is replayed: who was asked what, who knew of it, and what rules come to."""

from dataclasses import replace
from typing import Final

from hobnob.preview.figures import figures
from hobnob.preview.replay import QUESTIONS_MAX, Question, questions
from hobnob_client.match.rules import shipped
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.limits import LOAD_WEEK_MS
from hobnob_server.engines.load.person import CLOSED, limits_of
from hobnob_server.past.reading import Past, Said, Taker

HOUR: Final = 3_600_000
ROOM: Final = StreamId(b"c:" + b"r" * 16)
RULES: Final = shipped()


def who(number: int) -> AccountId:
    """An account."""
    return AccountId(number.to_bytes(20, "big"))


KNOWS, OTHER, CLOSED_ONE, ASKS = who(1), who(2), who(3), who(4)


def past(takes: dict[AccountId, Taker], rounds: int = 6) -> Past:
    """Every ten hours somebody asks for SQLite locks, and two answer an hour later; `OTHER` talks
    of bread."""
    said = list[Said]()
    for nth in range(rounds):
        at_ms = nth * 10 * HOUR
        root = TargetId(nth.to_bytes(16, "big"))
        texts = (
            (ASKS, root, "our sqlite database locks on the network share"),
            (KNOWS, root, "sqlite locks on a network share do not hold"),
            (CLOSED_ONE, root, "a sqlite database on a share locks up"),
            (OTHER, TargetId(bytes([9]) * 8 + nth.to_bytes(8, "big")), "bread needs an oven"),
        )
        for place, (author, thread, text) in enumerate(texts):
            target = thread if place in (0, 3) else TargetId(bytes([place]) * 8 + bytes([nth] * 8))
            said.append(Said(at_ms + place * HOUR, ROOM, thread, target, author, text, ()))
    return Past(tuple(said), takes, ())


def replayed(of: Past, since_ms: int = 0, seed: int = 1) -> list[Question]:
    """Its questions."""
    return list(questions(of, since_ms, seed, lambda nth, count: None))


OPEN: Final = {KNOWS: Taker(limits_of(5), True), OTHER: Taker(limits_of(5), True)}


def test_a_question_knows_what_was_said_before_it_and_nothing_more() -> None:
    """Nobody has evidence at first; who has not agreed is shown to nobody, however much they know;
    who talks of something else has none."""
    asked = replayed(past(OPEN))
    assert len(asked) == 6
    assert [len(each.candidates) for each in asked] == [0, 1, 1, 1, 1, 1]
    assert {person for each in asked for person, _ in each.candidates} == {KNOWS}
    assert all(each.answered_by == {KNOWS, CLOSED_ONE} for each in asked)


def test_only_the_last_days_are_asked_about_though_all_is_known() -> None:
    """A question from before has taught who knows."""
    late = replayed(past(OPEN), since_ms=40 * HOUR)
    assert [each.at_ms for each in late] == [40 * HOUR, 50 * HOUR]
    assert all(each.candidates for each in late)


def test_nobody_is_shown_beyond_what_they_take() -> None:
    """In any seven days: their own choice, the default of the rules, and the most of them."""
    for taker, rules, shows in (
        (Taker(limits_of(1), True), RULES, 2),
        (Taker(limits_of(1), True), replace(RULES, default_requests=30), 2),
        (Taker(limits_of(5), False), replace(RULES, default_requests=1), 2),
        (Taker(limits_of(5), True), replace(RULES, most_requests=1), 2),
        (Taker(limits_of(5), True), replace(RULES, most_requests=0), 0),
        (Taker(CLOSED, True), RULES, 0),
    ):
        there = past({KNOWS: taker}, rounds=12)
        found = figures(there, replayed(there), rules)
        assert found.shows == shows
        assert found.at_cap == (1 if shows else 0)


def test_figures_say_what_was_shown() -> None:
    """Hits by questions, the share of the busiest, and who was never shown."""
    there = past(OPEN)
    asked = replayed(there)
    found = figures(there, asked, RULES)
    seen = sum(bool(each.candidates) for each in asked)
    assert (found.questions, found.hits, found.shows) == (6, seen, seen)
    assert (found.shown, found.busiest, found.never) == (1, 1.0, 1)
    assert found.hit_rate == seen / 6


def test_the_same_seed_takes_the_same_sample() -> None:
    """Of so many questions that not all are replayed; and nothing depends on the order of sets."""
    many = QUESTIONS_MAX + 50
    said = list[Said]()
    for nth in range(many):
        root, answer = TargetId(nth.to_bytes(16, "big")), TargetId((nth + many).to_bytes(16, "big"))
        said.append(Said(nth * 10, ROOM, root, root, ASKS, "", ()))
        said.append(Said(nth * 10 + 1, ROOM, root, answer, KNOWS, "", ()))
    there = Past(tuple(said), {}, ())
    times = [[each.at_ms for each in replayed(there, seed=seed)] for seed in (1, 1, 2)]
    assert len(times[0]) == QUESTIONS_MAX
    assert times[0] == times[1] != times[2]
    assert many * 10 < LOAD_WEEK_MS
