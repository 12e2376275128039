"""A need, a few questions, three people."""

import pytest

from hobnob_client.match.choosing import Candidate, Load
from hobnob_client.match.library import Hit, Link
from hobnob_client.match.wizard import Aspect, Option, Somebody, Wizard

NOW = 1_700_000_000_000
LINES = (Hit("x", "e1", NOW, 5.0, Link.WROTE), Hit("x", "e2", NOW, 4.0, Link.ANSWERED))


def _somebody(name: str, p: float, load: Load | None = None, **has: str) -> Somebody[str, str]:
    known = {Aspect(key): frozenset(value.split()) for key, value in has.items()}
    return Somebody(Candidate(name, p, 1.0, LINES, load or Load()), known)


PEOPLE = (
    _somebody("ana", 0.50, area="ops rust", level="expert", time="evening"),
    _somebody("bob", 0.40, area="ops", level="advanced", time="morning"),
    _somebody("carol", 0.30, area="rust", level="expert", time="evening"),
    _somebody("dan", 0.20, area="rust", level="beginner", time="evening"),
    _somebody("eve", 0.10, area="shell", level="beginner", time="morning"),
    _somebody("full", 0.90, Load(asks_free=0), area="ops", time="night"),
)
BEGUN = Wizard(PEOPLE, NOW)


def _names(wizard: Wizard[str, str]) -> list[str]:
    return [each.person for each in wizard.three()]


def test_options_come_from_those_who_are_left_each_with_its_count() -> None:
    """The likeliest first; whoever takes no more is not counted."""
    question = BEGUN.question()
    assert question is not None
    assert question.aspect is Aspect.AREA
    assert question.options == (Option("rust", 3), Option("ops", 2), Option("shell", 1))
    assert question.left == 5


def test_each_count_is_what_is_left_after_choosing_it() -> None:
    """As is what "no matter" leaves: a number that is shown is true."""
    question = BEGUN.question()
    assert question is not None
    for option in question.options:
        assert BEGUN.answer(option.value).left() == option.people
    assert BEGUN.answer(None).left() == question.left


def test_questions_come_in_one_order_and_none_twice() -> None:
    """Where nobody has a subject or a style, these are not asked."""
    asked, wizard = list[Aspect](), BEGUN
    while (question := wizard.question()) is not None:
        asked.append(question.aspect)
        wizard = wizard.answer(None)
    assert asked == [Aspect.AREA, Aspect.LEVEL, Aspect.TIME]


def test_an_answer_changes_the_three() -> None:
    """Whoever fits comes first; whoever does not is last, and not gone."""
    assert _names(BEGUN) == ["ana", "bob", "carol"]
    assert _names(BEGUN.answer("rust")) == ["ana", "carol", "dan"]
    assert _names(BEGUN.answer("shell"))[0] == "eve"


def test_different_needs_give_different_people() -> None:
    """Of two areas that have nobody in common."""
    one, other = BEGUN.answer("shell"), BEGUN.answer("rust")
    assert _names(one)[0] not in _names(other)


def test_a_question_that_cannot_change_the_result_is_skipped() -> None:
    """With three people or fewer none can, unless by their order."""
    alike = [_somebody(name, 0.3, area="ops", level="expert") for name in ("a", "b", "c", "d")]
    assert Wizard(tuple(alike), NOW).question() is None
    assert Wizard(PEOPLE[:1], NOW).question() is None
    nobody: Wizard[str, str] = Wizard((), NOW)
    assert nobody.question() is None


def test_no_more_than_five_options_and_five_questions() -> None:
    """However many people there are."""
    many = tuple(
        _somebody(
            f"p{n}", 0.5 - n / 100, area=f"a{n % 9}", subject=f"s{n % 7}", level=f"l{n % 3}",
            time=f"t{n % 4}", style=f"y{n % 2}",
        )
        for n in range(40)
    )  # fmt: skip
    wizard, questions = Wizard(many, NOW), 0
    while (question := wizard.question()) is not None:
        assert len(question.options) <= 5
        wizard, questions = wizard.answer(None), questions + 1
    assert questions == 5


def test_one_can_go_back_and_stop() -> None:
    """Back to the very same value."""
    told = BEGUN.answer("rust")
    assert told.back() == BEGUN
    assert told.stop().question() is None
    assert told.stop().back() == told
    assert BEGUN.back() == BEGUN


def test_not_now_brings_the_next_one() -> None:
    """And the one put off does not come back."""
    assert _names(BEGUN.not_now("bob")) == ["ana", "carol", "dan"]


def test_more_like_this_one_brings_those_who_have_the_same() -> None:
    """Without the one who is there already."""
    assert _names(BEGUN.more_like("carol"))[0] == "ana"
    assert _names(BEGUN.more_like("eve"))[0] in ("dan", "bob")


def test_what_cannot_be_chosen_is_refused() -> None:
    """Neither another word nor an answer where nothing is asked."""
    with pytest.raises(ValueError, match="cannot be chosen"):
        BEGUN.answer("haskell")
    with pytest.raises(ValueError, match="nothing is asked"):
        BEGUN.stop().answer(None)
