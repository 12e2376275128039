"""What was solved in the demo world is found again by a few words."""

import pytest

from hobnob.demo.shelf import TO_WORDS, Shelf
from tests.hobnob.demo import TALKS, WORLD

SHELF = Shelf(WORLD)


def test_every_thread_with_an_accepted_answer_is_on_the_shelf() -> None:
    """With its title, and who answered."""
    solved = {talk.title for talk in TALKS.values() if talk.answer is not None and talk.title}
    assert {each.title for each in SHELF.solved} == solved
    assert len(solved) >= 40
    assert all(each.answer and each.by and each.channel for each in SHELF.solved)


@pytest.mark.parametrize("solved", SHELF.solved, ids=lambda each: each.title)
def test_a_thread_is_found_by_its_title(solved: object) -> None:
    """First of all that fit."""
    assert isinstance(solved, type(SHELF.solved[0]))
    assert SHELF.find(solved.title.upper(), 3)[0] == solved


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("my websocket dies behind nginx", "nginx"),
        ("Why is Escape so slow in tmux?", "tmux"),
        ("I have lost commits", "commits"),
        ("sqlite on an NFS share", "NFS"),
    ],
)
def test_a_question_finds_what_answers_it(question: str, title: str) -> None:
    """As somebody would ask it."""
    assert title in SHELF.find(question, 1)[0].title


@pytest.mark.parametrize(
    "text", ["", "a", "what can you do?", "thank you!", "what is the weather like", "?!"]
)
def test_what_nobody_solved_is_not_found(text: str) -> None:
    """A word that stands everywhere is no reason."""
    assert SHELF.find(text, 3) == ()


def test_no_more_are_found_than_asked_for() -> None:
    """The likeliest ones."""
    many = SHELF.find("database", 9)
    assert len(many) > 1
    assert SHELF.find("database", 1) == many[:1]


def test_one_rare_word_of_an_answer_is_enough_where_words_are_looked_for() -> None:
    """In a sentence it may stand in passing."""
    (found,) = SHELF.find("vacuum", 1, TO_WORDS)
    assert found.title.startswith("Deleted 6 GB")
    assert SHELF.find("vacuum", 1) == ()
