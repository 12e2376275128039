"""What a verb's answer looks like."""

import io
import json

from hobnob_server.printing import Answer, printable, show


def shown(answer: Answer, as_json: bool = False) -> str:
    """An answer as it is written."""
    out = io.StringIO()
    show(answer, out, as_json=as_json)
    return out.getvalue()


def test_one_thing_is_lines_and_many_are_a_table() -> None:
    """Yes and no, and a dash for nothing."""
    assert shown({"name": "x", "tls": True, "why": "", "list": ["a", 2]}) == (
        "name: x\ntls: yes\nwhy: -\nlist: a, 2\n"
    )
    assert shown([{"handle": "ada", "n": 1}, {"handle": "bo", "n": 20}]) == (
        "handle  n\nada     1\nbo      20\n"
    )
    assert shown([]) == ""


def test_for_programs_it_is_one_line_of_ascii_json() -> None:
    """Whatever is in it."""
    line = shown({"name": "é\x1b\n"}, as_json=True)
    assert line.isascii()
    assert line.count("\n") == 1
    assert json.loads(line) == {"name": "é\x1b\n"}


def test_nothing_others_wrote_moves_a_cursor() -> None:
    """Controls, direction marks and line breaks show as what they are: not text."""
    assert printable("a\x1b[2J\x9b\u202e\u2028\r\nb é") == "a\ufffd[2J" + "\ufffd" * 5 + "b é"
    assert "\x1b" not in shown([{"purpose": "\x1b]0;owned\x07"}])
