"""What is typed is handed on as it comes, and whoever waits for it is woken by nothing else."""

import os
from collections.abc import Iterator
from queue import Queue
from threading import Thread

import pytest
from textual import events
from textual.message import Message

from hobnob_client.tui.key_reading import Ending, read_keys

PATIENCE_SECONDS = 20.0


class Counting(Ending):
    """It knows how often it was looked at."""

    looks = 0

    def is_set(self) -> bool:
        """As ever."""
        self.looks += 1
        return super().is_set()


class Keyboard:
    """A terminal on which somebody types, and who reads it."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        self.ending = Counting()
        self._heard: Queue[Message] = Queue()
        self.reading = Thread(
            target=read_keys, args=(self._read, self.ending, self._heard.put), daemon=True
        )
        self.reading.start()

    def type(self, data: bytes) -> None:
        """These bytes come."""
        os.write(self._write, data)

    def heard(self) -> str:
        """The key that is handed on next."""
        message = self._heard.get(timeout=PATIENCE_SECONDS)
        assert isinstance(message, events.Key)
        return message.key

    def hang_up(self) -> None:
        """Nothing more can come."""
        os.close(self._write)

    def leave(self) -> None:
        """Input is left off."""
        self.ending.set()
        self.reading.join(PATIENCE_SECONDS)
        assert not self.reading.is_alive()


@pytest.fixture
def keyboard() -> Iterator[Keyboard]:
    """Somebody waits for keys; in the end nobody does."""
    here = Keyboard()
    yield here
    here.leave()


def test_keys_are_handed_on_in_order(keyboard: Keyboard) -> None:
    """Letters of several bytes, too, in whatever pieces they come."""
    keyboard.type(b"a\xc3")
    assert keyboard.heard() == "a"
    keyboard.type("ß".encode()[1:] + b"\x1b[A")
    assert [keyboard.heard(), keyboard.heard()] == ["ß", "up"]


def test_an_esc_by_itself_is_a_key(keyboard: Keyboard) -> None:
    """As soon as nothing has followed that would make it the beginning of another."""
    keyboard.type(b"\x1b")
    assert keyboard.heard() == "escape"
    keyboard.type(b"a")
    assert keyboard.heard() == "a"


def test_whoever_waits_is_woken_by_keys_alone() -> None:
    """However long that takes: once for each, and once by the end."""
    keyboard = Keyboard()
    for letter in "abc":
        keyboard.type(letter.encode())
        assert keyboard.heard() == letter
    keyboard.leave()
    assert keyboard.ending.looks <= 1 + len("abc") + 1


def test_where_nothing_more_can_come_one_waits_for_the_end(keyboard: Keyboard) -> None:
    """Instead of looking again and again."""
    keyboard.type(b"a")
    keyboard.hang_up()
    assert keyboard.heard() == "a"


def test_input_that_was_left_off_can_begin_again() -> None:
    """As after the shell had the terminal."""
    ending = Ending()
    ending.set()
    ending.clear()
    read, write = os.pipe()
    heard: Queue[Message] = Queue()
    thread = Thread(target=read_keys, args=(read, ending, heard.put), daemon=True)
    thread.start()
    os.write(write, b"a")
    assert isinstance(heard.get(timeout=PATIENCE_SECONDS), events.Key)
    ending.set()
    thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()
