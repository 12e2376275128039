"""The demo world was written by hand: it reads like people, not like a template."""

import re
from collections import Counter, defaultdict

from hobnob.demo.prose import without_code
from tests.hobnob.demo import MESSAGES, WORLD

SHORT = 3
"""Letters up to which a word belongs to a sentence's skeleton: articles, particles, pronouns."""


def texts() -> list[str]:
    """All prose that somebody says, on stage too."""
    lines = [*WORLD.stage.fallbacks]
    for subject in WORLD.stage.subjects:
        lines += [subject.answer, subject.question, subject.thanks]
    said = [message.text for message in MESSAGES.values()]
    return [without_code(text) for text in (*said, *(line.text for line in lines))]


def words(text: str) -> list[str]:
    """Its words in lower case."""
    return re.findall(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?|\d+", text.lower())


def sentences() -> list[list[str]]:
    """Every sentence of the world, as words."""
    return [
        words(sentence) for text in texts() for sentence in re.split(r"(?<=[.!?:])\s+|\n+", text)
    ]


def twice(shapes: list[str]) -> list[str]:
    """Those that occur more than once."""
    return [shape for shape, times in Counter(shapes).items() if times > 1]


def test_no_sentence_is_said_twice() -> None:
    """Not by another member, nor by the same."""
    assert twice([" ".join(each) for each in sentences() if len(each) >= 4]) == []


def test_no_sentence_has_the_shape_of_another() -> None:
    """Also with all words of more than three letters blanked out, sentences stay apart."""
    shapes = [
        " ".join(word if len(word) <= SHORT else "_" for word in each)
        for each in sentences()
        if len(each) >= 5
    ]
    assert len(shapes) >= 900
    assert twice(shapes) == []


def test_messages_open_differently() -> None:
    """No two begin with the same four words."""
    assert twice([" ".join(words(text)[:4]) for text in texts() if len(words(text)) >= 4]) == []


def test_no_turn_of_phrase_is_worn_out() -> None:
    """At most three sentences begin with the same three words."""
    openings = Counter(" ".join(each[:3]) for each in sentences() if len(each) >= 4)
    assert [opening for opening, times in openings.items() if times > 3] == []


def test_everyone_has_a_voice_of_their_own() -> None:
    """Members say of themselves what nobody else says."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for member in WORLD.members:
        said[member.goals].append(member.handle)
    assert [by for by in said.values() if len(by) > 1] == []


def test_nothing_points_out_of_the_world() -> None:
    """No address of a page, a host or a mailbox but the reader's own machine."""
    for message in MESSAGES.values():
        for host in re.findall(r"\w+://([^/\s:]+)", message.text):
            assert host in ("127.0.0.1", "localhost"), message.id
        assert not re.search(r"[\w.]+@[\w-]+\.\w+", message.text), message.id
