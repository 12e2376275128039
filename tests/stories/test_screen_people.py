"""People on the screen: one's own profile is filled in, and others are found by theirs."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from hobnob_client.catalogue import Language
from hobnob_client.profiles.fields import FIELDS
from hobnob_client.tui.screens.filling import FillingScreen
from hobnob_client.tui.screens.main import MainScreen
from hobnob_client.tui.screens.people import PeopleScreen
from hobnob_client.tui.screens.profile import ProfileScreen
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.people import ProfileField
from tests.stories.held import hold
from tests.stories.hub import running
from tests.stories.screens import Sitting, profile, sitting
from tests.stories.test_screen_talks import friend

SAID = {
    "ana": {
        "helps_with": "SQLite, backups",
        "languages": "de, en",
        "zone": "UTC+0",
        "hours": "18-22",
    },
    "bao": {"helps_with": "rust", "languages": "vi, en", "looks_for": "sqlite"},
    "cem": {"helps_with": "sqlite, secrets"},
}
"""What members say; all but cem agree to being found."""

Story = Callable[[Sitting], Awaitable[None]]


def told(
    tmp_path: Path,
    story: Story,
    size: tuple[int, int] = (80, 24),
    *,
    others: bool = True,
    language: Language = Language.ENGLISH,
) -> None:
    """A story of mara, with three others or alone."""

    async def run() -> None:
        async with AsyncExitStack() as stack:
            hub = await stack.enter_async_context(running(tmp_path / "hub"))
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            mara = await stack.enter_async_context(sitting(of, size, language=language))
            await mara.until(lambda: mara.screen.channel.place)
            reader = mara.screen.reader
            for name, fields in SAID.items() if others else ():
                one = await stack.enter_async_context(friend(hub, tmp_path, name))
                for field, value in fields.items():
                    await one.engine.compose(PEOPLE, ProfileField(field, value))
                if name != "cem":
                    await one.engine.compose(PEOPLE, Consent("matching"))
                await mara.until(partial(reader.account, name))
            bao = reader.account("bao")
            if bao is not None:
                await mara.until(lambda: reader.consents(bao)["matching"])
            await story(mara)

    asyncio.run(run())


def mine(mara: Sitting) -> dict[str, str]:
    """What mara says of herself."""
    reader = mara.screen.reader
    return dict(reader.profile(reader.me).fields)


def test_a_profile_is_filled_in_line_by_line_and_esc_loses_nothing(tmp_path: Path) -> None:
    """A line is kept when it is left; what does not fit is told first, a switch acts at once."""

    async def story(mara: Sitting) -> None:
        await mara.press("f8")
        await mara.sees("Every line is optional")
        await mara.type("SQLite, tmux")
        await mara.press("tab")
        await mara.sees("Kept: Helps with.")
        await mara.until(lambda: mine(mara) == {"helps_with": "SQLite, tmux"})
        await mara.press(*["down"] * 3)
        await mara.type("Deutsch, en")
        await mara.press("enter")
        await mara.until(lambda: mine(mara).get("languages") == "de, en")
        await mara.type("Europe/Berlin")
        await mara.press("escape")
        await mara.sees("Esc again leaves it as it was")
        await mara.sees("It is coarse, as UTC+1")
        assert isinstance(mara.app.screen, FillingScreen)
        await mara.press("ctrl+u")
        await mara.type("utc+1")
        await mara.press("escape")
        await mara.until(lambda: isinstance(mara.app.screen, MainScreen))
        await mara.until(lambda: mine(mara).get("zone") == "UTC+1")
        await mara.press("f8")
        await mara.press(*["tab"] * len(FIELDS))
        await mara.sees("If you agree, others may: be shown to members")
        await mara.press("space")
        await mara.sees("[x] being found")
        await mara.sees("You agree: be shown to members")
        me = mara.screen.reader.me
        await mara.until(lambda: mara.screen.reader.consents(me)["matching"])
        await mara.press("enter")
        await mara.sees("[ ] being found")
        await mara.until(lambda: mara.screen.reader.consents(me)["matching"] is False)
        await mara.press("escape")
        await mara.until(lambda: isinstance(mara.app.screen, MainScreen))

    told(tmp_path, story, others=False)


def test_fast_typing_over_the_lines_goes_where_it_is_meant(tmp_path: Path) -> None:
    """Keys that come at once, as when they are pasted."""

    async def story(mara: Sitting) -> None:
        await mara.press("f8")
        await mara.press(*"rust", "tab", *"go", "tab", *"ship it", "escape")
        await mara.until(lambda: isinstance(mara.app.screen, MainScreen))
        said = {"helps_with": "rust", "looks_for": "go", "goals": "ship it"}
        await mara.until(lambda: mine(mara) == said)

    told(tmp_path, story, others=False)


def test_people_are_found_by_what_they_say_and_written_to(tmp_path: Path) -> None:
    """Once, and at once; type to filter, Enter shows who it is and comes back, m writes; who does
    not agree is only counted."""

    async def story(mara: Sitting) -> None:
        held = hold(mara)
        await mara.press("f5")
        await mara.sees("Looking who is listed …")
        # Keys that come before there is an answer neither open it twice nor are lost.
        await mara.press("f5", "enter", "z")
        assert [type(each) for each in mara.app.screen_stack].count(PeopleScreen) == 1
        await mara.press("escape")
        await mara.until(lambda: isinstance(mara.app.screen, MainScreen))
        await mara.press("f5", *"zz")
        held.go.set()
        await mara.sees("0 of 2 listed")
        await mara.press("ctrl+u")
        await mara.sees("2 of 2 listed")
        assert held.answered == 2
        assert [type(each) for each in mara.app.screen_stack].count(PeopleScreen) == 1
        await mara.sees("1 member prefers not to be listed.")
        assert "secrets" not in mara.text
        await mara.type("helps:sql lang:de")
        await mara.sees("1 of 2 listed")
        assert "@bao" not in mara.text
        await mara.press("enter")
        await mara.until(lambda: isinstance(mara.app.screen, ProfileScreen))
        await mara.sees("Helps with: SQLite, backups")
        await mara.sees("Usually here: 18-22")
        await mara.press("escape")
        await mara.until(lambda: isinstance(mara.app.screen, PeopleScreen))
        await mara.sees("helps:sql lang:de")
        await mara.press("tab")
        await mara.sees("m Message")
        await mara.press("m")
        await mara.sees("@ana · sealed")

    told(tmp_path, story, (120, 40))


def test_a_need_is_described_from_there(tmp_path: Path) -> None:
    """By M, in the list; one's own profile has e."""

    async def story(mara: Sitting) -> None:
        await mara.press("f5")
        await mara.sees("2 of 2 listed")
        await mara.press("tab", "M")
        await mara.sees("Say what you need, in your words")
        await mara.press("escape")
        mara.screen.rooms.knowing.show(mara.screen.reader.me)
        await mara.sees("Nobody knows yet what you help with")
        await mara.sees("e Fill in")
        await mara.press("e")
        await mara.until(lambda: isinstance(mara.app.screen, FillingScreen))

    told(tmp_path, story)


def test_where_nobody_agrees_it_says_what_to_do(tmp_path: Path) -> None:
    """In German, too."""

    async def story(mara: Sitting) -> None:
        await mara.press("f5")
        await mara.sees("hobnob me allow matching")
        await mara.press("enter")
        await mara.sees("Niemand ist ausgewählt.")
        await mara.sees("F8 Dein Profil")
        await mara.press("f8")
        await mara.sees("Hilft bei")
        await mara.sees("[ ] gefunden werden")

    told(tmp_path, story, others=False, language=Language.GERMAN)


def test_who_comes_while_one_looks_is_listed(tmp_path: Path) -> None:
    """By itself, and the cursor stays on whom it was on."""

    async def run() -> None:
        async with AsyncExitStack() as stack:
            hub = await stack.enter_async_context(running(tmp_path / "hub"))
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            mara = await stack.enter_async_context(sitting(of))
            ana, bao = [
                await stack.enter_async_context(friend(hub, tmp_path, name))
                for name in ("ana", "bao")
            ]
            await bao.engine.compose(PEOPLE, Consent("matching"))
            account = await bao.knows("bao")
            await mara.until(lambda: mara.screen.reader.consents(account).get("matching"))
            await mara.press("f5")
            await mara.sees("1 of 1 listed")
            await ana.engine.compose(PEOPLE, Consent("matching"))
            await mara.sees("2 of 2 listed")
            await mara.press("enter")
            await mara.until(lambda: isinstance(mara.app.screen, ProfileScreen))
            await mara.sees("@bao")

    asyncio.run(run())
