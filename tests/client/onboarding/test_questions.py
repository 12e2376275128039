"""The file of questions: the shipped one is whole, and a slip in another is told."""

import pytest

from hobnob_client.catalogue import Language
from hobnob_client.onboarding.questions import (
    FILE_BYTES_MAX,
    OPTIONS_MAX,
    QUESTIONS_MAX,
    Wrong,
    parse,
    shipped,
)

ASKED = b'[[question]]\nname = "goal"\nen = "Why?"\nde = "Warum?"\n'
OPTION = b'[[question.option]]\nname = "fun"\nen = "Fun"\nde = "Spass"\n'


def test_at_most_four_are_shipped_each_in_both_languages() -> None:
    """None of them fills a small screen."""
    questions = shipped()
    assert len(questions) == QUESTIONS_MAX
    for question in questions:
        assert len(question.options) <= OPTIONS_MAX
        for texts in (question.texts, *(option.texts for option in question.options)):
            assert all(texts[language] for language in Language)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"[[question", "no TOML"),
        (b"colour = 1", "there is no colour"),
        (ASKED, "it has options, or topics = true"),
        (ASKED + b"topics = true\n" + OPTION, "it has options, or topics = true"),
        (ASKED * 2 + OPTION, "no TOML|it has options"),
        (ASKED + OPTION * 2, "two have the same name"),
        ((ASKED + OPTION).replace(b'de = "Spass"', b"de = 1"), "de is a text"),
        (ASKED + OPTION + b'first = "dance"\n', "first is one of"),
        (ASKED + OPTION + b'fill = "about"\n', "fill is looks_for"),
        (ASKED + OPTION + b'allow = ["everything"]\n', "allow has some of"),
        (ASKED + OPTION + b'fields = { weekly_requests = "99" }\n', "weekly_requests"),
        (ASKED + OPTION + b'fields = { shoe_size = "9" }\n', "fields has texts"),
        (ASKED + OPTION + b'fields = ["languages"]\n', "fields has texts"),
        (ASKED + OPTION + b'buddy = "yes"\n', "buddy is true or false"),
        (ASKED + OPTION + b"channels = [1]\n", "channels is a list"),
        (b"#" * (FILE_BYTES_MAX + 1), "bytes"),
    ],
)
def test_a_slip_is_told_and_nothing_is_guessed(data: bytes, why: str) -> None:
    """Where, and how it should be."""
    with pytest.raises(Wrong, match=why):
        parse(data)


def test_five_questions_are_one_too_many() -> None:
    """Whoever is asked more leaves."""
    several = [ASKED.replace(b"goal", b"goal%d" % nth) + OPTION for nth in range(5)]
    assert len(parse(b"".join(several[:4]))) == QUESTIONS_MAX
    with pytest.raises(Wrong, match="at most 4"):
        parse(b"".join(several))


def test_what_a_file_says_is_safe_to_draw() -> None:
    """An operator's file comes from elsewhere, too."""
    (question,) = parse(ASKED.replace(b"Why?", b"Why\\u001b[2J?") + OPTION)
    assert "\x1b" not in question.texts[Language.ENGLISH]
