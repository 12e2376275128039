"""A member in front of the screen: the whole client, on a virtual terminal, beside a real hub."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from hobnob_client import keyring
from hobnob_client.catalogue import Language, speaking
from hobnob_client.config import Loaded, Settings
from hobnob_client.founding import found
from hobnob_client.paths import Profile
from hobnob_client.tui.app import HobnobApp
from hobnob_client.tui.notifying.outward import Outward
from hobnob_client.tui.screens.main import MainScreen
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_protocol.invite_link import InviteLink
from tests.client.tui.drawn import drawn
from tests.stories.client import Client
from tests.stories.hub import Hub, running
from tests.stories.waiting import BOUND_SECONDS, until


def profile(path: Path, link: InviteLink, handle: str) -> Profile:
    """A fresh profile that will join by `link`."""
    made = Profile(path)
    keyring.save(made, found(link, handle, int(time.time())))
    return made


AT_HOME = Settings(start="home")
"""Each start begins there, also where one has left a place on the same day."""


class Sitting:
    """One run of the app."""

    def __init__(self, app: HobnobApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> MainScreen:
        """The first screen, also while another is on top of it."""
        return next(each for each in self.app.screen_stack if isinstance(each, MainScreen))

    @property
    def text(self) -> str:
        """All that is seen now, line by line."""
        return drawn(self.app)

    def lines(self, timeline: Timeline) -> list[str]:
        """What a timeline shows."""
        return [timeline.render_line(y).text.rstrip() for y in range(timeline.size.height)]

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type text."""
        await self.pilot.press(*text)

    async def sees(self, text: str) -> None:
        """Wait until the text is on the screen."""
        await self.until(lambda: text in self.text)

    async def sees_unread(self, label: str) -> None:
        """Wait until something unread is counted behind a line of the list."""

        def counted() -> bool:
            items = self.screen.channels.items
            return any(item.label == label and item.unread for item in items)

        await self.until(counted)

    async def looks(self, *, away: bool = False) -> None:
        """Her window has the focus of her desk, or it is `away` with another."""
        self.app.post_message(events.AppBlur() if away else events.AppFocus())
        await self.until(lambda: self.app.app_focus is not away)

    async def misses(self, text: str) -> None:
        """Wait until the text is on the screen no more."""
        await self.until(lambda: text not in self.text)

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for what must come to be; the screen is told when it does not."""
        try:
            await until(holds)
        except AssertionError as failed:
            raise AssertionError(f"not seen:\n{self.text}") from failed
        await self.pilot.pause()


@asynccontextmanager
async def sitting(
    of: Profile,
    size: tuple[int, int] = (80, 24),
    *,
    connect: bool = True,
    outward: Outward | None = None,
    at_home: bool = False,
    language: Language = Language.ENGLISH,
    settings: Settings | None = None,
    today: date | None = None,
) -> AsyncGenerator[Sitting]:
    """The app of a profile, running; not `at_home`, where it begins, but in the list, beside
    the first channel. Who
    leaves it waits, on a busy machine too, until their other devices have what was begun."""
    # Whoever comes after reads English again.
    with speaking(language):
        app = HobnobApp(
            of,
            keyring.load(of),
            connect=connect,
            dark=True,
            zone=UTC,
            today=today,
            outward=outward,
            language=language,
            loaded=Loaded(of.directory / "client.toml", settings or AT_HOME, {}),
            leaving_seconds=BOUND_SECONDS,
        )
        async with app.run_test(size=size, notifications=True) as pilot:
            one = Sitting(app, pilot)
            await one.until(lambda: isinstance(app.screen, MainScreen))
            if not at_home:
                one.screen.rooms.leave()
                one.screen.channels.focus()
                await one.until(lambda: one.screen.channels.has_focus)
            yield one


Sittings = Callable[[Hub, Profile], Awaitable[None]]


def told_of(tmp_path: Path, story: Sittings) -> None:
    """Run a story of mara, who sits down as it says, and may do so again."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub:
            link = await hub.app.invite(1, 1.0)
            await story(hub, profile(tmp_path / "mara", link, "mara"))

    asyncio.run(run())


Story = Callable[[Hub, Sitting], Awaitable[None]]


def told(tmp_path: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Run a story of mara, who sits in front of the screen."""

    async def seated(hub: Hub, of: Profile) -> None:
        async with sitting(of, size) as mara:
            await mara.until(lambda: mara.screen.channel.place)
            mara.screen.rooms.leave()
            await mara.sees("online")
            await story(hub, mara)

    told_of(tmp_path, seated)


async def somebody(hub: Hub, handle: str) -> Client:
    """Somebody else, who is in #general."""
    client = await hub.member(handle)
    await until(lambda: "general" in client.channels())
    return client


async def begin(mara: Sitting, text: str) -> None:
    """From anywhere: write in the channel that is open, and send nothing."""
    composer = mara.screen.channel.composer
    composer.focus()
    await mara.until(lambda: mara.app.focused is composer)
    await mara.type(text)


async def write(mara: Sitting, text: str) -> None:
    """The same, and send it."""
    await begin(mara, text)
    await mara.press("enter")


def shown(mara: Sitting) -> list[str]:
    """The texts of the channel that is open, as far as they are in the replica."""
    stream = mara.screen.channel.place
    assert stream is not None
    page = mara.screen.reader.before(stream.stream, None, 100)
    return [message.text for message in page.messages]
