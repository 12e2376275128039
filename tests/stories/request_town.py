"""Three who may be asked for help, one of them in front of the screen."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hobnob_client.catalogue import Language
from hobnob_client.engine import Engine
from hobnob_client.paths import Profile
from hobnob_client.requests import asking, sending
from hobnob_client.requests.kept import Made
from hobnob_client.requests.sending import new_request
from hobnob_protocol.ids import PEOPLE, AccountId
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.request_questions import RequestsAnswer
from tests.stories.hub import Hub, running
from tests.stories.screens import Sitting, profile, sitting
from tests.stories.test_screen_attention import Window
from tests.stories.test_screen_talks import Friend, friend
from tests.stories.waiting import BOUND_SECONDS, TestClock, until

NEED: Final = "our SQLite locks up on a share"


@dataclass(frozen=True)
class Town:
    """Mara, who sits in front of the screen, and two who know of it; all three may be asked."""

    hub: Hub
    clock: TestClock
    of: Profile
    mara: Sitting
    bob: Friend
    carol: Friend

    def passes(self, ms: int) -> None:
        """Time passes for the hub."""
        self.clock.move(ms / 1_000 + 1)

    async def again(self) -> None:
        """Mara asks the hub anew."""
        await self.mara.press("R")


Story = Callable[[Town], Awaitable[None]]


def told(
    path: Path,
    story: Story,
    size: tuple[int, int] = (100, 30),
    language: Language = Language.ENGLISH,
    window: Window | None = None,
) -> None:
    """Run a story; mara begins at Home."""

    async def run() -> None:
        clock = TestClock(round(time.time() * 1_000))
        async with AsyncExitStack() as stack:
            hub = await stack.enter_async_context(running(path / "hub", clock))
            of = profile(path / "mara", await hub.app.invite(1, 1.0), "mara")
            outward = window.outward if window is not None else None
            bob = await stack.enter_async_context(friend(hub, path, "bob"))
            carol = await stack.enter_async_context(friend(hub, path, "carol"))
            begun = sitting(of, size, at_home=True, language=language, outward=outward)
            mara = await stack.enter_async_context(begun)
            await mara.until(lambda: mara.screen.channel.place)
            for engine in (mara.screen.engine, bob.engine, carol.engine):
                await engine.compose(PEOPLE, Consent("matching"))
            await mara.until(lambda: agree(mara, "mara", "bob", "carol"))
            await story(Town(hub, clock, of, mara, bob, carol))

    asyncio.run(run())


def agree(mara: Sitting, *names: str) -> bool:
    """Have they all agreed to be asked, as far as she knows?"""
    reader = mara.screen.reader
    accounts = [reader.account(name) for name in names]
    return all(each and reader.consents(each).get("matching") for each in accounts)


async def asks(one: Friend, handle: str, note: str = NEED) -> None:
    """Somebody without a screen asks one who has agreed to be asked."""
    person = await one.knows(handle)
    await until(lambda: one.reader.consents(person).get("matching"))
    await send(one.engine, Made(new_request(), person, note))


async def send(engine: Engine, made: Made) -> None:
    """Ask them, once the ledger has read that they agree."""
    async with asyncio.timeout(BOUND_SECONDS):
        while (await sending.send(engine, made)).why:
            pass


async def asked_by_mara(town: Town, *following: str) -> AccountId:
    """Mara asks bob, and has ranked others behind him."""
    mara = town.mara
    person, *others = [mara.screen.reader.account(name) for name in ("bob", *following)]
    assert person is not None
    people = tuple(each for each in others if each is not None)
    await send(mara.screen.engine, Made(new_request(), person, NEED, people))
    return person


async def states(one: Friend) -> list[str]:
    """How the requests of somebody without a screen stand."""
    return [each.state for each in (await listed(one)).requests]


async def listed(one: Friend) -> RequestsAnswer:
    """As the hub tells it now: whose connection was silent for days is on line again first."""
    async with asyncio.timeout(BOUND_SECONDS):
        while True:
            answer, why = await asking.listed(one.engine, over=True)
            if answer is not None and not why:
                return answer


async def acts(one: Friend, what: str) -> None:
    """Somebody without a screen does something with what they were asked."""
    asked = next(each for each in (await listed(one)).requests if not each.mine)
    settled = await asking.act(one.engine, asked.request, what)
    assert not settled.why


async def heard(mara: Sitting) -> None:
    """Wait until the hub has heard what she has done."""
    await mara.misses("in a few seconds")
    await mara.misses("waits for the hub")
