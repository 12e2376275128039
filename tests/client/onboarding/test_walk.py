"""The way through the questions, and what a device remembers of it."""

import pytest

from hobnob_client.catalogue import Language
from hobnob_client.onboarding import kept
from hobnob_client.onboarding.first import First
from hobnob_client.onboarding.kept import Kept
from hobnob_client.onboarding.plan import asked
from hobnob_client.onboarding.questions import TOPICS_MAX, shipped
from hobnob_client.onboarding.walk import Walk, choices
from tests.client.onboarding.test_plan import ALL


def test_one_goes_on_where_one_has_left() -> None:
    """A question that was skipped is not asked again; all of them were seen: anew."""
    questions = asked(shipped(), ALL)
    walk = Walk(questions)
    walk.mark("learn")
    walk.on()
    walk.skip()
    again = Walk.resumed(questions, walk.answers)
    assert (again.nth, again.answers) == (2, {"goal": ("learn",), "topics": ()})
    again.skip()
    again.skip()
    assert again.question is None
    assert Walk.resumed(questions, again.answers).nth == 0


def test_one_alone_is_chosen_or_up_to_five() -> None:
    """What is chosen again is chosen no longer."""
    walk = Walk(asked(shipped(), ALL))
    walk.mark("learn")
    walk.mark("ask")
    assert list(walk.marked) == ["ask"]
    walk.mark("ask")
    assert not walk.marked
    walk.on()
    for nth in range(9):
        walk.mark(f"{nth}")
    assert len(walk.marked) == TOPICS_MAX
    walk.back()
    walk.back()
    assert walk.nth == 0


def test_choices_speak_the_language_and_topics_are_channels() -> None:
    """With what each is for."""
    goal, about, *_ = asked(shipped(), ALL)
    assert choices(goal, ALL, Language.GERMAN)[0].text == "Ich möchte etwas lernen"
    first = choices(about, ALL, Language.ENGLISH)[0]
    assert (first.name, first.text, first.more) == ("help", "#help", "ask anything")


def test_answers_come_back_as_they_were_kept() -> None:
    """With how Home begins."""
    known = Kept({"goal": ("learn",), "topics": ()}, True, First.THREAD, ("rust",))
    assert kept.from_bytes(kept.to_bytes(known)) == known
    assert kept.from_bytes(kept.to_bytes(Kept())) == Kept()


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xc1" * 9, b"\x94\x91\x91\x01\xc3\xa0\x90"])
def test_what_is_damaged_is_as_if_nothing_was_answered(data: bytes) -> None:
    """A newcomer is asked once more."""
    assert kept.from_bytes(data) == Kept()
