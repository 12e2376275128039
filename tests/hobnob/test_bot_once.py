"""Bots go on where they were, answer each message once, and keep the hub's pace."""

import pytest

from hobnob import Bot, Message
from hobnob.testing import Community
from tests.hobnob.bots import echo

pytest_plugins = ["hobnob.testing.plugin"]


def test_a_withdrawn_message_is_not_answered(community: Community) -> None:
    """What was taken back while the bot was away is gone."""
    robot = community.bot(echo())
    ada = community.user("ada")
    robot.stop()
    ada.delete(ada.say("!say never mind"))
    ada.edit(ada.say("!say on"), "!say one")
    robot.start()
    assert ada.texts()[1:] == ["ada: !say one", "robot: one"]


def test_what_it_missed_is_answered_in_order_when_it_is_back(community: Community) -> None:
    """Cut, stopped or crashed: it goes on where it was."""
    robot = community.bot(echo())
    ada = community.user("ada")
    ada.say("!say 0")
    robot.cut()
    ada.say("!say 1")
    robot.reconnect()
    robot.stop()
    ada.say("!say 2")
    robot.start()
    robot.crash()
    ada.say("!say 3")
    assert ada.texts()[-1] == "ada: !say 3"
    robot.start()
    assert [text for text in ada.texts() if text[:5] == "robot"] == [
        "robot: 0",
        "robot: 1",
        "robot: 2",
        "robot: 3",
    ]


@pytest.mark.parametrize("commits", range(12))
def test_wherever_it_dies_each_message_is_answered_once(community: Community, commits: int) -> None:
    """Died before or after any commit and started again: two replies each, in order."""
    bot = Bot("profile")

    @bot.on_message
    async def twice(message: Message) -> None:
        await message.reply(f"{message.text} one")
        await message.reply(f"{message.text} two")

    robot = community.bot(bot)
    ada = community.user("ada")
    robot.crash_after(commits)
    for text in "abc":
        ada.say(text)
    assert robot.runs == (commits > 9)
    if not robot.runs:
        robot.start()
    said = [shown.text for shown in ada.reads() if shown.account == robot.account]
    assert said == [f"{text} {nth}" for text in "abc" for nth in ("one", "two")]


def test_an_answer_that_waits_in_the_outbox_is_not_given_again(community: Community) -> None:
    """Died after it had answered off line: the answer is found in the outbox."""
    robot = community.bot(echo())
    ada = community.user("ada")
    robot.delay(1)
    ada.say("!say once")
    robot.crash_after(1)
    community.wait(1)
    robot.delay(0)
    robot.start()
    community.wait(10)
    assert ada.texts() == ["ada: !say once", "robot: once"]


def test_what_is_too_old_is_let_be(community: Community) -> None:
    """Nobody waits for yesterday's answer."""
    bot = echo()
    bot.replay_seconds = 3_600
    robot = community.bot(bot)
    ada = community.user("ada")
    robot.stop()
    ada.say("!say old")
    community.wait(3_000)
    ada.say("!say young")
    community.wait(1_200)
    robot.start()
    assert ada.texts()[-1] == "robot: young"
    assert "robot: old" not in ada.texts()


def test_what_was_said_before_it_came_is_not_for_it(community: Community) -> None:
    """A bot answers from its joining on."""
    ada = community.user("ada")
    ada.say("!say early")
    community.wait(1)
    community.bot(echo())
    assert ada.texts() == ["ada: !say early"]


def test_it_paces_itself_by_the_hubs_budget(community: Community) -> None:
    """A hundred replies at once: the hub never has to ask for patience, and none is missing."""
    bot = Bot("profile")

    @bot.command
    async def count(message: Message, to: int) -> None:
        for number in range(to):
            await message.reply(str(number))

    robot = community.bot(bot)
    ada = community.user("ada")
    ada.say("!count 100")
    assert 10 < len(ada.reads()) < 30
    community.wait(10)
    assert 60 < len(ada.reads()) < 90
    community.wait(20)
    assert ada.texts()[1:] == [f"robot: {number}" for number in range(100)]
    assert robot.pauses == 0


def test_waiting_for_the_budget_does_not_count_as_a_handlers_time(community: Community) -> None:
    """Sixty replies take longer than the handler may, and all are said."""
    bot = Bot("profile", timeout_seconds=1)

    @bot.command
    async def count(message: Message, to: int) -> None:
        for number in range(to):
            await message.reply(str(number))

    community.bot(bot)
    ada = community.user("ada")
    ada.say("!count 60")
    community.wait(30)
    assert len(ada.reads()) == 61


def test_off_line_it_says_no_more_than_may_wait(community: Community) -> None:
    """What a timer says without a hub waits, up to a bound, and goes out later."""
    bot = Bot("profile")

    @bot.every(1)
    async def tell() -> None:
        await bot.post("general", "tick")

    robot = community.bot(bot)
    ada = community.user("ada")
    robot.cut()
    community.wait(1_000)
    assert len(robot.seat.reader.outbox()) == 64
    robot.reconnect()
    community.wait(60)
    assert len(ada.reads()) > 64


def test_the_hub_may_die_meanwhile(community: Community) -> None:
    """It is back, and so is the bot."""
    community.bot(echo())
    ada = community.user("ada")
    ada.say("!say before")
    community.crash_hub()
    ada.say("!say after")
    assert ada.texts()[-1] == "robot: after"


@pytest.mark.parametrize("delay", [0, 1])
@pytest.mark.parametrize("away", [False, True])
def test_a_hub_restored_from_an_old_copy_makes_no_second_answer(
    community: Community, away: bool, delay: float
) -> None:
    """Question and answer are lost; another question takes their place; both come back later."""
    robot = community.bot(echo())
    ada, ben = community.user("ada"), community.user("ben")
    robot.delay(delay)
    ada.say("!say kept")
    community.wait(10)
    backup = community.back_up()
    ben.cut()
    ada.say("!say lost")
    community.wait(10)
    (robot.stop if away else robot.cut)()
    ada.cut()
    community.restore(backup)
    ben.reconnect()
    ben.say("!say new")
    ada.reconnect()
    (robot.start if away else robot.reconnect)()
    community.wait(60)
    said = [shown.text for shown in ada.reads() if shown.account == robot.account]
    assert sorted(said) == ["kept", "lost", "new"]
    assert len(ada.reads()) == 6


def test_a_channel_it_is_put_into_later_is_followed_too(community: Community) -> None:
    """As soon as it holds it."""
    community.bot(echo())
    ada = community.user("ada")
    community.channel("ci")
    ada.say("!say here", "ci")
    assert ada.texts("ci")[-1] == "robot: here"
