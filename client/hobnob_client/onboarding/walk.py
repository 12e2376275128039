"""The way through the questions, one after the other, and what was marked on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hobnob_client.catalogue import Language
from hobnob_client.onboarding.plan import Answers, World, topics
from hobnob_client.onboarding.questions import TOPICS_MAX, Question
from hobnob_protocol.value import value


@value
class Choice:
    """One line to choose: its name, and how it is called; safe to draw."""

    name: str
    text: str
    more: str = ""


def choices(question: Question, world: World, language: Language) -> tuple[Choice, ...]:
    """What can be chosen of a question."""
    if question.topics:
        return tuple(Choice(each.name, f"#{each.name}", each.purpose) for each in topics(world))
    return tuple(Choice(each.name, each.texts[language]) for each in question.options)


@dataclass(slots=True)
class Walk:
    """Where one is: `nth` counts from 0, and is behind the last once all were seen."""

    questions: Sequence[Question]
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    nth: int = 0

    @classmethod
    def resumed(cls, questions: Sequence[Question], answers: Answers) -> "Walk":
        """At the first that was not answered, nor skipped; at the first where all were."""
        names = [each.name for each in questions]
        left = [nth for nth, name in enumerate(names) if name not in answers]
        return cls(questions, dict(answers), left[0] if left else 0)

    @property
    def question(self) -> Question | None:
        """The one that is asked; None behind the last."""
        return self.questions[self.nth] if self.nth < len(self.questions) else None

    @property
    def marked(self) -> tuple[str, ...]:
        """What is chosen of it."""
        return () if self.question is None else self.answers.get(self.question.name, ())

    def mark(self, name: str) -> None:
        """Choose it, or no longer; where one alone can be chosen, instead of the other."""
        question = self.question
        if question is None:
            return
        if name in self.marked:
            kept = tuple(each for each in self.marked if each != name)
        elif not question.several:
            kept = (name,)
        else:
            kept = (*self.marked, name)[:TOPICS_MAX]
        self.answers[question.name] = kept

    def skip(self) -> None:
        """Say nothing to this one, and go on."""
        if self.question is not None:
            self.answers[self.question.name] = ()
        self.on()

    def on(self) -> None:
        """Go on; what was not marked is skipped."""
        if self.question is not None:
            self.answers.setdefault(self.question.name, ())
        self.nth = min(len(self.questions), self.nth + 1)

    def back(self) -> None:
        """To the one before."""
        self.nth = max(0, self.nth - 1)
