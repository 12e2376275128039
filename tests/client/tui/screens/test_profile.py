"""Who somebody is, however much is known of them."""

import asyncio
from datetime import UTC, date

from textual.app import App

from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_client.tui.rooms.person import Person
from hobnob_client.tui.screens.profile import Left, ProfileScreen
from hobnob_protocol.ids import AccountId
from tests.client.tui.drawn import drawn
from tests.stories.waiting import until

ANA = AccountId(bytes(20))
SAID = tuple(
    Line(bytes([nth]), Sort.MESSAGE, "●", "ana", "#general", text=f"word {nth}", at_ms=1_000)
    for nth in range(3)
)


def of(*persons: Person) -> ProfileScreen:
    """The profile of somebody of whom more is known each time one looks."""
    known = list(persons)
    return ProfileScreen(
        lambda: known.pop(0) if len(known) > 1 else known[0], UTC, date.today(), bool
    )


def test_much_that_is_known_leaves_room_for_what_they_said() -> None:
    """It is scrolled by a key that is offered where it does something, and nowhere else."""

    async def run() -> None:
        app = App[None]()
        left: list[Left | None] = []
        async with app.run_test(size=(80, 24)) as pilot:
            facts = tuple(f"fact {nth}." for nth in range(60))
            await app.push_screen(of(Person(ANA, "@ana", facts, SAID)), left.append)
            await until(lambda: all(x in drawn(app) for x in ("fact 0.", "word 0", "PgDn More")))
            assert "fact 59." not in drawn(app)
            for _ in range(8):
                await pilot.press("pagedown")
            await until(lambda: "fact 59." in drawn(app) and "fact 0." not in drawn(app))
            await pilot.press("down", "enter")
            await until(lambda: left == [Left("go", SAID[1])])
            await app.push_screen(of(Person(ANA, "@ana", facts[:2], SAID)))
            await until(lambda: "fact 1." in drawn(app) and "PgDn" not in drawn(app))
            await pilot.press("escape")
            await app.push_screen(of(Person(ANA, "@ana", facts, ())))
            await pilot.press(*["down"] * 60)
            await until(lambda: "fact 59." in drawn(app))
            assert "They have said nothing yet." in drawn(app)

    asyncio.run(run())


def test_what_can_be_found_only_later_comes_while_one_looks_on() -> None:
    """With the keys that lead to it; where it was looked for too early there was nothing."""

    async def run() -> None:
        app = App[None]()
        left: list[Left | None] = []
        async with app.run_test(size=(80, 24)) as pilot:
            early, late = (Person(ANA, "@ana", ("fact 0.",), said) for said in ((), SAID))
            profile = of(early, late)
            await app.push_screen(profile, left.append)
            await until(lambda: "They have said nothing yet." in drawn(app))
            profile.show()
            await until(lambda: all(x in drawn(app) for x in ("word 0", "word 2", "Enter Go")))
            assert "They have said nothing yet." not in drawn(app)
            await pilot.press("down", "enter")
            await until(lambda: left == [Left("go", SAID[1])])

    asyncio.run(run())
