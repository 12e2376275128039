"""Care in words."""

from dataclasses import replace

import pytest

from hobnob_client import care_words
from hobnob_client.care.needs import Need, Sort
from hobnob_client.catalogue import Language, speaking
from hobnob_protocol.ids import StreamId, TargetId
from tests.client.care.test_waiting import LI

HOUR_MS = 3_600_000


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (0, "1 minute"),
        (59 * 60_000, "59 minutes"),
        (HOUR_MS, "1 hour"),
        (47 * HOUR_MS, "47 hours"),
        (48 * HOUR_MS, "2 days"),
    ],
)
def test_how_long_somebody_waits_is_said_in_its_greatest_unit(ms: int, said: str) -> None:
    """To a minute at least."""
    assert care_words.waited(ms) == said


def test_a_report_says_by_whom_and_why_on_one_line() -> None:
    """In German too."""
    stream = StreamId(b"c:" + b"g" * 16)
    told = (LI, stream, None, None, "buy!", LI, "an advert,\nagain")
    need = Need(Sort.REPORT, TargetId(b"r" * 16), 0, *told)
    assert care_words.why(need, HOUR_MS, "bo") == "reported by bo, 1 hour ago: an advert, again"
    from_blocked = replace(need, blocked=frozenset((LI,)))
    assert care_words.why(from_blocked, HOUR_MS, "bo") == (
        "reported by bo, 1 hour ago: an advert, again (you have blocked its author and who reports "
        "it)"
    )
    assert care_words.blocked(None, LI, (LI,)) == "you have blocked who reports it"
    assert care_words.blocked(LI, None, (LI,)) == "you have blocked its author"
    assert care_words.blocked(None, None, (LI,)) == ""
    with speaking(Language.GERMAN):
        why = care_words.why(need, 3 * 24 * HOUR_MS, "bo")
    assert why == "gemeldet von bo vor 3 Tagen: an advert, again"
