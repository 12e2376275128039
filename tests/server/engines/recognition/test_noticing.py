"""What deeds mean for somebody's recognition."""

import pytest

from hobnob_server.engines.recognition.guides import USES_MAX
from hobnob_server.engines.recognition.marks import Measure
from tests.server.engines.recognition.story import ADA, BO, CY, DI, EVE, LONG, Story


@pytest.fixture
def story() -> Story:
    """People who have been here for a month."""
    told = Story()
    told.settled(ADA, BO, CY, DI, EVE)
    return told


def test_only_the_first_message_counts_as_such(story: Story) -> None:
    """A hundred are worth no more."""
    for _ in range(100):
        story.say(ADA, 1)
    assert story.who(Measure.SPOKE) == [(ADA, None)]


def test_the_first_answer_is_of_whoever_came_first(story: Story) -> None:
    """Not of who began the thread, and not of who came second."""
    story.say(ADA, 1)
    story.say(ADA, 1)
    story.say(BO, 1)
    story.say(CY, 1)
    assert story.who(Measure.ANSWERED) == [(BO, ADA)]
    assert story.who(Measure.OPENED) == [(ADA, BO)]


def test_who_answers_after_four_hours_has_rescued(story: Story) -> None:
    """Before that it was no neglect."""
    story.say(ADA, 1)
    story.say(ADA, 2)
    story.wait(hours=3.9)
    story.say(BO, 1)
    story.wait(hours=0.2)
    story.say(CY, 2)
    assert story.who(Measure.RESCUED) == [(CY, ADA)]


def test_a_newcomer_is_welcomed_once(story: Story) -> None:
    """In their first thread; who has been here for long is no newcomer."""
    new = 9
    story.join(new)
    story.say(new, 1)
    story.say(new, 2)
    story.say(ADA, 3)
    for thread in (1, 2, 3):
        story.say(BO, thread)
    assert story.who(Measure.WELCOMED) == [(BO, new)]


@pytest.mark.parametrize(("days", "stayed"), [(6, False), (8, True), (36, True), (38, False)])
def test_a_newcomer_stays_who_is_there_a_week_later(story: Story, days: int, stayed: bool) -> None:
    """Which honours who had welcomed them."""
    new = 9
    story.say(new, 1)
    story.say(BO, 1)
    story.wait(days=days)
    story.say(new, 1)
    assert story.who(Measure.STAYED) == ([(BO, new)] if stayed else [])


def test_a_good_topic_is_one_of_many_people(story: Story) -> None:
    """Not of many messages, and whoever began it does not count."""
    story.say(ADA, 1)
    for author in (BO, CY, ADA, BO, CY):
        story.say(author, 1)
    assert story.who(Measure.GATHERED) == []
    story.say(DI, 1)
    assert [(mark.person, mark.size) for mark in story.marks(Measure.GATHERED)] == [(ADA, 3)]


def test_a_thread_that_slept_counts_nothing_more(story: Story) -> None:
    """So nobody digs up old ones for it."""
    story.say(ADA, 1)
    story.wait(days=91)
    story.say(BO, 1)
    assert story.who(Measure.ANSWERED) == []


def test_whoever_brings_somebody_in_has_introduced_them(story: Story) -> None:
    """Into the thread of a third, within a week; not oneself, and not whoever asked."""
    story.say(ADA, 1)
    story.say(BO, 1, named=(CY, ADA, BO))
    story.say(CY, 1)
    story.say(ADA, 1)
    assert story.who(Measure.INTRODUCED) == [(BO, CY)]
    story.say(ADA, 2)
    story.say(BO, 2, named=(DI,))
    story.wait(days=8)
    story.say(DI, 2)
    assert story.who(Measure.INTRODUCED) == [(BO, CY)]


def test_a_long_text_that_two_use_is_a_guide(story: Story) -> None:
    """By answering it or giving thanks for it; one of them twice is one."""
    text = story.say(ADA, 1, length=LONG)
    story.say(BO, 1, answered=text)
    story.say(BO, 1, answered=text)
    story.thank(ADA, BO, message=text)
    assert story.who(Measure.GUIDED) == []
    story.thank(CY, ADA, message=text)
    story.thank(DI, ADA, message=text)
    assert story.who(Measure.GUIDED) == [(ADA, CY)]


def test_nobody_thanks_or_accepts_themselves(story: Story) -> None:
    """It means nothing."""
    story.thank(ADA, ADA)
    story.accept(BO, BO, 1)
    assert story.who(Measure.THANKED) == story.who(Measure.ACCEPTED) == []
    assert story.who(Measure.HELPED) == []


def test_an_answer_is_accepted_once_a_thread(story: Story) -> None:
    """By taking it back and accepting it again, or another of the same person, nothing is won."""
    for _ in range(5):
        story.accept(BO, ADA, 1)
    story.accept(BO, CY, 1)
    story.accept(BO, ADA, 2)
    assert story.who(Measure.ACCEPTED) == [(ADA, BO), (CY, BO), (ADA, BO)]
    assert story.who(Measure.SETTLED) == [(BO, ADA), (BO, ADA)]


def test_what_is_accepted_again_after_it_was_taken_back_counts(story: Story) -> None:
    """The mark of the first acceptance went with it."""
    story.withdraw(story.accept(BO, ADA, 1))
    again = story.accept(BO, ADA, 1)
    for measure in (Measure.ACCEPTED, Measure.SETTLED):
        assert [mark.ref for mark in story.marks(measure)][-1:] == [again]


def test_a_day_of_help_is_one_however_much_it_held(story: Story) -> None:
    """Days in no row: nothing is lost by staying away."""
    story.thank(BO, ADA)
    story.accept(CY, ADA, 1)
    story.wait(days=40)
    story.thank(DI, ADA)
    assert story.who(Measure.HELPED) == [(ADA, None)] * 2


def test_a_day_of_help_stands_as_long_as_any_help_of_it_does(story: Story) -> None:
    """Thanks taken back, or for what is gone, leave it to what else was done that day."""
    said = story.say(ADA, 1)
    first = story.thank(BO, ADA, message=said)
    second = story.accept(CY, ADA, 2)
    assert [mark.ref for mark in story.marks(Measure.HELPED)] == [first]
    story.withdraw(first)
    assert [mark.ref for mark in story.marks(Measure.HELPED)] == [second]
    story.withdraw(second)
    assert story.who(Measure.HELPED) == []
    again = story.thank(BO, ADA, message=said)
    assert [mark.ref for mark in story.marks(Measure.HELPED)] == [again]
    story.withdraw(said)
    assert story.who(Measure.HELPED) == []


def test_who_thanks_again_after_taking_it_back_has_given(story: Story) -> None:
    """As if nothing had been in between."""
    story.withdraw(story.thank(BO, ADA))
    assert story.who(Measure.GAVE) == []
    again = story.thank(BO, ADA)
    story.thank(BO, ADA)
    assert [mark.ref for mark in story.marks(Measure.GAVE)] == [again]


def test_a_guide_is_one_by_any_two_who_use_it(story: Story) -> None:
    """Whoever takes a use back and uses it again, and what is hidden and shown, is where it was."""
    text = story.say(ADA, 1, length=LONG)
    first, second = story.say(BO, 1, answered=text), story.say(CY, 1, answered=text)
    third = story.thank(DI, ADA, message=text)
    assert [mark.ref for mark in story.marks(Measure.GUIDED)] == [second]
    story.hide(second)
    assert [mark.ref for mark in story.marks(Measure.GUIDED)] == [third]
    story.hide(first)
    assert story.who(Measure.GUIDED) == []
    again = story.say(BO, 1, answered=text)
    assert [mark.ref for mark in story.marks(Measure.GUIDED)] == [again]
    story.show(first)
    assert [mark.ref for mark in story.marks(Measure.GUIDED)] == [third]
    story.show(second)
    assert [mark.ref for mark in story.marks(Measure.GUIDED)] == [second]
    story.hide(text)
    assert story.who(Measure.GUIDED) == []
    story.show(text)
    assert [mark.ref for mark in story.marks(Measure.GUIDED)] == [second]


def test_a_text_remembers_so_many_uses(story: Story) -> None:
    """And those alone are looked at; one that is taken back makes room."""
    text = story.say(ADA, 1, length=LONG)
    uses = [story.say(BO, 1, answered=text) for _ in range(USES_MAX + 1)]
    story.say(CY, 1, answered=text)
    for use in uses[:USES_MAX]:
        story.withdraw(use)
    assert story.who(Measure.GUIDED) == []
    story.say(DI, 1, answered=text)
    assert story.who(Measure.GUIDED) == [(ADA, DI)]


def test_another_year_counts_by_its_first_message(story: Story) -> None:
    """A year without one does not."""
    story.say(ADA, 1)
    story.wait(days=400)
    story.say(ADA, 1)
    story.say(ADA, 1)
    story.wait(days=800)
    story.say(ADA, 1)
    assert [mark.size for mark in story.marks(Measure.RETURNED)] == [1, 3]


def test_the_word_of_a_fresh_account_counts_a_quarter(story: Story) -> None:
    """Until it has been here for a week."""
    new = 9
    story.join(new)
    story.thank(new, ADA)
    story.wait(days=7)
    story.thank(new, ADA)
    assert [mark.weight for mark in story.marks(Measure.THANKED)] == [0.25, 1.0]


def test_the_word_of_whom_one_invited_counts_a_quarter(story: Story) -> None:
    """And of whom they invited, upwards as downwards."""
    child, grandchild = 9, 10
    story.join(child, ADA)
    story.join(grandchild, child)
    story.wait(days=30)
    story.thank(grandchild, ADA)
    story.thank(ADA, child)
    story.thank(grandchild, BO)
    assert [mark.weight for mark in story.marks(Measure.THANKED)] == [0.25, 0.25, 1.0]
