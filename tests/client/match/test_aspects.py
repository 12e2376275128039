"""What is known of people in each respect the wizard asks about."""

from hobnob_client.durations import HOUR_MS
from hobnob_client.match import aspects
from hobnob_client.match.activity import Past
from hobnob_client.match.aspects import Manner, Style, Time
from hobnob_client.match.passages import Passage
from hobnob_protocol.ids import AccountId, StreamId, TargetId

ANA, BOB, CEM = (AccountId(name.encode() * 20) for name in "abc")
MIDNIGHT = 1_699_920_000_000


def passages(*texts: str) -> list[Passage]:
    """Posts that say this."""
    return [
        Passage(0, StreamId(b"c:x"), TargetId(text.encode()), ANA, b"", text, "", 1.0)
        for text in texts
    ]


def past(*hours: int) -> Past[str, str]:
    """Of somebody who wrote at these hours, UTC."""
    found = Past[str, str]()
    for hour in hours:
        found.seen_at(MIDNIGHT + hour * HOUR_MS)
        found.posts += 1
    return found


def test_usual_hours_are_those_of_the_reader() -> None:
    """Of who wrote little they are not known."""
    assert aspects.times(past(18, 19, 19, 20, 9), 0) == {Time.EVENING}
    assert aspects.times(past(18, 19, 19, 20, 21), 6) == {Time.NIGHT}
    assert aspects.times(past(16, 17, 18, 19, 8, 9, 10), -2) == {Time.AFTERNOON, Time.MORNING}
    assert aspects.times(past(18, 19), 0) == frozenset()


def test_every_full_hour_is_in_one_part_of_the_day() -> None:
    """From midnight on, six in each."""
    assert {aspects.part_of(hour) for hour in range(18, 24)} == {Time.EVENING}
    assert list(map(aspects.part_of, (0, 6, 17))) == [Time.NIGHT, Time.MORNING, Time.AFTERNOON]


def test_a_style_is_known_of_who_wrote_enough() -> None:
    """Short or long, with code or without."""
    assert aspects.style(Manner(4, 40, 4)) == frozenset()
    assert aspects.style(Manner(10, 400, 0)) == {Style.BRIEF}
    assert aspects.style(Manner(10, 4_000, 2)) == {Style.LONG, Style.CODE}
    assert aspects.style(Manner(10, 1_500, 0)) == frozenset()


def test_levels_say_what_somebody_has_done_about_it() -> None:
    """Answered it, often or once, or asked about it."""
    assert aspects.level(0, 0) == frozenset()
    assert aspects.level(1, 1) == {"some", "too"}
    assert aspects.level(3, 0) == {"often"}


def test_subjects_tell_people_apart() -> None:
    """Not what the need says, in whatever form, what all say of it, what is said everywhere, or
    what only code and addresses say."""
    told = {
        ANA: passages("sqlite locking with wal and journal tuesday `vec` https://x.org/vec"),
        BOB: passages("sqlite wal on tuesday", "a journal ```vec\n```"),
        CEM: passages("sqlite backup, litestream"),
    }
    sample = ["see you on tuesday"] * 3 + ["tea"]
    found = aspects.subjects(told, ["sqlite", "locks"], sample)
    assert found == {ANA: {"wal", "journal"}, BOB: {"wal", "journal"}, CEM: frozenset()}
