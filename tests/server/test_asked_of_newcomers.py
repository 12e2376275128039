"""What an operator wants newcomers to be asked."""

import asyncio
import io
from pathlib import Path

from hobnob_protocol.limits import WELCOME_FILE_BYTES_MAX
from hobnob_protocol.question_frames import THERE
from hobnob_protocol.questions import WelcomeAnswer, decode_answer
from hobnob_server.asked_of_newcomers import AskedOfNewcomers
from hobnob_server.logs import Log
from tests.stories.waiting import TestClock


def test_a_file_is_handed_out_as_it_is_now_and_one_too_long_is_not(tmp_path: Path) -> None:
    """Without one it is empty; what is wrong with it stands in the log."""
    path, talk = tmp_path / "welcome.toml", io.StringIO()
    asked = AskedOfNewcomers(path, Log(talk, TestClock(0), "info", "text"))

    def told() -> bytes:
        status, answer = asyncio.run(asked.ask())
        assert status == THERE
        return decode_answer(WelcomeAnswer, answer).file

    assert told() == b""
    path.write_bytes(b"# one")
    assert told() == b"# one"
    path.write_bytes(b"#" * WELCOME_FILE_BYTES_MAX)
    assert len(told()) == WELCOME_FILE_BYTES_MAX
    assert "welcome.failed" not in talk.getvalue()
    path.write_bytes(b"#" * (WELCOME_FILE_BYTES_MAX + 1))
    assert told() == b""
    assert "welcome.failed" in talk.getvalue()
