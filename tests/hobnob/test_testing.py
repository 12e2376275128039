"""A community without a network: its clock, its accidents, its people."""

import asyncio
import subprocess
import sys

import pytest

from hobnob import Bot, Message
from hobnob.testing import Community
from hobnob.testing.clock import VirtualLoop
from hobnob_client.failures import Failure
from hobnob_protocol.errors import UsageError

pytest_plugins = ["hobnob.testing.plugin"]


def test_everybody_reads_what_one_says(community: Community) -> None:
    """As soon as it is said, with reactions, edits and withdrawals."""
    ada, ben = community.user("ada"), community.user("ben")
    said = ada.say("hello @ben")
    assert ben.texts() == ["ada: hello @ben"]
    assert ben.reads()[0].mentions == (ben.account,)
    ben.react(said, "👋")
    assert ada.reactions(said) == ["👋"]
    ada.edit(said, "hello")
    assert ben.texts() == ["ada: hello"]
    ada.delete(said)
    assert ben.reads()[0].dead is not None


def test_time_passes_only_when_it_is_told_to(community: Community) -> None:
    """An hour at once, to the second."""
    community.user("ada")
    assert community.seconds == 0
    community.wait(3_600)
    assert community.seconds == 3_600


def test_who_is_cut_off_reads_it_later(community: Community) -> None:
    """And what they wrote meanwhile is heard then."""
    ada, ben = community.user("ada"), community.user("ben")
    ben.cut()
    ada.say("one")
    ben.say("two")
    assert ben.texts() == ["ben: two"]
    assert ada.texts() == ["ada: one"]
    ben.reconnect()
    assert ada.texts() == ben.texts() == ["ada: one", "ben: two"]


def test_a_slow_line_is_slow(community: Community) -> None:
    """A frame is on its way for as long as was said."""
    ada, ben = community.user("ada"), community.user("ben")
    ben.delay(3)
    ada.say("slow")
    community.wait(2.9)
    assert ben.texts() == []
    community.wait(0.2)
    assert ben.texts() == ["ada: slow"]


def test_a_hub_that_dies_comes_back_with_what_it_acknowledged(community: Community) -> None:
    """Whoever was on line is again; whoever was not is not."""
    ada, ben = community.user("ada"), community.user("ben")
    ada.say("one")
    ben.cut()
    community.crash_hub()
    ada.say("two")
    assert ben.texts() == ["ada: one"]
    ben.reconnect()
    assert ben.texts() == ["ada: one", "ada: two"]


def test_channels_have_everybody(community: Community) -> None:
    """Those who are there, and those who come later."""
    ada = community.user("ada")
    community.channel("ci")
    ben = community.user("ben")
    ada.say("build 7 is red", "ci")
    assert ben.texts("ci") == ["ada: build 7 is red"]
    assert ben.texts() == []
    with pytest.raises(UsageError):
        ben.texts("nowhere")


def test_one_name_is_taken_once(community: Community) -> None:
    """The hub refuses the second, who is in no channel."""
    community.user("ada")
    with pytest.raises(UsageError):
        community.user("ada").texts()


def test_what_a_bot_dies_of_is_raised(community: Community) -> None:
    """A bot that the hub does not let in any more ends; the test hears of it."""
    robot = community.bot(Bot("profile"))
    with pytest.raises(Failure, match="does not let this bot in"):
        community.ban(robot)
    assert not robot.runs


def test_a_bot_that_was_stopped_runs_again(community: Community) -> None:
    """Started twice it is refused."""
    robot = community.bot(Bot("profile"))
    assert robot.runs
    with pytest.raises(UsageError):
        robot.start()
    robot.stop()
    assert not robot.runs
    robot.start()
    assert robot.runs


def test_two_communities_are_alike_draw_by_draw() -> None:
    """All that is random comes from the seed."""
    accounts: list[list[bytes]] = []
    for seed in (1, 1, 2):
        with Community(seed=seed) as community:
            ada = community.user("ada")
            accounts.append([ada.account, ada.say("hello")])
    assert accounts[0] == accounts[1]
    assert accounts[0] != accounts[2]


def test_a_plain_function_is_called_in_its_place(community: Community) -> None:
    """Work for threads is done at once, whatever the clock."""
    bot = Bot("profile")

    @bot.command
    async def work(message: Message) -> str:
        return await asyncio.to_thread(lambda: "done")

    community.bot(bot)
    ada = community.user("ada")
    ada.say("!work")
    assert ada.texts()[-1] == "robot: done"


def test_the_clock_wakes_sleepers_in_their_order() -> None:
    """However far it is told to go at once."""
    loop = VirtualLoop()
    woken: list[tuple[float, str]] = []

    async def sleep(seconds: float, name: str) -> None:
        await asyncio.sleep(seconds)
        woken.append((loop.time(), name))

    for seconds, name in ((7.5, "late"), (0.0, "now"), (7_000.0, "never"), (0.25, "soon")):
        loop.create_task(sleep(seconds, name))
    loop.run_for(0)
    assert woken == [(0.0, "now")]
    loop.run_for(10)
    assert woken == [(0.0, "now"), (0.25, "soon"), (7.5, "late")]
    assert loop.time() == 10
    loop.run_for(7_000)
    loop.close()


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import hobnob", ("hobnob_client", "asyncio", "textual", "pytest")),
        ("from hobnob import Bot", ("hobnob_server", "textual", "pytest", "websockets")),
        ("import hobnob.testing", ("hobnob_server", "textual", "pytest", "websockets")),
    ],
)
def test_importing_loads_no_more_than_is_needed(statement: str, absent: tuple[str, ...]) -> None:
    """Neither the screen, nor the server, nor a test runner."""
    program = f"{statement}\nimport sys\nprint([n for n in {absent!r} if n in sys.modules])"
    done = subprocess.run(
        (sys.executable, "-c", program), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
