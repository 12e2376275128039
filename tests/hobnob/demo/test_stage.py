"""What the members on stage say to a person's first post."""

from itertools import pairwise

import pytest

from hobnob.demo.stage import Line, Stage, Subject
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD
from tests.hobnob.demo import HANDLES, WORLD

STAGE = WORLD.stage
LINE = Line("ada", 1, "Yes.")


def subject(name: str, *keywords: str) -> Subject:
    """A subject with these keywords and lines that don't matter."""
    return Subject(name, keywords, LINE, LINE, LINE)


def test_most_keywords_win_and_the_earlier_at_a_tie() -> None:
    """Whole words in any case; a keyword may be a run of words."""
    stage = Stage((), (subject("tea", "tea", "green tea"), subject("pots", "pot", "lid")), ())

    def name(text: str) -> str | None:
        found = stage.subject_of(text)
        return found.name if found else None

    assert name("TEA?") == "tea"
    assert name("a pot, its lid, tea") == "pots"
    assert name("pot of tea") == "tea"
    assert name("Steam, potter!") is None
    assert name("") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My SQLite file is locked", "sqlite"),
        ("EXPLAIN says that the index is not used by this query", "sql"),
        ("the borrow checker hates my trait", "rust"),
        ("pytest fixture with asyncio never ends", "asyncio"),
        ("is this readable with a screen reader?", "accessibility"),
        ("tmux eats my Escape key", "terminal"),
        ("websocket closed behind nginx", "websocket"),
        ("WireGuard and the MTU", "network"),
        ("ssh freezes", "ssh"),
        ("pip cannot find a wheel", "packaging"),
        ("I lost a commit after a rebase", "git"),
        ("my bash script and quoting", "shell"),
        ("Moin, ich bin neu", "deutsch"),
    ],
)
def test_a_first_post_finds_its_subject(text: str, name: str) -> None:
    """Each subject is reached by what a person would write."""
    found = STAGE.subject_of(text)
    assert found is not None
    assert found.name == name


def test_there_is_a_subject_for_every_common_concern() -> None:
    """At least twelve, and words for all else."""
    assert len(STAGE.subjects) >= 12
    assert len(STAGE.fallbacks) >= 2
    assert STAGE.subject_of("what a lovely garden") is None


def test_three_different_people_react_one_after_the_other() -> None:
    """An answer within twenty seconds, then a question back, then a thank-you."""
    for each in STAGE.subjects:
        lines = (each.answer, each.question, each.thanks)
        assert len({line.by for line in lines}) == 3, each.name
        assert each.answer.after_seconds <= 20, each.name
        assert all(a.after_seconds < b.after_seconds for a, b in pairwise(lines)), each.name
        assert "?" in each.question.text, each.name
    assert all(line.after_seconds <= 20 for line in STAGE.fallbacks)


def test_only_members_on_stage_speak() -> None:
    """They exist, and what they say may be posted."""
    assert set(STAGE.members) <= HANDLES
    lines = [*STAGE.fallbacks]
    for each in STAGE.subjects:
        lines += [each.answer, each.question, each.thanks]
    aside = STAGE.aside
    assert aside is not None
    lines += [Line(aside.by, 0, text) for text in (aside.text, *aside.answers)]
    assert {line.by for line in lines} <= set(STAGE.members)
    for line in lines:
        STANDARD.encode(Post(line.text))


def test_no_keyword_belongs_to_two_subjects() -> None:
    """And each is written as the search for it reads a text."""
    keywords = [keyword for each in STAGE.subjects for keyword in each.keywords]
    assert len(set(keywords)) == len(keywords)
    for each in STAGE.subjects:
        for keyword in each.keywords:
            alone = Stage((), (each,), ())
            assert alone.subject_of(f"({keyword.upper()}!)") == each, keyword
