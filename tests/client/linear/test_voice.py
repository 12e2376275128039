"""Lines are said between those of the person, never within one."""

import asyncio
import io

from hobnob_client.linear.telling import Told
from hobnob_client.linear.voice import Voice
from hobnob_client.terminal import Terminal
from tests.stories.waiting import until


def told(text: str) -> Told:
    """Some event."""
    return Told({"text": text}, text)


def test_nothing_is_said_into_a_line_that_is_begun() -> None:
    """It waits in its order until the line is whole."""

    async def sit() -> None:
        out = io.StringIO()
        begun = [False]
        voice = Voice(Terminal(io.StringIO(), out, io.StringIO()), lambda: begun[0])
        voice.tell(told("one"))
        assert out.getvalue() == "one\n"
        begun[0] = True
        voice.tell(told("two"))
        speaking = asyncio.ensure_future(voice.speak())
        await asyncio.sleep(0)
        voice.tell(told("three"))
        assert out.getvalue() == "one\n"
        begun[0] = False
        voice.entered()
        await until(lambda: out.getvalue().endswith("three\n"))
        assert out.getvalue() == "one\ntwo\nthree\n"
        speaking.cancel()

    asyncio.run(sit())


def test_further_lines_of_a_message_are_no_records() -> None:
    """For programs there is one, with all of it."""
    out = io.StringIO()
    voice = Voice(Terminal(io.StringIO(), out, io.StringIO(), as_json=True), lambda: False)
    voice.tell(Told({}, "the second line"))
    voice.tell(told("one"))
    assert out.getvalue() == '{"text":"one"}\n'
