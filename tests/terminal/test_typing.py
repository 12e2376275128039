"""Keys in bursts, as a slow line brings them: each acts after the one before it."""

import asyncio
from collections.abc import Generator

import pytest

from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.paths import Profile
from hobnob_protocol.event import decode_event
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD
from tests.terminal.looker import ENTER, ESCAPE, LEFT, QUIT, Looker, pasted

BACKSPACE = "\x7f"


@pytest.fixture
def looker(profile: Profile) -> Generator[Looker]:
    """At the list of channels."""
    with Looker(profile, 80, 24) as found:
        found.leave_home()
        found.until_seen("wheel")
        yield found


def said(profile: Profile) -> list[str]:
    """What waits to be sent."""

    async def read() -> list[str]:
        async with Engine(profile, keyring.load(profile), connect=False) as engine:
            events = [decode_event(row.event) for row in engine.reader.outbox()]
        bodies = [STANDARD.decode(event.header.kind, event.body) for event in events]
        return [body.text for body in bodies if isinstance(body, Post)]

    return asyncio.run(read())


def test_what_is_taken_away_is_what_stood_there(looker: Looker) -> None:
    """Letters are written at once, Backspace and arrows act later: unless they are waited for."""
    looker.type(f"{ENTER}iabcd{BACKSPACE}{BACKSPACE}xyz{BACKSPACE}end{LEFT}{LEFT}{LEFT}Q")
    looker.until_seen("abxyQend")


def test_what_follows_enter_is_the_next_message(looker: Looker, profile: Profile) -> None:
    """Nothing of either is lost, though the first takes a while to be on the disk."""
    looker.type(f"{ENTER}ifirst{ENTER}second{ENTER}third")
    looker.until_seen("│ third")
    looker.until(lambda: looker.seen.count("⧗") >= 2)
    looker.type(QUIT)
    assert looker.wait_for_end() == 0
    assert said(profile) == ["first", "second"]


def test_who_sends_and_leaves_at_once_has_sent(looker: Looker, profile: Profile) -> None:
    """Ctrl+Q comes before the disk has answered."""
    looker.type(f"{ENTER}ithe last words{ENTER}{QUIT}")
    assert looker.wait_for_end() == 0
    assert said(profile) == ["the last words"]


def test_what_leads_elsewhere_takes_the_next_keys_along(looker: Looker) -> None:
    """Into a thread and its field, as fast as one types."""
    looker.type(f"{ENTER}\x1b[Arquick, before it is drawn")
    looker.until_seen("quick, before it is drawn")
    assert "Answer" not in looker.seen
    looker.type(ESCAPE)
    looker.until_footer("Search")


def test_what_is_pasted_is_seen_to_its_end(looker: Looker) -> None:
    """Controls have no room on a line, and take none from what stands behind them."""
    looker.type(f"{ENTER}i")
    looker.until_footer("Send")
    looker.type(pasted("error: two\x07 lines") + " and mine")
    looker.until_seen("error: two\ufffd lines and mine")
