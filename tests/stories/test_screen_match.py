"""The match wizard on the screen: a need, small questions, three people, what speaks for them."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

from hobnob_client.match import kept
from hobnob_client.reading import Reader
from hobnob_client.requests import asking
from hobnob_client.tui.screens.main import MainScreen
from hobnob_client.tui.screens.match import MatchScreen
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.messages import Post
from tests.stories.held import hold
from tests.stories.hub import running
from tests.stories.screens import Sitting, profile, sitting
from tests.stories.test_screen_talks import friend
from tests.stories.waiting import TestClock

NEED: Final = "our SQLite locks up on a share"
KNOWN: Final = {
    "ana": ("SQLite locks on NFS do not hold", "NFS and a SQLite share do not mix"),
    "bob": ("SQLite locks: NFS again", "a share over NFS is bad for SQLite"),
    "cem": ("SQLite locks up in WAL mode", "WAL needs memory that a SQLite share has not"),
    "dan": ("WAL and SQLite on a share: no", "SQLite locks with WAL need a local disk"),
}
"""Two of them on NFS, two on WAL."""

Story = Callable[[Sitting], Awaitable[None]]


def told(
    tmp_path: Path,
    story: Story,
    size: tuple[int, int] = (80, 24),
    *,
    agree: frozenset[str] = frozenset(KNOWN),
) -> None:
    """A story of mara, who has a need; four know of it, and some agree to be proposed."""

    async def run() -> None:
        clock = TestClock(round(time.time() * 1_000))
        async with AsyncExitStack() as stack:
            hub = await stack.enter_async_context(running(tmp_path / "hub", clock))
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            mara = await stack.enter_async_context(sitting(of, size))
            await mara.until(lambda: mara.screen.channel.place)
            engine = mara.screen.engine
            general = mara.screen.reader.channel("general")
            assert general is not None
            for name, texts in KNOWN.items():
                one = await stack.enter_async_context(friend(hub, tmp_path, name))
                for text in texts:
                    await one.engine.compose(general.stream, Post(text))
                if name in agree:
                    await one.engine.compose(PEOPLE, Consent("matching"))
            for nth in range(24):
                await engine.compose(general.stream, Post(f"good morning {nth}"))
            await mara.until(lambda: agreeing(mara.screen.reader) == agree)
            await mara.until(
                lambda: "local disk" in str(mara.screen.reader.before(general.stream, None, 40))
            )
            await engine.indexed()
            await story(mara)

    asyncio.run(run())


def agreeing(reader: Reader) -> frozenset[str]:
    """Who agrees to be proposed."""
    return frozenset(
        reader.handle(account)
        for account, _ in reader.everybody()
        if reader.consents(account)["matching"]
    )


async def asks(mara: Sitting, need: str = NEED) -> None:
    """She says what she needs."""
    await mara.press("f12")
    await mara.sees("Say what you need, in your words")
    await mara.type(need)
    await mara.press("enter")
    await mara.until(lambda: isinstance(mara.app.screen, MatchScreen))
    await mara.misses("Looking who knows of it")


def shown(mara: Sitting) -> list[str]:
    """Who is shown, from top to bottom."""
    return re.findall(r"│[ ▌]+@(\w+)", mara.text)


def test_questions_with_counts_lead_to_three_with_evidence(tmp_path: Path) -> None:
    """By digits; Backspace goes back, s shows now, w tells how it was ranked; and whom one was
    shown the device remembers, nothing else."""

    async def story(mara: Sitting) -> None:
        await asks(mara)
        await mara.sees("You said: “our SQLite locks up on a share”")
        await mara.sees("Which part is it about?")
        await mara.sees("4 people are left who agree to be proposed.")
        assert "0  no matter" in mara.text
        nth = next(line for line in mara.text.splitlines() if "wal" in line).split()
        await mara.press(next(word for word in nth if word.isdigit()))
        await mara.sees("Part: wal")
        await mara.sees("1 wrote “SQLite locks up in WAL mode” (")
        await mara.until(lambda: set(shown(mara)[:2]) == {"cem", "dan"})
        await mara.press("w")
        await mara.sees("rank: the score, less the price")
        await mara.press("escape")
        await mara.press("backspace")
        await mara.sees("Which part is it about?")
        await mara.press("s")
        await mara.until(lambda: len(shown(mara)) == 3)
        notes = await mara.screen.engine.notes()
        assert {each.person for each in kept.from_bytes(notes[kept.NOTE])} >= {
            mara.screen.reader.account(name) for name in shown(mara)
        }
        await mara.press("backspace")
        await mara.sees("Which part is it about?")
        await mara.press("backspace")
        await mara.sees("Say what you need, in your words")
        await mara.sees(NEED)
        await mara.press("escape")
        assert not mara.screen.reader.outbox()

    told(tmp_path, story)


def test_others_come_instead_and_posts_open(tmp_path: Path) -> None:
    """Who left while they were looked for has seen nobody; l puts one off, m looks for more alike;
    o goes to the post, and Esc comes back."""

    async def story(mara: Sitting) -> None:
        held = hold(mara)
        await mara.press("f12")
        # Of what so few know nothing is asked: they would be shown at once.
        await mara.type("NFS")
        await mara.press("enter")
        await mara.sees("Looking who knows of it")
        await mara.press("escape")
        held.go.set()
        await mara.until(lambda: held.answered)
        await mara.until(lambda: isinstance(mara.app.screen, MainScreen))
        notes = await mara.screen.engine.notes()
        assert not kept.from_bytes(notes.get(kept.NOTE, b"")), "who has gone has seen nobody"
        await mara.press("f12", "f7", *NEED, "enter")
        await mara.misses("Looking who knows of it")
        await mara.press("s")
        await mara.until(lambda: len(shown(mara)) == 3)
        first, second, third = shown(mara)
        await mara.press("l")
        await mara.until(lambda: set(shown(mara)) == set(KNOWN) - {first})
        await mara.press("o")
        await mara.until(lambda: mara.screen.channel.timeline.has_focus)
        row = mara.screen.channel.timeline.row
        assert row is not None
        assert row.text in KNOWN[second]
        await mara.press("escape")
        await mara.until(lambda: isinstance(mara.app.screen, MatchScreen))
        await mara.until(lambda: set(shown(mara)) == set(KNOWN) - {first})
        await mara.press("m")
        await mara.until(lambda: len(shown(mara)) == 2)
        assert third in shown(mara)

    told(tmp_path, story, (120, 40))


def test_somebody_is_asked_once_one_has_seen_the_note(tmp_path: Path) -> None:
    """a shows it, Esc comes back to the people, Enter asks: the hub has settled it, and the note is
    in the conversation; n begins one that asks for nothing."""

    async def story(mara: Sitting) -> None:
        await asks(mara)
        await mara.press("s")
        await mara.until(lambda: len(shown(mara)) == 3)
        who = shown(mara)[0]
        await mara.press("a")
        await mara.sees(f"Ask @{who} for help")
        await mara.press("escape")
        await mara.until(lambda: len(shown(mara)) == 3)
        await mara.press("n")
        await mara.sees(f"@{who} · sealed")
        await mara.until(lambda: NEED in mara.screen.channel.composer.text)
        engine = mara.screen.engine
        answer, _ = await asking.listed(engine, over=False)
        assert answer is not None
        assert (answer.requests, len(mara.screen.reader.outbox())) == ((), 0)
        await mara.press("f12", "enter")
        await mara.until(lambda: isinstance(mara.app.screen, MatchScreen))
        await mara.misses("Looking who knows of it")
        await mara.press("s")
        await mara.until(lambda: who in shown(mara))
        await mara.press(*["down"] * shown(mara).index(who), "a")
        await mara.sees(f"Ask @{who} for help")
        await mara.press("enter")
        await mara.sees(f"You have asked @{who}")
        answer, _ = await asking.listed(engine, over=False)
        assert answer is not None
        (request,) = answer.requests
        assert (mara.screen.reader.handle(request.account), request.state) == (who, "asked")

    told(tmp_path, story)


def test_where_nobody_agrees_it_says_what_to_do(tmp_path: Path) -> None:
    """And Backspace changes the words."""

    async def story(mara: Sitting) -> None:
        await asks(mara)
        await mara.sees("0 of 4 members agree to be proposed.")
        await mara.sees("hobnob me allow matching")
        await mara.sees("Backspace Change · y Be proposed")
        await mara.press("y")
        await mara.sees("You agree to be proposed to others")
        await mara.until(lambda: agreeing(mara.screen.reader) == frozenset({"mara"}))
        await mara.press("y")
        await mara.until(lambda: agreeing(mara.screen.reader) == frozenset())
        await mara.press("backspace")
        await mara.sees("Say what you need, in your words")

    told(tmp_path, story, agree=frozenset())
