"""What queries mean: names become marks, days places, and what means nothing is told."""

import pytest

from hobnob_client.finding import marks
from hobnob_client.finding.marks import Trait
from hobnob_client.finding.meaning import HAS, IS, LAST_PLACE, Meaning, Wanted, understand
from hobnob_client.finding.query import Operator, parse
from hobnob_client.finding.terms import quoted
from hobnob_client.texts import PLACES
from tests.client.finding.world import ANA, ANDY, BO, CI, HELP, ROOT, RUST, WITH_BO, SmallWorld

MARCH_MS = 1_772_323_200_000
"""2026-03-01, where one reads in UTC."""
DAY_MS = 86_400_000


def meant(text: str, *, typing: bool = False, world: SmallWorld | None = None) -> Meaning:
    """What a query means there."""
    return understand(parse(text), world or SmallWorld(), typing=typing)


def by(*accounts: bytes) -> str:
    """Said by one of these."""
    found = [quoted(marks.of_author(account)) for account in accounts]  # type: ignore[arg-type]  # ids
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"


def at(*streams: bytes) -> str:
    """Said in one of these."""
    found = [quoted(marks.of_stream(stream)) for stream in streams]  # type: ignore[arg-type]  # ids
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"


EVERY = quoted(marks.EVERY)
MATCHES = {
    "wal nfs": '"wal" AND "nfs"',
    '"wal mode"': '"wal mode"',
    'wal"': '"wal"""',
    "wal -nfs": '("wal") NOT "nfs"',
    "-nfs -wal": f'({EVERY}) NOT ("nfs" OR "wal")',
    "from:ana": by(ANA),
    "from:@Ana": by(ANA),
    "from:me": by(BO),
    'from:"ana ruiz"': by(ANA, ANDY),
    "from:ana from:bo wal": f'"wal" AND {by(ANA, BO)}',
    "-from:ana": f"({EVERY}) NOT {by(ANA)}",
    "in:rust": at(RUST),
    "in:#rust in:@bo": at(RUST, WITH_BO),
    "in:bo": at(WITH_BO),
    "-in:#help": f"({EVERY}) NOT {at(HELP)}",
    "mentions:ana": quoted(marks.of_mention(ANA)),
    "thread:lifetimes": quoted(marks.of_thread(ROOT)),
    "has:code -has:link": f"({quoted(marks.of_trait(Trait.CODE))}) NOT "
    f"{quoted(marks.of_trait(Trait.LINK))}",
    "is:bot": by(CI),
    "is:resolved": quoted(marks.of_trait(Trait.RESOLVED)),
    "form:ana": '"form:ana"',
    "": "",
}


@pytest.mark.parametrize("text", MATCHES)
def test_conditions_become_words_and_marks_of_the_index(text: str) -> None:
    """All of them must hold, but of several authors or places one."""
    assert meant(text).wanted.match == MATCHES[text]


def test_of_oneself_is_also_what_one_has_claimed() -> None:
    """What one said, and where one was addressed, before one came here."""
    world = SmallWorld(claimed=(CI,))
    assert meant("from:me", world=world).wanted.match == by(BO, CI)
    addressed = " OR ".join(quoted(marks.of_mention(each)) for each in (BO, CI))
    assert meant("mentions:me", world=world).wanted.match == f"({addressed})"
    assert meant("-from:me", world=world).wanted.match == (
        f"({EVERY}) NOT ({quoted(marks.of_author(BO))} OR {quoted(marks.of_author(CI))})"
    )


def test_what_one_has_blocked_is_not_found() -> None:
    """Whatever else is asked; nothing is found where nothing is."""
    world = SmallWorld(muted=(ANA,))
    assert meant("wal", world=world).wanted.match == f'("wal") NOT {by(ANA)}'
    assert meant("", world=world).wanted.match == ""


DAYS = {
    "after:2026-03": (MARCH_MS, None),
    "-before:2026-03": (MARCH_MS, None),
    "before:2026-03": (0, MARCH_MS),
    "on:2026-03-01": (MARCH_MS, MARCH_MS + DAY_MS),
    "after:2026-03-02 before:2026-03-04": (MARCH_MS + DAY_MS, MARCH_MS + 3 * DAY_MS),
    "after:2025 on:2026-03-01": (MARCH_MS, MARCH_MS + DAY_MS),
    "after:1d": (MARCH_MS + 29 * DAY_MS, None),
}


@pytest.mark.parametrize("text", DAYS)
def test_days_bound_the_places(text: str) -> None:
    """`after` begins with its day, `before` ends with the day before it."""
    wanted = meant(text).wanted
    first_ms, beyond_ms = DAYS[text]
    beyond = LAST_PLACE if beyond_ms is None else beyond_ms * PLACES
    assert (wanted.match, wanted.first, wanted.beyond) == (EVERY, first_ms * PLACES, beyond)


def test_a_day_may_be_left_out() -> None:
    """A stretch that is apart from what is looked for."""
    wanted = meant("-on:2026-03-01").wanted
    assert wanted.apart == ((MARCH_MS * PLACES, (MARCH_MS + DAY_MS) * PLACES),)


def test_what_is_unread_or_saved_may_be_asked_and_excluded() -> None:
    """They are no marks: they change while nothing is said."""
    assert meant("is:unread").wanted == Wanted(EVERY, unread=True)
    assert meant("is:saved").wanted == Wanted(EVERY, saved=True)
    assert meant("-is:saved").wanted.saved is False
    assert meant("-is:unread").wanted.unread is False


def test_the_word_that_is_being_typed_is_only_begun() -> None:
    """From two letters on the index knows it; one letter is looked for among what is found."""
    assert meant("wal nf", typing=True).wanted.match == '"wal" AND "nf"*'
    assert meant("wal nfs ", typing=True).wanted.match == '"wal" AND "nfs"'
    assert meant('"wal mo', typing=True).wanted.match == '"wal mo"*'
    assert meant("foo-b", typing=True).wanted.match == '"foo-"'
    assert meant("compil", typing=True).wanted == Wanted('"compil"*')
    assert meant("wal n", typing=True).wanted == Wanted('"wal"', initial="n")
    assert meant("n", typing=True).wanted == Wanted(EVERY, initial="n")
    assert meant("wal -n", typing=True).wanted == Wanted('"wal"')


def test_a_value_that_is_being_typed_means_all_that_begin_so() -> None:
    """Until it is finished; what is called so at all means itself."""
    assert meant("from:an", typing=True).wanted.match == by(ANA, ANDY)
    assert meant("from:ana", typing=True).wanted.match == by(ANA)
    assert meant("in:#r", typing=True).wanted.match == at(RUST)
    assert meant("has:li", typing=True).wanted.match == quoted(marks.of_trait(Trait.LINK))
    assert meant("from:and").wanted.match == by(ANDY)
    assert meant("in:#h").wanted.match == at(HELP)
    for begun in ("from:", "in:", "in:#", "thread:", "has:", "before:"):
        found = meant(f"wal {begun}", typing=True)
        assert found.wanted.match == '"wal"', begun
        assert not found.problems or begun == "in:#"


WRONG = {
    "from:anna": "from:ana",
    "-from:anna": "-from:ana",
    "in:#rost": "in:rust",
    "mentions:nobody": "",
    "has:lnik": "has:link",
    "is:unraed": "is:unread",
    "before:soon": "",
    "thread:gardening": "",
    "from: ": "",
    "🎉 ": "",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_means_nothing_is_left_out_and_told(text: str) -> None:
    """With what may be meant instead, ready to be put in its place."""
    found = meant(f"wal {text}")
    assert found.wanted == Wanted('"wal"')
    (problem,) = found.problems
    assert problem.left_out
    assert problem.text.endswith(".")
    assert (problem.start, problem.instead) == (4, WRONG[text])
    assert meant(f"wal {problem.instead}").problems == ()


def test_all_that_is_offered_means_something() -> None:
    """Each trait, by its name."""
    for operator, known in ((Operator.HAS, HAS), (Operator.IS, IS)):
        for each in known:
            found = meant(f"{operator}:{each}")
            assert found.problems == ()
            assert found.wanted.match


def test_a_thread_is_asked_for_by_words_of_its_title() -> None:
    """The last of them only begun while it is typed."""
    world = SmallWorld()
    meant('thread:"async life', typing=True, world=world)
    meant('thread:"async life"', world=world)
    assert world.asked == ['"async" AND "life"*', '"async" AND "life"']


def test_where_no_program_is_nothing_is_said_by_one() -> None:
    """It is no mistake to ask."""
    found = meant("is:bot", world=SmallWorld(programs=()))
    assert found.problems == ()
    assert found.wanted.match == by(bytes(20))
