"""What the log says, and what it never says."""

import io
import json
import logging
from typing import Any

import pytest

from hobnob_server.logs import FORMATS, Log, relay_library
from hobnob_server.secret import Secret
from tests.stories.waiting import TestClock

CLOCK = TestClock(1_700_000_000_123)
LINK = "hobnob://127.0.0.1/#aaaa.bbbb"


def said(form: str = "text", level: str = "info", **fields: Any) -> str:
    """One line about something."""
    out = io.StringIO()
    Log(out, CLOCK, level, form).info("door.open", **fields)
    return out.getvalue()


def test_a_line_is_time_level_event_and_fields() -> None:
    """For eyes, or as one JSON object."""
    assert said(conn=3, why="late night") == (
        'time=2023-11-14T22:13:20.123Z level=info event=door.open conn=3 why="late night"\n'
    )
    assert json.loads(said("json", conn=3, ok=True, why=None)) == {
        "time": "2023-11-14T22:13:20.123Z",
        "level": "info",
        "event": "door.open",
        "conn": 3,
        "ok": True,
        "why": None,
    }


@pytest.mark.parametrize("form", FORMATS)
def test_no_text_of_others_forges_a_line_or_moves_a_cursor(form: str) -> None:
    """One line of printable ASCII, whatever is in it."""
    hostile = "a\nlevel=error\r\x1b[2J\x9b\u202e\u2028\ud800\0é"
    line = said(form, why=hostile)
    assert line.count("\n") == 1
    assert line[:-1].isprintable()
    assert line.isascii()


@pytest.mark.parametrize("form", FORMATS)
def test_no_secret_of_a_link_gets_into_a_line(form: str) -> None:
    """Wherever in a text it stands."""
    line = said(form, why=f"cannot join {LINK} twice")
    assert "bbbb" not in line
    assert "aaaa" not in line
    assert "twice" in line


def test_a_secret_prints_as_a_mask() -> None:
    """However one prints it."""
    secret = Secret(b"hunter2")
    for text in (repr(secret), str(secret), f"{secret}", f"{secret:>20}", f"{[secret]}"):
        assert "hunter2" not in text
    assert secret.reveal() == b"hunter2"


def test_what_is_below_the_level_is_not_said() -> None:
    """And a value is cut where it is long."""
    assert said(level="warning") == ""
    assert len(said(why="x" * 10_000)) < 700


def test_a_librarys_trouble_becomes_a_line_without_its_traceback() -> None:
    """Tracebacks may show values; the sort of the error is enough."""
    out = io.StringIO()
    logger = relay_library("tests.of.logs", Log(out, CLOCK))
    try:
        raise ValueError("hunter2")
    except ValueError:
        logger.error("it failed", exc_info=True)
    logger.info("nothing much")
    assert out.getvalue().count("\n") == 1
    assert 'event=library source=tests.of.logs message="it failed" error=ValueError' in (
        out.getvalue()
    )
    assert "hunter2" not in out.getvalue()
    logging.getLogger("tests.of.logs").handlers.clear()
