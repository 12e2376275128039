"""The rules of matching that an operator has put into force."""

import asyncio
import io
from pathlib import Path

import pytest

from hobnob_protocol.limits import ASKS_DEFAULT, ASKS_MAX, MATCH_FILE_BYTES_MAX
from hobnob_protocol.question_frames import THERE
from hobnob_protocol.questions import RankingAnswer, decode_answer
from hobnob_server.errors import ConfigError
from hobnob_server.load.caps import SHIPPED, Caps, caps_of
from hobnob_server.logs import Log
from hobnob_server.match_rules import MatchRules
from tests.stories.waiting import TestClock


def told(rules: MatchRules) -> bytes:
    """What is handed out."""
    status, answer = asyncio.run(rules.ask())
    assert status == THERE
    return decode_answer(RankingAnswer, answer).ranking


def test_an_edit_holds_at_once_and_a_broken_one_never(tmp_path: Path) -> None:
    """What held before goes on, for whoever settles and whoever is told; it stands in the log,
    once. Without the file those of the version hold."""
    path, talk = tmp_path / "match.toml", io.StringIO()
    rules = MatchRules(path, Log(talk, TestClock(0), "info", "text"))
    assert (rules.caps(), told(rules)) == (SHIPPED, b"")
    path.write_bytes(b"[caps]\nmost_requests = 3\n")
    assert (rules.caps(), told(rules)) == (Caps(ASKS_DEFAULT, 3), b"[caps]\nmost_requests = 3\n")
    path.write_bytes(b"[caps]\nmost_requests = 31\n")
    for _ in range(2):
        assert (rules.caps().most_requests, told(rules)) == (3, b"[caps]\nmost_requests = 3\n")
    assert talk.getvalue().count("match.failed") == 1
    path.write_bytes(b"#" * (MATCH_FILE_BYTES_MAX + 1))
    assert rules.caps().most_requests == 3
    path.write_bytes(b"#" * MATCH_FILE_BYTES_MAX)
    assert (rules.caps(), len(told(rules))) == (SHIPPED, MATCH_FILE_BYTES_MAX)
    path.unlink()
    assert (rules.caps(), told(rules)) == (SHIPPED, b"")


def test_nobody_takes_more_than_the_most_whatever_they_chose() -> None:
    """And who has not chosen takes the default."""
    caps = caps_of(b"[caps]\ndefault_requests = 4\nmost_requests = 6\nprice = 1\n[weights]\nx = 1")
    assert [caps.takes(chosen) for chosen in (None, 0, 5, ASKS_MAX)] == [4, 0, 5, 6]
    assert caps_of(b"") == SHIPPED


@pytest.mark.parametrize(
    "file",
    [
        b"[caps",
        b"caps = 1",
        b"\xff",
        b"[caps]\ndefault_requests = -1",
        b"[caps]\nmost_requests=1.0",
    ],
)
def test_a_slip_in_a_cap_is_no_cap(file: bytes) -> None:
    """It is told, and nothing is guessed."""
    with pytest.raises(ConfigError):
        caps_of(file)
