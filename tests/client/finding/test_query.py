"""Reading queries: any text is one, and what may be meant otherwise is told where it stands."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.finding.query import (
    PARTS_MAX,
    Operator,
    Part,
    Problem,
    parse,
    quoted,
)

SIGNS = '":-#@& \t\nfromithasber2026'
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(SIGNS)), max_size=60)

PIECES = (None, *SIGNS, *(f"{each}:" for each in Operator), *"abc", " ", ' "', "form:", "befor:")

SAID = {
    "wal nfs": [("wal", None, False), ("nfs", None, False)],
    "from:ana": [("ana", Operator.FROM, False)],
    "FROM:Ana": [("Ana", Operator.FROM, False)],
    "-from:ana": [("ana", Operator.FROM, True)],
    "-wal": [("wal", None, True)],
    '-"wal mode"': [("wal mode", None, True)],
    '"wal mode" nfs': [("wal mode", None, False), ("nfs", None, False)],
    'thread:"async traits" x': [("async traits", Operator.THREAD, False), ("x", None, False)],
    'from:"Ana Ruiz"in:#rust': [("Ana Ruiz", Operator.FROM, False), ("#rust", Operator.IN, False)],
    'say"hi"': [('say"hi"', None, False)],
    "--force": [("--force", None, False)],
    "- wal": [("-", None, False), ("wal", None, False)],
    "from: ana": [("", Operator.FROM, False), ("ana", None, False)],
    "from:from:ana": [("from:ana", Operator.FROM, False)],
    "https://x.org/?in:y": [("https://x.org/?in:y", None, False)],
    "has:link is:unread on:2026 before:7d after:2025-01 mentions:me": [
        ("link", Operator.HAS, False),
        ("unread", Operator.IS, False),
        ("2026", Operator.ON, False),
        ("7d", Operator.BEFORE, False),
        ("2025-01", Operator.AFTER, False),
        ("me", Operator.MENTIONS, False),
    ],
    "": [],
    " \t\n": [],
    '"': [("", None, False)],
}


@pytest.mark.parametrize("text", SAID)
def test_a_query_is_words_phrases_and_operators(text: str) -> None:
    """Each with its value and whether it is turned round."""
    found = [(part.value, part.operator, part.negated) for part in parse(text).parts]
    assert found == SAID[text]


def test_each_part_knows_where_it_stands() -> None:
    """And where its value begins: errors and completions are shown there."""
    assert parse("wal  -in:#rust ").parts == (
        Part(0, 3, 0, "wal"),
        Part(5, 14, 9, "#rust", Operator.IN, negated=True),
    )


@pytest.mark.parametrize(
    ("text", "finished"),
    [("wal", False), ("wal ", True), ('"wal mo', False), ('"wal mode"', True), ("in:ru", False)],
)
def test_the_last_part_is_finished_once_something_stands_behind_it(
    text: str, finished: bool
) -> None:
    """A space, or the closing quote."""
    assert [part.finished for part in parse(text).parts] == [finished]


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("form:ana", "from:ana"),
        ("-form:ana", "-from:ana"),
        ("befor:2026", "before:2026"),
        ("channel:rust", "in:rust"),
        ("by:ana", "from:ana"),
        ("topic:x", "thread:x"),
    ],
)
def test_an_operator_that_is_none_names_the_one_that_may_be_meant(text: str, instead: str) -> None:
    """It is looked for as words all the same."""
    query = parse(text)
    assert [part.operator for part in query.parts] == [None]
    (problem,) = query.problems
    assert (problem.start, problem.end, problem.instead) == (0, len(text), instead)
    assert not problem.left_out


@pytest.mark.parametrize("text", ["https://x.org", "std::vector", "note:", '"form:ana"', "a: b"])
def test_what_only_looks_like_an_operator_is_a_word(text: str) -> None:
    """Addresses and names of programs' have a colon too."""
    assert parse(text).problems == ()


def test_no_more_conditions_count_than_anybody_types() -> None:
    """Where the rest begins is told."""
    query = parse("x " * (PARTS_MAX + 9))
    assert len(query.parts) == PARTS_MAX
    (problem,) = query.problems
    assert (problem.start, problem.left_out) == (2 * PARTS_MAX, True)


def test_any_text_is_a_query() -> None:
    """Twenty thousand made of what queries are made of, and of anything."""
    random = Random(1)
    for _ in range(20_000):
        letters = (random.choice(PIECES) for _ in range(random.randrange(24)))
        _holds("".join(chr(random.randrange(0x3000)) if each is None else each for each in letters))


@given(TEXTS)
def test_no_text_is_too_strange(text: str) -> None:
    """Whatever a library thinks of."""
    _holds(text)


def _holds(text: str) -> None:
    """Its parts stand in order and apart, and hold all of it but spaces; a problem lies in it."""
    query = parse(text)
    at = 0
    for part in query.parts:
        assert at <= part.start <= part.value_start <= part.end <= len(text)
        assert not text[at : part.start].strip()
        at = part.end
        assert part.value in text[part.value_start : part.end]
    assert not text[at:].strip() or len(query.parts) == PARTS_MAX
    for problem in query.problems:
        assert 0 <= problem.start < problem.end <= len(text)


@given(st.sampled_from(Operator), TEXTS.filter(str.strip))
def test_a_value_in_quotes_is_read_as_it_is(operator: Operator, value: str) -> None:
    """What a completion types is what it offered, but for quotes in it."""
    plain = value.replace('"', "")
    (part,) = parse(f"{operator}:{quoted(value)}").parts[:1]
    assert part.value == plain or not plain.strip()


def test_a_problem_may_be_put_right_in_its_place() -> None:
    """What is offered is a part of a query by itself."""
    problem = parse("wal form:ana").problems[0]
    assert replace(problem, text="") == Problem(4, 12, "", "from:ana")
    assert parse("wal " + problem.instead).problems == ()
