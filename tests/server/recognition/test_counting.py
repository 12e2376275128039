"""What is counted of a hub's log, and what members are answered."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import PEOPLE, AccountId, ChannelId, target_of
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.messages import Delete, Post
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.kinds.thanks import Thanks
from hobnob_protocol.kinds.threads import AcceptAnswer
from hobnob_protocol.question_frames import LATER, NO, THERE, Ask
from hobnob_protocol.questions import (
    HIDDEN_BADGES,
    BadgesAnswer,
    BadgesQuestion,
    BoardAnswer,
    BoardQuestion,
    Question,
    decode_answer,
    encode_question,
)
from hobnob_protocol.wire import encode_frame
from hobnob_server.recognition.counting import Counting
from hobnob_server.recognition.log import Log
from tests.stories.client import Client
from tests.stories.hub import Hub, running
from tests.stories.waiting import TestClock, until

DAY_SECONDS = 86_400
LATE = "stream = ? AND seq >= ?"
WEEKS_AGO_MS = 30 * DAY_SECONDS * 1_000


def town(
    path: Path, story: Callable[[Hub, TestClock, Client, Client, Client], Awaitable[None]]
) -> None:
    """Olga owns a hub; Ada and Bo came a month ago, by the clock of the machine."""

    async def run() -> None:
        clock = TestClock(time.time_ns() // 1_000_000 - WEEKS_AGO_MS)
        async with running(path, clock) as hub:
            olga, ada, bo = await hub.owner(), await hub.member("ada"), await hub.member("bo")
            # Nobody stays connected for so long who says nothing.
            for client in (olga, ada, bo):
                await client.leave()
            clock.move(20 * DAY_SECONDS)
            for client in (olga, ada, bo):
                await client.connect()
            await until(lambda: all("general" in each.channels() for each in (olga, ada, bo)))
            await until(
                lambda: all(each.holds(each.channel("general")) for each in (olga, ada, bo))
            )
            await story(hub, clock, olga, ada, bo)
            for client in (olga, ada, bo):
                await client.leave()

    asyncio.run(run())


async def helped(olga: Client, ada: Client, bo: Client) -> None:
    """Bo asks, Ada answers, Bo accepts, Olga thanks Ada."""
    general = olga.channel("general")
    root = target_of(bo.post("how?"))
    await until(lambda: "how?" in ada.texts())
    answer = target_of(ada.say(general, Post("so", root)))
    await until(lambda: "so" in bo.texts() and "so" in olga.texts())
    bo.say(general, AcceptAnswer(root, answer))
    olga.say(general, Thanks(answer, "clear"))
    await until(lambda: olga.settled and bo.settled and ada.settled)


def counting(hub: Hub, clock: TestClock) -> Counting:
    """All that has happened, counted in this process."""
    clock.move(10)
    found = begun(hub, clock)
    assert found.count()
    return found


def begun(hub: Hub, clock: TestClock) -> Counting:
    """Nothing is counted yet."""
    return Counting(hub.app.directory.database, clock.wall_ms, hub.app.log)


class Raced(Log):
    """Somebody comes, and agrees, just when it has learnt who is there."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, Ed25519Verifier())
        self._hub = sqlite3.connect(path)
        self._hub.execute("PRAGMA journal_mode = WAL")
        # The last link is that of whoever came last.
        ((since,),) = self._hub.execute(
            "SELECT max(seq) FROM cell WHERE stream = ? AND noun = 'link'", (PEOPLE,)
        ).fetchall()
        self._held: list[tuple[str, list[tuple[object, ...]]]] = []
        for table in ("log", "cell"):
            late = f"FROM {table} WHERE {LATE}"
            rows = self._hub.execute(f"SELECT * {late}", (PEOPLE, since)).fetchall()
            self._held.append((table, rows))
            self._hub.execute(f"DELETE {late}", (PEOPLE, since))
        self._hub.commit()

    def _learn_people(self) -> None:
        super()._learn_people()
        for table, rows in self._held:
            for row in rows:
                places = ", ".join("?" * len(row))
                self._hub.execute(f"INSERT INTO {table} VALUES ({places})", row)
        self._hub.commit()
        self._held = []

    def close(self) -> None:
        """Both connections."""
        super().close()
        self._hub.close()


def board(found: Counting, asker: Client, question: BoardQuestion) -> BoardAnswer:
    """A board as a member gets it."""
    return decode_answer(BoardAnswer, found.answer(asker.account, encode_question(question)))


def test_a_board_has_who_agreed_and_each_number_opens_into_messages(tmp_path: Path) -> None:
    """Who has not sees their own row, and nobody else does; who withdraws is gone at once."""

    async def story(hub: Hub, clock: TestClock, olga: Client, ada: Client, bo: Client) -> None:
        await helped(olga, ada, bo)
        with closing(counting(hub, clock)) as found:
            empty = board(found, bo, BoardQuestion("week"))
            assert (empty.rows, empty.taking_part, empty.left_out) == ((), 0, 3)
            own = board(found, ada, BoardQuestion("week", None, ada.account))
            assert own.own is not None
            assert (own.own.account, own.takes_part) == (ada.account, False)
            assert {line.measure for line in own.lines} == {"thanked", "accepted"}
            assert sum(line.tenths for line in own.lines) == own.own.tenths
            assert all(line.other is None for line in own.lines)
            assert board(found, bo, BoardQuestion("week", None, ada.account)).lines == ()
            for who in (ada, olga):
                who.say(PEOPLE, Consent("recognition"))
            await until(lambda: ada.settled and olga.settled)
            joined = board(found, bo, BoardQuestion("week", None, ada.account))
            assert (joined.taking_part, joined.left_out) == (2, 1)
            (thanks,) = [line for line in joined.lines if line.measure == "thanked"]
            assert (thanks.other, thanks.count) == (olga.account, 1)
            (event,) = thanks.events
            assert event.stream == olga.channel("general")
            ada.say(PEOPLE, Consent("recognition", on=False))
            await until(lambda: ada.settled)
            assert board(found, bo, BoardQuestion("week")).rows == ()
            bo.say(PEOPLE, Consent("recognition"))
            await until(lambda: bo.settled)
            with closing(sqlite3.connect(hub.app.directory.database)) as database:
                copy = tmp_path / "copy.db"
                database.execute("VACUUM INTO ?", (str(copy),))
            with closing(Raced(copy)) as raced:
                assert bo.account not in raced.consents("recognition")
                assert raced.consents("recognition") == {olga.account, bo.account}

    town(tmp_path, story)


def test_what_was_counted_in_slices_is_what_is_counted_anew(tmp_path: Path) -> None:
    """Also of what was deleted meanwhile, whose text is gone; nothing is counted twice."""

    async def story(hub: Hub, clock: TestClock, olga: Client, ada: Client, bo: Client) -> None:
        for who in (ada, olga, bo):
            who.say(PEOPLE, Consent("recognition"))
        await helped(olga, ada, bo)
        clock.move(10)
        with closing(begun(hub, clock)) as sliced:
            while not sliced.count(3):
                pass
            await helped(olga, bo, ada)
            gone = ada.post("never mind")
            await until(lambda: ada.settled)
            ada.say(ada.channel("general"), Delete(target_of(gone)))
            await until(lambda: ada.settled)
            clock.move(10)
            while not sliced.count(1):
                pass
            with closing(counting(hub, clock)) as anew:
                for question in (BoardQuestion("season"), BoardQuestion("all", None, ada.account)):
                    assert board(sliced, bo, question).rows == board(anew, bo, question).rows
                    assert board(sliced, bo, question).lines == board(anew, bo, question).lines

    town(tmp_path, story)


def test_questions_about_nobody_leave_no_trace(tmp_path: Path) -> None:
    """However many strangers are asked about, of members who did nothing yet too."""

    async def story(hub: Hub, clock: TestClock, olga: Client, ada: Client, bo: Client) -> None:
        stranger = AccountId(b"?" * 20)
        with closing(begun(hub, clock)) as found:
            # Nothing is counted yet: nobody has a number.
            asked = board(found, bo, BoardQuestion("all", None, stranger))
            assert (asked.own, asked.unfolded, asked.rows) == (None, None, ())
            told = found.answer(bo.account, encode_question(BadgesQuestion(bo.account)))
            assert decode_answer(BadgesAnswer, told).badges == ()

    town(tmp_path, story)


def test_what_is_older_than_what_was_read_begins_it_anew(tmp_path: Path) -> None:
    """As where the hub's clock was set back."""

    async def story(hub: Hub, clock: TestClock, olga: Client, ada: Client, bo: Client) -> None:
        await helped(olga, ada, bo)
        with closing(counting(hub, clock)) as found:
            bo.say(PEOPLE, Consent("recognition"))
            await until(lambda: bo.settled)
            with closing(sqlite3.connect(hub.app.directory.database)) as database:
                database.execute(
                    "UPDATE log SET at_ms = at_ms - 86400000 WHERE stream = ? AND seq ="
                    " (SELECT max(seq) FROM log WHERE stream = ?)",
                    (PEOPLE, PEOPLE),
                )
                database.commit()
            clock.move(10)
            assert not found.count()
            assert found.count()

    town(tmp_path, story)


def test_a_channel_has_its_own_board(tmp_path: Path) -> None:
    """Of one in which nothing was said there is nothing."""

    async def story(hub: Hub, clock: TestClock, olga: Client, ada: Client, bo: Client) -> None:
        ada.say(PEOPLE, Consent("recognition"))
        await helped(olga, ada, bo)
        with closing(counting(hub, clock)) as found:
            here = ChannelId(olga.channel("general")[-16:])
            assert len(board(found, bo, BoardQuestion("all", here)).rows) == 1
            nowhere = ChannelId(b"n" * 16)
            assert board(found, bo, BoardQuestion("all", nowhere)).rows == ()

    town(tmp_path, story)


def test_badges_are_shown_of_who_agreed_and_what_is_next_to_oneself(tmp_path: Path) -> None:
    """With what they were earned by; what one hides only oneself sees."""

    async def story(hub: Hub, clock: TestClock, olga: Client, ada: Client, bo: Client) -> None:
        await helped(olga, ada, bo)

        def badges(asker: Client) -> BadgesAnswer:
            question = encode_question(BadgesQuestion(ada.account))
            return decode_answer(BadgesAnswer, found.answer(asker.account, question))

        with closing(counting(hub, clock)) as found:
            assert badges(bo) == BadgesAnswer(badges(bo).as_of_ms, False, ())
            own = {badge.rule: badge for badge in badges(ada).badges}
            assert own["helper"].tier == 1
            assert own["helper"].missing is not None
            assert own["bridge"].tier == 0
            ada.say(PEOPLE, Consent("recognition"))
            await until(lambda: ada.settled)
            seen = {badge.rule: badge for badge in badges(bo).badges}
            assert "bridge" not in seen
            assert seen["helper"].missing is None
            assert seen["helper"].events[0].stream == olga.channel("general")
            with pytest.raises(ProtocolError):
                found.answer(bo.account, b"nothing")
            for hidden in ("welcomer helper", "bridge", "helper", None):
                ada.say(PEOPLE, ProfileField(HIDDEN_BADGES, hidden))
                await until(lambda: ada.settled)
                seen = {badge.rule: badge for badge in badges(bo).badges}
                assert ("helper" in seen) is ("helper" not in (hidden or ""))
                assert "helper" in {badge.rule for badge in badges(ada).badges}

    town(tmp_path, story)


def test_a_running_hub_answers_who_is_logged_in_one_question_at_a_time(tmp_path: Path) -> None:
    """By a process of its own, which ends with it; what it does not know it says."""

    async def story(hub: Hub, clock: TestClock, olga: Client, ada: Client, bo: Client) -> None:
        ada.say(PEOPLE, Consent("recognition"))
        await helped(olga, ada, bo)

        async def ask(number: int, question: Question | bytes) -> None:
            data = question if isinstance(question, bytes) else encode_question(question)
            await bo.send_raw(encode_frame(Ask(number, data)))

        await ask(1, BoardQuestion("all"))
        await ask(2, BoardQuestion("all"))
        await until(lambda: len(bo.told) == 2)
        told = {each.number: each for each in bo.told}
        assert (told[1].status, told[2].status) == (THERE, LATER)
        answer = decode_answer(BoardAnswer, told[1].answer)
        assert [row.account for row in answer.rows] == [ada.account]
        await ask(3, b"\x91\x63")
        await until(lambda: len(bo.told) == 3)
        assert (bo.told[-1].number, bo.told[-1].status) == (3, NO)

    town(tmp_path, story)
