"""The three streams of a verb."""

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.terminal import Terminal
from tests.client.test_term_safe import FORBIDDEN, HOSTILE


class Screen(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def terminal(given: str = "", *, as_json: bool = False) -> tuple[Terminal, io.StringIO, Screen]:
    """A terminal, and what it writes."""
    out, talk = io.StringIO(), Screen()
    return Terminal(Screen(given), out, talk, as_json=as_json), out, talk


def test_data_and_talk_are_apart() -> None:
    """A pipe reads the one, a person the other."""
    shown, out, talk = terminal()
    shown.show({"text": "data"}, "data")
    shown.say("talk")
    assert (out.getvalue(), talk.getvalue()) == ("data\n", "talk\n")


@given(HOSTILE)
def test_nothing_but_text_leaves(text: str) -> None:
    """Whatever stands in a record, in both forms, in talk and in a question."""
    shown, out, talk = terminal("yes\n")
    shown.show({"text": text}, text)
    shown.row({"text": text}, [text, text])
    shown.say(text)
    assert shown.ask(text) == "yes"
    assert not FORBIDDEN.search(out.getvalue().replace("\t", ""))
    assert out.getvalue().count("\t") == 1
    assert not FORBIDDEN.search(talk.getvalue())
    assert talk.getvalue().count("\n") == 1


@given(st.text())
def test_json_is_ascii_and_says_the_same(text: str) -> None:
    """Escaped, on one line, and lossless."""
    shown, out, _ = terminal(as_json=True)
    shown.show({"text": text}, "not this")
    shown.row({"text": text}, ["nor this"])
    first, second = out.getvalue().splitlines()
    assert first == second
    assert first.isascii()
    assert json.loads(first) == {"text": text}


def test_columns_stand_on_one_line() -> None:
    """A cell's own breaks and tabs are none of the table's."""
    shown, out, _ = terminal()
    shown.row({}, ["a\nb", "c\td"])
    assert out.getvalue() == "a␊b\tc    d\n"


def test_nobody_is_asked_through_a_pipe() -> None:
    """A script gets an answer of None, not a hang."""
    talk = io.StringIO()
    assert Terminal(io.StringIO("yes\n"), io.StringIO(), talk).ask("Really?") is None
    assert talk.getvalue() == ""


def test_progress_is_for_people_and_comes_after_a_second() -> None:
    """Short waits stay silent, and a log stays free of it."""
    shown, _, talk = terminal()
    shown.progress("half")
    assert talk.getvalue() == ""
    late = Terminal(io.StringIO(), io.StringIO(), talk, began=-10.0)
    late.progress("half")
    late.progress("done")
    late.say("next")
    assert [part.rstrip(" ") for part in talk.getvalue().split("\r")] == [
        "",
        "half",
        "done" + " " * 56 + "\nnext\n",
    ]
    log = io.StringIO()
    Terminal(io.StringIO(), io.StringIO(), log, began=-10.0).progress("half")
    assert log.getvalue() == ""
