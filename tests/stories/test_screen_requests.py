"""Requests for help as a room of the screen: who asks me, whom I have asked, how that stands."""

import asyncio
import time
from dataclasses import replace
from pathlib import Path

import pytest

from hobnob_client.catalogue import Language
from hobnob_client.requests import asking, kept
from hobnob_client.requests.noted import NOTE_MS, note_of
from hobnob_client.requests.sending import new_request
from hobnob_client.tui.rooms.line import Sort
from hobnob_client.tui.rooms.room import Room
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import HELPED_AFTER_MS, REQUEST_OPEN_MS
from hobnob_protocol.questions import encode_answer
from hobnob_protocol.request_questions import Request, RequestsAnswer
from tests.stories.hub import running
from tests.stories.request_town import NEED, Town, acts, asked_by_mara, asks, heard, states, told
from tests.stories.screens import profile, sitting
from tests.stories.test_screen_attention import Window
from tests.stories.test_screen_talks import friend
from tests.stories.waiting import TestClock


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_who_asks_stands_on_home_and_is_accepted_by_a_key(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """Enter leads to the request and to its note, a accepts and z undoes that first; the asker sees
    it, and is no stranger from then on."""

    async def story(town: Town) -> None:
        mara, bob = town.mara, town.bob
        await asks(bob, "mara")
        await mara.sees("@bob asks you for help")
        await mara.sees(NEED)
        await mara.misses("they are new to you")
        # Who has not walked down sees what comes above.
        await mara.until(lambda: (line := mara.screen.rooms.line) and line.sort is Sort.REQUEST)
        mara.screen.rooms.pane.entries.focus()
        await mara.press("enter")
        await mara.until(lambda: mara.screen.rooms.room is Room.REQUESTS)
        await mara.sees("─ They ask you ─")
        await mara.sees("hours left")
        await mara.sees("a Accept")
        await mara.sees("You take 5 requests a week; 1 was taken.")
        await mara.press("enter")
        await mara.sees("asks you for help: F10 answers")
        await mara.until(lambda: mara.screen.channel.timeline.has_focus)
        await mara.press("escape")
        await mara.until(lambda: mara.screen.rooms.room is Room.REQUESTS)
        await mara.press("a")
        await mara.sees("✓ you help @bob")
        await mara.sees("in a few seconds; z undoes it")
        await mara.press("z")
        await mara.sees("◆ @bob asks you for help")
        assert await states(bob) == ["asked"]
        await mara.press("a")
        await mara.sees("in a few seconds")
        await heard(mara)
        assert await states(bob) == ["accepted"]
        account = await bob.knows("bob")
        await mara.until(lambda: not mara.screen.reader.between(account).request)
        await mara.press("a")
        await mara.sees("That does not fit this request.")

    told(tmp_path, story, size)


def test_a_decline_is_shown_to_nobody_who_asked(tmp_path: Path) -> None:
    """To them it is silence, and two days later it has expired; who leaves at once has declined."""

    async def story(town: Town) -> None:
        mara, bob = town.mara, town.bob
        await asks(bob, "mara")
        await mara.sees("@bob asks you for help")
        await mara.press("f10")
        await mara.sees("d Decline")
        await mara.press("d")
        await mara.sees("@bob: you have declined")
        await mara.screen.rooms.requesting.finish()
        await town.again()
        await mara.sees("─ Over ─")
        assert await states(bob) == ["asked"]
        town.passes(REQUEST_OPEN_MS)
        assert await states(bob) == ["expired"]
        await town.again()
        await mara.sees("@bob: you have declined")

    told(tmp_path, story)


def test_who_was_declined_is_no_longer_on_home_until_they_say_more(tmp_path: Path) -> None:
    """Not by the note that one has read, neither while it may be undone nor later, on no device;
    undone, they ask again."""

    async def story(town: Town) -> None:
        mara, bob = town.mara, town.bob
        account = mara.screen.reader.account("bob")
        assert account is not None
        stream = mara.screen.reader.stream_with(account)

        def unread() -> int:
            found = mara.screen.reader.reading(stream)
            return found.unread if found is not None else 0

        def at_rest(text: str) -> bool:
            """Is it Home, with nothing of bob's on it?"""
            told = "asks you for help" in text or "they are new to you" in text
            return "To begin with" in text and not told

        await asks(bob, "mara")
        await mara.sees("@bob asks you for help")
        await mara.until(lambda: unread() == 1)
        await mara.press("f10")
        await mara.sees("d Decline")
        await mara.press("d")
        await mara.sees("@bob: you have declined")
        mara.screen.rooms.show(Room.HOME)
        await mara.until(lambda: at_rest(mara.text))
        await mara.press("z")
        await mara.sees("@bob asks you for help")
        await mara.press("f10")
        await mara.sees("d Decline")
        await mara.press("d")
        await mara.sees("@bob: you have declined")
        await mara.screen.rooms.requesting.finish()
        await mara.until(lambda: unread() == 0)
        await town.again()
        await mara.sees("─ Over ─")
        mara.screen.rooms.show(Room.HOME)
        await mara.until(lambda: at_rest(mara.text))
        town.passes(1_000)
        await bob.engine.compose(stream, Post("have you seen it?"))
        await mara.until(lambda: unread() == 1)
        await mara.sees("they are new to you")

    told(tmp_path, story)


def test_whom_one_has_asked_is_followed_to_the_end(tmp_path: Path) -> None:
    """Who has not answered in two days: the next one is asked by a key, with the same note; who has
    accepted: a week later Home asks whether it helped."""

    async def story(town: Town) -> None:
        mara, bob, carol = town.mara, town.bob, town.carol
        await asked_by_mara(town, "carol")
        await mara.press("f10")
        await mara.sees("… @bob was asked")
        await mara.sees(NEED)
        await mara.sees("x Withdraw")
        town.passes(REQUEST_OPEN_MS)
        await town.again()
        await mara.sees("◆ @bob has not answered")
        await mara.sees("next: @carol")
        mara.screen.rooms.show(Room.HOME)
        await mara.sees("@bob has not answered")
        await mara.press("g", "enter")
        await mara.until(lambda: mara.screen.rooms.room is Room.REQUESTS)
        await mara.sees("o Ask the next")
        await mara.press("o")
        await mara.sees("@carol is asked in a moment")
        await mara.screen.rooms.requesting.finish()
        assert await states(carol) == ["asked"]
        await carol.reads("mara", NEED)
        await town.again()
        await mara.sees("… @carol was asked")
        assert await states(bob) == ["expired"]
        await acts(carol, "accept")
        await town.again()
        await mara.sees("✓ @carol helps you")
        await mara.press("g", "e")
        await mara.sees("✓ you and @carol have met")
        await mara.screen.rooms.requesting.finish()
        assert await states(carol) == ["met"]
        town.passes(HELPED_AFTER_MS)
        await town.again()
        await mara.sees("? did @carol help you?")
        mara.screen.rooms.show(Room.HOME)
        await mara.sees("did @carol help you?")
        await mara.press("g", "enter")
        await mara.sees("y It helped")
        await mara.press("y")
        await mara.sees("@carol has helped you")
        await mara.screen.rooms.requesting.finish()
        assert await states(carol) == ["helped"]

    told(tmp_path, story)


def test_nobody_is_told_of_a_request_twice(tmp_path: Path) -> None:
    """A stranger who asks for help pings once, as the hub has settled that they may; not of what is
    before the eyes, and not again after a restart."""
    window = Window()

    async def story(town: Town) -> None:
        mara, bob, carol = town.mara, town.bob, town.carol
        await mara.looks(away=True)
        await asks(bob, "mara")
        await mara.until(lambda: window.told == [f"@bob asks you for help;{NEED}"])
        await mara.looks()
        await asks(carol, "mara")
        await mara.sees("2 people ask you for help")
        await mara.press("f10")
        await mara.sees("◆ @carol asks you for help")
        await mara.until(lambda: len(mara.screen.rooms.requesting.entries) == 2)
        await town.again()
        await asked_by_mara(town)
        await acts(bob, "accept")
        # Who presses keys looks.
        await mara.looks(away=True)
        mara.screen.rooms.requesting.look()
        await mara.until(lambda: len(window.told) == 2)
        assert window.told[1].startswith("@bob helps you;")

    told(tmp_path, story, window=window)


def test_without_the_hub_it_says_as_of_when_and_what_is_done_waits(tmp_path: Path) -> None:
    """And is told once the hub is there; nothing at all says what to do."""

    async def run() -> None:
        clock = TestClock(round(time.time() * 1_000))
        async with running(tmp_path / "hub", clock) as hub, friend(hub, tmp_path, "bob") as bob:
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, at_home=True) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                await mara.press("f10")
                await mara.sees("Nobody waits for you, and you wait for nobody.")
                await mara.screen.engine.compose(PEOPLE, Consent("matching"))
                await asks(bob, "mara")
                await mara.sees("@bob asks you for help")
            async with sitting(of, at_home=True, connect=False) as mara:
                await mara.press("f10")
                await mara.sees("the hub is not reached. R asks again.")
                await mara.sees("As of ")
                await mara.press("a")
                await mara.sees("✓ you help @bob")
            async with sitting(of, at_home=True) as mara:
                await mara.press("f10")
                await mara.sees("accepted ")
                assert await states(bob) == ["accepted"]

    asyncio.run(run())


def test_requests_speak_german(tmp_path: Path) -> None:
    """All of it."""

    async def story(town: Town) -> None:
        await asks(town.bob, "mara")
        await town.mara.sees("@bob bittet dich um Hilfe")
        await town.mara.press("f10")
        await town.mara.sees("─ Du wirst gefragt ─")
        await town.mara.sees("a Zusagen")
        await town.mara.sees("noch 47 Stunden")

    told(tmp_path, story, (80, 24), Language.GERMAN)


def test_what_a_hub_has_lost_after_it_was_accepted_stands_as_before(tmp_path: Path) -> None:
    """Who asked says it again, who accepted does so again, and the note has its text."""

    async def story(town: Town) -> None:
        engine, bob = town.mara.screen.engine, town.bob
        person = town.mara.screen.reader.account("bob")
        me = bob.reader.account("mara")
        assert person is not None
        assert me is not None
        # What both devices were told, by a hub that does not know of it any more.
        at_ms, name = town.clock.now_ms - 3_600_000, new_request()
        for one, other, mine in ((engine, person, True), (bob.engine, me, False)):
            known = Request(name, other, mine, "accepted", at_ms, 0, "")
            told_before = encode_answer(RequestsAnswer(3, 0, 0, (known,)))
            await one.note(f"{kept.LISTED}:1", told_before)
        answer, why = await asking.listed(engine, over=True)
        assert not why
        assert answer is not None
        assert [(each.request, each.state) for each in answer.requests] == [(name, "asked")]
        assert await states(bob) == ["accepted"]

    told(tmp_path, story)


def test_the_note_of_a_request_that_was_said_again_is_found_where_it_was_said(
    tmp_path: Path,
) -> None:
    """Before the hub heard of it for the second time."""

    async def story(town: Town) -> None:
        await asks(town.bob, "mara")
        reader = town.mara.screen.reader
        answer, _ = await asking.listed(town.mara.screen.engine, over=True)
        assert answer is not None
        (request,) = answer.requests
        await town.mara.until(lambda: note_of(reader, request).text == NEED)
        again = replace(request, at_ms=note_of(reader, request).at_ms + 1)
        assert note_of(reader, again, now=lambda: again.at_ms).text == ""
        assert note_of(reader, again, now=lambda: again.at_ms + NOTE_MS + 1).text == NEED
        late = replace(again, at_ms=again.at_ms + REQUEST_OPEN_MS)
        assert note_of(reader, late, now=lambda: late.at_ms + NOTE_MS + 1).text == ""

    told(tmp_path, story)


def test_a_key_for_a_request_says_where_none_is_that_there_is_nothing(tmp_path: Path) -> None:
    """Not that it does not fit a request which is not there."""

    async def story(town: Town) -> None:
        town.mara.screen.rooms.go_to(Room.REQUESTS)
        await town.mara.sees("Nobody waits for you")
        await town.mara.until(lambda: town.mara.screen.rooms.pane.entries.has_focus)
        await town.mara.press("x")
        await town.mara.sees("There is nothing here to act upon.")

    told(tmp_path, story)
