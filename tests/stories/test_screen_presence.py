"""Who is here and who writes, as two members see it who have chosen to show it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from hobnob_client.config import Loaded, Settings
from hobnob_client.presence import Where
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import SHOWN_FIRST_MS
from hobnob_sync.hub_engine.engine import HubEngine
from tests.stories.hub import running
from tests.stories.screens import Sitting, profile, sitting
from tests.stories.test_screen_talks import Friend, friend
from tests.stories.waiting import TestClock, until

OPEN = Settings(shown=True, typing="channels")
Story = Callable[[Friend, Sitting], Awaitable[None]]


def shown(engine: HubEngine, _: object) -> int:
    """How many have told the hub that they may be seen."""
    return sum(each.shown for each in engine.sessions.by_conn.values())


def told(tmp_path: Path, story: Story, settings: Settings = OPEN) -> None:
    """Run a story of mara, in front of the smallest usual screen, and bob, who shows all there is
    of him."""

    async def run() -> None:
        clock = TestClock()
        async with running(tmp_path / "hub", clock) as hub, friend(hub, tmp_path, "bob") as bob:
            await bob.engine.presence.wish(shown=True, typing=Where.EVERYWHERE)
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, settings=settings) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                await mara.until(lambda: mara.screen.reader.account("bob"))
                await mara.sees("online")
                while await asyncio.wrap_future(hub.app.writer.ask(shown)) <= settings.shown:
                    pass
                # Whoever asks has been there for a while.
                clock.move(SHOWN_FIRST_MS / 1_000)
                await story(bob, mara)

    asyncio.run(run())


def test_who_writes_stands_at_the_edge_of_the_field(tmp_path: Path) -> None:
    """Nothing moves for it, and what they say takes its place; one's own keys tell of oneself."""

    async def story(bob: Friend, mara: Sitting) -> None:
        line = bob.reader.channel("general")
        assert line is not None
        before = mara.screen.channel.timeline.size, mara.screen.channel.composer.size
        await bob.engine.presence.type(line.stream)
        await mara.sees("bob is writing …")
        assert before == (mara.screen.channel.timeline.size, mara.screen.channel.composer.size)
        await bob.engine.compose(line.stream, Post("here it is"))
        await mara.sees("here it is")
        await mara.misses("is writing")
        mara.screen.channel.composer.focus()
        await mara.type("well")
        await until(lambda: bob.engine.presence.writing(line.stream))
        assert mara.screen.engine.presence.writing(line.stream) == ()

    told(tmp_path, story)


def test_who_is_here_is_marked_in_words(tmp_path: Path) -> None:
    """Among the members, and on a profile; the sign has its word beside it."""

    async def story(bob: Friend, mara: Sitting) -> None:
        mara.screen.channel.timeline.focus()
        await mara.press("w")
        await mara.sees("@bob · ● online")
        await mara.sees("● 1 online")
        await mara.press("escape")
        await mara.misses("Who is in")
        line = bob.reader.channel("general")
        assert line is not None
        await bob.engine.compose(line.stream, Post("it is me"))
        await mara.sees("it is me")
        await mara.press("up", "P")
        await mara.sees("What they said last:")
        await mara.sees("│ ● online")

    told(tmp_path, story)


def test_nothing_is_told_or_seen_where_it_is_off(tmp_path: Path) -> None:
    """As it is for everybody at first."""

    async def story(bob: Friend, mara: Sitting) -> None:
        line = bob.reader.channel("general")
        assert line is not None
        mara.screen.channel.composer.focus()
        await mara.type("well")
        await mara.press("ctrl+u")
        await bob.engine.presence.type(line.stream)
        await bob.engine.presence.ask(line.stream)
        await until(lambda: bob.engine.presence.present(line.stream))
        found = bob.engine.presence.present(line.stream)
        assert found is not None
        assert found.accounts == bob.engine.presence.writing(line.stream) == ()
        assert "is writing" not in mara.text
        assert mara.screen.engine.presence.writing(line.stream) == ()

    told(tmp_path, story, Settings())


def test_what_is_turned_off_is_off_at_once(tmp_path: Path) -> None:
    """On the hub too: whoever asks then is told of nobody."""

    async def story(bob: Friend, mara: Sitting) -> None:
        line = bob.reader.channel("general")
        assert line is not None
        await bob.engine.presence.type(line.stream)
        await mara.sees("bob is writing …")
        mara.app.look.loaded = Loaded(tmp_path / "config.toml", OPEN, {})
        mara.app.look.change("presence.typing", "off")
        await mara.misses("is writing")
        # What she says after that comes when the hub has heard it.
        await mara.screen.engine.compose(line.stream, Post("off"))
        await until(lambda: bob.reader.before(line.stream, None, 1).messages)
        await bob.engine.presence.ask(line.stream)
        await until(lambda: bob.engine.presence.present(line.stream))
        found = bob.engine.presence.present(line.stream)
        assert found is not None
        assert found.accounts == ()

    told(tmp_path, story)
