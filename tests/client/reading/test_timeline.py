"""A channel, a page at a time."""

import io
from collections.abc import Iterator
from itertools import islice

import pytest

from hobnob_client import keyring
from hobnob_client.cli import serve
from hobnob_client.paths import Profile
from hobnob_client.reading import Reader
from hobnob_client.verbs import read as read_module
from tests.client.verbs.shell import NOWHERE, PROFILE, Shell, rewrite_held

ENOUGH = 20
"""Pages: more than there are messages."""


@pytest.fixture
def reader(alice: Shell, bob: Shell) -> Iterator[Reader]:
    """What bob's replica holds: four messages of alice's."""
    for text in ("one", "two", "three", "four"):
        alice.done("post", "#general", text)
    bob.done("sync")
    profile = Profile(bob.home / PROFILE)
    found = Reader(profile, keyring.load(profile))
    yield found
    found.close()


def test_pages_go_on_to_the_end_of_what_is_held(reader: Reader) -> None:
    """Each message once; where nothing is new there is one page all the same."""
    (line,) = reader.channels()
    pages = list(islice(reader.pages_after(line.stream, 0, 1), ENOUGH))
    said = [shown.text for page in pages for shown in page.messages]
    assert said == ["one", "two", "three", "four"]
    (empty,) = islice(reader.pages_after(line.stream, pages[-1].last_seq, 1), ENOUGH)
    assert (empty.messages, empty.at_end) == ((), True)


@pytest.mark.parametrize("hi", [0, 3])
def test_pages_end_where_the_log_is_shortened_meanwhile(
    bob: Shell, reader: Reader, hi: int
) -> None:
    """A replica that is built anew while it is read: what is shown is shown, and that is all."""
    (line,) = reader.channels()
    shown: list[str] = []
    for page in islice(reader.pages_after(line.stream, 0, 1), ENOUGH):
        shown += [each.text for each in page.messages]
        if page.last_seq >= 4:
            rewrite_held(bob, line.stream, hi=hi)
    assert shown == ["one", "two"]


def test_reading_ends_where_the_log_is_shortened_meanwhile(
    bob: Shell, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is by then: after the message that was shown last."""
    monkeypatch.setattr(read_module, "PAGE", 1)
    (line,) = reader.channels()

    class Shortening(io.StringIO):
        """Where it is shown."""

        def write(self, text: str) -> int:
            if "two" in text:
                rewrite_held(bob, line.stream, hi=3)
            return super().write(text)

    out = Shortening()
    serve(("read",), {}, bob.home, io.StringIO(), out, io.StringIO(), NOWHERE)
    assert "two" in out.getvalue()
    assert "three" not in out.getvalue()


def test_a_page_says_what_is_missing_before_it(bob: Shell, reader: Reader) -> None:
    """Events that are not held between where one was and where it begins."""
    (line,) = reader.channels()
    last = reader.before(line.stream, None, 1).last_seq
    held = reader.held(line.stream)
    assert held is not None
    assert reader.after(line.stream, held.floor, 1).missing == 0
    rewrite_held(bob, line.stream, lo=last)
    assert reader.after(line.stream, held.floor, 1).missing == last - 1 - held.floor
    assert reader.after(line.stream, last - 1, 1).missing == 0


def test_reading_marks_nothing_beyond_what_is_not_here_yet(bob: Shell, reader: Reader) -> None:
    """The newest is shown, and stays unread until what is older was shown as well."""
    (line,) = reader.channels()
    cursor = line.reading.cursor if line.reading is not None else None
    last = reader.before(line.stream, None, 1).last_seq
    rewrite_held(bob, line.stream, lo=last)
    for _ in range(2):
        said = bob.done("read")
        assert "older unread messages are not here yet" in said.talk
        assert said.out.endswith("alice: four\n")
        (line,) = reader.channels()
        assert line.reading is not None
        assert line.reading.cursor == cursor
