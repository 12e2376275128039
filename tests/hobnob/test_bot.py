"""Bots: what they hear, and what they answer."""

import asyncio
import logging

import pytest

from hobnob import Bot, Message
from hobnob.testing import Community
from hobnob_protocol.errors import UsageError
from tests.hobnob.bots import again, echo

pytest_plugins = ["hobnob.testing.plugin"]


def test_a_command_is_answered_where_it_was_given(community: Community) -> None:
    """The answer names the message, and stays in its thread."""
    robot = community.bot(echo())
    ada = community.user("ada")
    root = ada.say("A thread")
    asked = ada.say("!say  hello  there ", thread=root)
    answer = ada.reads()[-1]
    assert (answer.text, answer.reply, answer.thread) == ("hello  there", asked, root)
    assert answer.account == robot.account


def test_who_begins_with_the_bots_handle_needs_no_prefix(community: Community) -> None:
    """`@robot say x`, `@robot: !say x` and `!say x` are one."""
    community.bot(echo())
    ada = community.user("ada")
    for text in ("@robot say x", "@robot: !say x", "!say x"):
        ada.say(text)
        assert ada.texts()[-1] == "robot: x"


def test_what_does_not_fit_is_explained_to_who_asked(community: Community) -> None:
    """With the reason and how it goes."""
    bot = Bot("profile")

    @bot.command
    def add(message: Message, a: int, b: int = 1) -> str:
        return str(a + b)

    community.bot(bot)
    ada = community.user("ada")
    ada.say("!add two")
    assert "a must be a whole number" in ada.texts()[-1]
    assert "!add <a> [b]" in ada.texts()[-1]
    ada.say("!add 2 3")
    assert ada.texts()[-1] == "robot: 5"


def test_help_is_made_from_docstrings(community: Community) -> None:
    """A line for each command, the whole text for one."""
    community.bot(echo())
    ada = community.user("ada")
    ada.say("!help")
    assert ada.texts()[-1] == "robot: !say <text…> — Say it again."
    ada.say("!help say")
    assert ada.texts()[-1] == "robot: !say <text…>\n\nSay it again.\n\nAll of it."
    ada.say("!help nothing")
    assert ada.texts()[-1] == "ada: !help nothing"


def test_what_is_no_command_of_its_own_is_heard_but_not_answered(community: Community) -> None:
    """Another bot may know the command."""
    community.bot(echo())
    ada = community.user("ada")
    ada.say("!weather")
    assert ada.texts() == ["ada: !weather"]


def test_listeners_hear_all_but_commands_and_mentions_only_what_is_meant(
    community: Community,
) -> None:
    """A mention is what the message says it is, not a text that looks like one."""
    bot = echo()
    heard: list[str] = []
    meant: list[str] = []

    @bot.on_message
    def hear(message: Message) -> None:
        heard.append(message.text)

    @bot.on_mention
    def mean(message: Message) -> None:
        meant.append(message.text)

    community.bot(bot)
    ada = community.user("ada")
    for text in ("hello", "!say x", "hello @robot"):
        ada.say(text)
    assert heard == ["hello", "hello @robot"]
    assert meant == ["hello @robot"]


def test_a_handler_that_fails_is_logged_and_the_next_message_is_answered(
    community: Community, caplog: pytest.LogCaptureFixture
) -> None:
    """The asker is told that it failed, the log why."""
    bot = echo()

    @bot.command
    async def fail(message: Message) -> None:
        raise ZeroDivisionError("of the test")

    community.bot(bot)
    ada = community.user("ada")
    with caplog.at_level(logging.ERROR, "hobnob.bot"):
        ada.say("!fail")
    assert "fail went wrong" in ada.texts()[-1]
    assert "ZeroDivisionError: of the test" in caplog.text
    ada.say("!say still here")
    assert ada.texts()[-1] == "robot: still here"


def test_a_handler_that_takes_too_long_is_ended(community: Community) -> None:
    """Other channels go on meanwhile; the same one goes on afterwards."""
    bot = Bot("profile", timeout_seconds=5)

    @bot.command
    async def sleep(message: Message, seconds: float) -> str:
        await asyncio.sleep(seconds)
        return "awake"

    community.channel("ci")
    community.bot(bot)
    ada = community.user("ada")
    ada.say("!sleep 3600")
    ada.say("!sleep 0")
    ada.say("!sleep 0", "ci")
    assert ada.texts("ci")[-1] == "robot: awake"
    assert ada.texts()[-1] == "ada: !sleep 0"
    community.wait(5)
    assert "sleep went wrong" in ada.texts()[-2]
    assert ada.texts()[-1] == "robot: awake"


def test_timers_come_again_and_again(community: Community) -> None:
    """First after the time, then each time it has passed, whatever happened before."""
    bot = Bot("profile")
    calls: list[int] = []

    @bot.every(60)
    async def look() -> None:
        calls.append(len(calls))
        await bot.post("#general", f"look {len(calls)}")
        raise ValueError("a timer's failure ends nothing")

    community.bot(bot)
    ada = community.user("ada")
    community.wait(59)
    assert ada.texts() == []
    community.wait(121)
    assert ada.texts() == ["robot: look 1", "robot: look 2", "robot: look 3"]


def test_bots_do_not_answer_themselves_or_each_other(community: Community) -> None:
    """Two that repeat everything say it once each."""
    parrots = [Bot("profile"), Bot("profile")]
    for nth, parrot in enumerate(parrots):
        parrot.on_message(again)
        community.bot(parrot, f"parrot{nth}")
    ada = community.user("ada")
    ada.say("hello")
    assert sorted(ada.texts()) == ["ada: hello", "parrot0: again: hello", "parrot1: again: hello"]


def test_one_that_wants_to_answers_other_bots(community: Community) -> None:
    """`answer_bots` is for those who know what they do."""
    speaker, hearer = Bot("profile"), Bot("profile", answer_bots=True)

    @speaker.every(1)
    async def speak() -> None:
        await speaker.post("general", "hello")

    hearer.on_message(again)
    community.bot(speaker, "speaker")
    community.bot(hearer, "hearer")
    ada = community.user("ada")
    community.wait(1)
    assert ada.texts() == ["speaker: hello", "hearer: again: hello"]


def test_a_reaction_is_put_on_the_message(community: Community) -> None:
    """Twice is once."""
    bot = Bot("profile")

    @bot.on_message
    async def like(message: Message) -> None:
        await message.react("👍")
        await message.react("👍")

    community.bot(bot)
    ada = community.user("ada")
    assert ada.reactions(ada.say("hello")) == ["👍"]


def test_what_a_bot_says_is_text_and_fits(community: Community) -> None:
    """Escapes are shown as what they are, what is too long is cut, nothing is not said."""
    bot = Bot("profile")

    @bot.command
    def show(message: Message, what: str) -> str:
        return {"escape": "\x1b[31mred", "long": "ü" * 20_000, "nothing": "\n"}[what]

    community.bot(bot)
    ada = community.user("ada")
    ada.say("!show escape")
    assert ada.texts()[-1] == "robot: ␛[31mred"
    ada.say("!show long")
    assert ada.texts()[-1].endswith("ü […]")
    ada.say("!show nothing")
    assert ada.texts()[-1] == "ada: !show nothing"


def test_one_bot_runs_once(community: Community) -> None:
    """Two lives of one bot would share what its functions remember."""
    bot = echo()
    community.bot(bot)
    with pytest.raises(UsageError):
        community.bot(bot, "second")


def test_two_commands_have_two_names() -> None:
    """A name is one word and is taken once."""
    bot = echo()

    def nothing(message: Message) -> None:
        pass

    with pytest.raises(UsageError):
        bot.command(name="say")(nothing)
    with pytest.raises(UsageError):
        bot.command(name="two words")(nothing)


def test_nothing_is_posted_by_a_bot_that_does_not_run() -> None:
    """The error says so."""
    with pytest.raises(UsageError):
        asyncio.run(echo().post("general", "hello"))
