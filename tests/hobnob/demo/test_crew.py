"""Who is on stage hears you, waits while you type, and speaks in turn."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from hobnob.demo.crew import NOTHING_SAID, QUIET_SECONDS, Crew, Vouch, types
from hobnob.demo.stage import Aside, Line, Stage, Subject
from hobnob_client.engine import Engine
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol.ids import DIRECTORY, ChannelId, StreamId, channel_stream
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.membership import Join
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.people import ProfileField
from tests.client.member import WAIT_SECONDS, general, join_general, newcomer, says
from tests.client.small_hub import SmallHub
from tests.stories.waiting import until


def test_who_types_is_not_interrupted(tmp_path: Path) -> None:
    """A draft that was just kept says that somebody types; an old one does not."""
    path = tmp_path / "replica.db"
    typing = types(path)
    assert not typing()
    store = SqliteReplicaStore.open(str(path))
    assert not typing()
    drafts, now_ms = PrivateTable(store.sql), int(time.time() * 1_000)
    drafts.edit(b"one", b"hello", now_ms - int(QUIET_SECONDS * 1_000) - 1_000)
    assert not typing()
    drafts.edit(b"other", b"hello", now_ms)
    assert typing()
    store.close()


def stage() -> Stage:
    """One subject, and nobody takes their time."""

    def line(by: str, text: str) -> Line:
        return Line(by, 0, text)

    tea = Subject("tea", ("tea",), line("ada", "Boil."), line("bo", "Which?"), line("cy", "Ta!"))
    aside = Aside("bo", 0, "Psst!", ("I see.", "Good night."))
    return Stage(("ada", "bo", "cy"), (tea,), (line("bo", "I know no such corner."),), aside)


GARDEN = ChannelId(b"garden".ljust(16))
"""Nobody is put into it."""
LINES = ["demo-ada: Boil.", "demo-bo: Which?", "demo-cy: Ta!"]


class Evening:
    """You, in a channel with those on stage."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.typing = False
        self.looks = 0

    def types(self) -> bool:
        """What they look at before they speak."""
        self.looks += 1
        return self.typing

    async def hears(self, count: int, stream: StreamId | None = None) -> list[str]:
        """So many things the others have said, by name, once they have; in the first channel unless
        another is named."""

        def others() -> list[str]:
            reader = self.engine.reader
            page = reader.before(stream or general(self.engine), None, 100).messages
            return sorted(
                f"{reader.handle(each.account)}: {each.text}"
                for each in page
                if each.account != reader.me
            )

        watch = self.engine.watch()
        async with asyncio.timeout(WAIT_SECONDS):
            while len(others()) < count:
                await watch.next()
        return others()


def told(
    directory: Path,
    story: Callable[[Evening], Awaitable[None]],
    helpers: Sequence[str] = (),
    vouch: Vouch | None = None,
    said: Mapping[str, Sequence[ProfileField]] = NOTHING_SAID,
) -> None:
    """Tell a story of one evening; `helpers` agree to be proposed, and say this of themselves."""

    async def tell() -> None:
        async with SmallHub() as hub:
            hub.operate(DIRECTORY, ChannelCreate(GARDEN, "garden"))
            you = newcomer(hub, directory, "guest")
            async with you.engine() as engine:
                await join_general(engine)
                evening, ready = Evening(engine), asyncio.Event()
                link, folder = hub.link(uses=3), directory / "crew"
                crew = Crew(stage(), link, folder, evening.types, helpers, vouch, said=said)
                playing = asyncio.create_task(crew.perform(you.device.account, ready.set))
                async with asyncio.timeout(WAIT_SECONDS):
                    await ready.wait()
                await story(evening)
                playing.cancel()
                await asyncio.gather(playing, return_exceptions=True)

    asyncio.run(tell())


def test_a_first_post_is_answered_asked_back_and_thanked_for(tmp_path: Path) -> None:
    """Below it, by three who are plainly of the demo, and once a subject."""

    async def story(evening: Evening) -> None:
        await says(evening.engine, "How long does tea take?", "And how long does green tea?")
        assert await evening.hears(3) == LINES
        page = evening.engine.reader.before(general(evening.engine), None, 100).messages
        assert {each.thread for each in page} == {None, page[0].target}

    told(tmp_path, story)


def test_a_post_is_answered_in_a_channel_that_you_have_joined_yourself(tmp_path: Path) -> None:
    """Those on stage are in every channel."""

    async def story(evening: Evening) -> None:
        garden = channel_stream(GARDEN)
        await evening.engine.compose(garden, Join())
        await evening.engine.compose(garden, Post("How long does tea take?"))
        assert await evening.hears(3, garden) == LINES

    told(tmp_path, story)


def test_nobody_speaks_while_you_type(tmp_path: Path) -> None:
    """All have looked, and looked again; they speak once you are done."""

    async def story(evening: Evening) -> None:
        evening.typing = True
        await says(evening.engine, "How long does tea take?")
        await until(lambda: evening.looks >= 2 * len(LINES))
        assert await evening.hears(0) == []
        evening.typing = False
        assert await evening.hears(3) == LINES

    told(tmp_path, story)


def test_what_nobody_knows_about_brings_one_friendly_word(tmp_path: Path) -> None:
    """And what is said to the librarian, nothing at all."""

    async def story(evening: Evening) -> None:
        await says(evening.engine, "!solved tea", "Lovely evening", "Lovely night")
        assert await evening.hears(1) == ["demo-bo: I know no such corner."]
        page = evening.engine.reader.before(general(evening.engine), None, 100).messages
        assert page[-1].thread == page[1].target

    told(tmp_path, story)


def test_one_writes_to_you_alone_and_answers_as_often_as_they_can(tmp_path: Path) -> None:
    """Each answer once, and none before you have said something; not while you type."""

    async def story(evening: Evening) -> None:
        engine, reader = evening.engine, evening.engine.reader

        def talk() -> list[str]:
            lines = reader.conversations()
            page = reader.before(lines[0].stream, None, 20).messages if lines else ()
            return [message.text for message in page]

        await until(lambda: talk() == ["Psst!"])
        (line,) = reader.conversations()
        assert line.label == "@demo-bo"
        evening.typing = True
        await engine.compose(line.stream, Post("who is there?"))
        looks = evening.looks
        await until(lambda: evening.looks > looks + 2)
        assert len(talk()) == 2
        evening.typing = False
        await until(lambda: talk() == ["Psst!", "who is there?", "I see."])
        for text in ("tell me", "more"):
            await engine.compose(line.stream, Post(text))
        said = ["Psst!", "who is there?", "I see.", "tell me", "more", "Good night."]
        await until(lambda: sorted(talk()) == sorted(said))

    told(tmp_path, story)


def test_who_can_help_agrees_to_be_proposed_and_is_vouched_for(tmp_path: Path) -> None:
    """One after the other, by themselves; nobody else of them agrees."""
    vouched: list[tuple[str, str]] = []

    async def vouch(handle: str, name: str) -> None:
        vouched.append((handle, name))

    async def story(evening: Evening) -> None:
        await until(lambda: len(vouched) == 2)
        reader = evening.engine.reader

        def agree() -> set[str]:
            known = [account for account, _ in reader.everybody()]
            return {reader.handle(each) for each in known if reader.consents(each)["matching"]}

        await until(lambda: agree() == {"demo-bo", "demo-cy"})
        bo, cy = (reader.account(name) for name in ("demo-bo", "demo-cy"))
        assert bo is not None
        assert cy is not None
        assert reader.profile(bo).fields == (("helps_with", "tea"),)
        assert not reader.profile(cy).fields

    told(tmp_path, story, ("bo", "cy"), vouch, {"bo": (ProfileField("helps_with", "tea"),)})
    assert vouched == [("demo-bo", "bo"), ("demo-cy", "cy")]
