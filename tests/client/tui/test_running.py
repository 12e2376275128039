"""A program of the person's own is found as a shell would, and whatever becomes of it is said."""

import sys

import pytest

from hobnob_client.tui.running import Ran, program, ran


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("", ("vi",)),
        (" ", ("vi",)),
        ("code --wait", ("code", "--wait")),
        ("'my editor' -n", ("my editor", "-n")),
        ("'my editor", ("'my editor",)),
    ],
)
def test_the_words_of_a_program_are_read_as_a_shell_reads_them(
    wanted: str, words: tuple[str, ...]
) -> None:
    """What no shell reads is a program of that name."""
    assert program(wanted, "vi") == words


def test_how_it_ended_is_said_in_words() -> None:
    """Well, with a code, by a signal, or never begun."""

    def python(code: str) -> Ran:
        return ran((sys.executable, "-c", code), b"given")

    assert python("assert input() == 'given'") == Ran()
    assert python("raise SystemExit(3)") == Ran("exit code 3")
    assert python("import os; os.kill(os.getpid(), 9)") == Ran("signal 9")
    assert ran(("/nowhere/editor",)) == Ran("No such file or directory", started=False)
    assert ran(("/",)) == Ran("Permission denied", started=False)
