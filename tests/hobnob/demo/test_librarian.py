"""The demo's bot answers who calls it, in words that are true of the demo world."""

import re

from hobnob.demo.crew import is_for_the_bot
from hobnob.demo.librarian import HANDLE, NOTHING, SHOWN_TEXT_MAX, librarian, shown
from hobnob.demo.shelf import Shelf
from hobnob.testing import Community
from tests.hobnob.demo import MESSAGES, WORLD

SHELF = Shelf(WORLD)


def test_it_answers_a_command_and_a_mention_alike() -> None:
    """With the thread, and what was accepted in it; the others it names."""
    with Community() as community:
        bot = community.bot(librarian("profile", SHELF), HANDLE)
        ada = community.user("ada")
        root = ada.say("!solved websocket dies behind nginx")
        answer = ada.reads()[-1]
        assert (answer.account, answer.reply) == (bot.account, root)
        (first, *others) = SHELF.find("websocket dies behind nginx", 3)
        assert answer.text.startswith(f"Solved in #{first.channel}: “{first.title}”. {first.by} ")
        assert all(each.title in answer.text for each in others)
        ada.say(f"do you know why a websocket dies behind nginx, @{HANDLE}?")
        assert first.title in ada.texts()[-1]


def test_it_says_so_where_it_knows_nothing_and_is_silent_where_nobody_asked() -> None:
    """It takes no part in talk."""
    with Community() as community:
        community.bot(librarian("profile", SHELF), HANDLE)
        ada = community.user("ada")
        ada.say("my websocket dies behind nginx")
        assert len(ada.texts()) == 1
        ada.say("!solved the riddle of the sphinx")
        assert ada.texts()[-1] == f"{HANDLE}: {NOTHING}"
        ada.say("!solved")
        assert "It goes like this: !solved <words…>" in ada.texts()[-1]
        ada.say("!help")
        assert "!solved" in ada.texts()[-1]


def test_a_long_answer_is_cut_where_it_reads_well() -> None:
    """Before its code, between words; a short one is whole."""
    assert shown("short `code`") == "short `code`"
    long = "first words\n```sh\n" + "x" * SHOWN_TEXT_MAX + "\n```\nlast"
    assert shown(long) == "first words …"
    assert shown("ab " * SHOWN_TEXT_MAX) == ("ab " * (SHOWN_TEXT_MAX // 3)).strip() + " …"
    for each in SHELF.solved:
        assert len(shown(each.answer)) <= SHOWN_TEXT_MAX + 2
        assert shown(each.answer).count("```") % 2 == 0


def test_the_house_guide_tells_how_to_call_it() -> None:
    """And its example finds something."""
    (call,) = re.findall(r"`!solved ([a-z ]+)`", MESSAGES["house-guide.4"].text)
    assert SHELF.find(call, 1)


def test_who_speaks_to_it_is_left_to_it() -> None:
    """The members on stage do not answer what is the librarian's to answer."""
    assert is_for_the_bot("!solved sqlite is locked")
    assert is_for_the_bot(f"@{HANDLE} solved sqlite")
    assert not is_for_the_bot("sqlite is locked!")
