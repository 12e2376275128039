"""What a screen knows of a newcomer beside the replica: their answers, and their buddy."""

from dataclasses import field
from typing import TYPE_CHECKING, Final

from hobnob_client.onboarding.buddy import Buddy
from hobnob_client.onboarding.kept import Kept
from hobnob_protocol.ids import AccountId
from hobnob_protocol.value import value

if TYPE_CHECKING:
    from hobnob_client.onboarding.questions import Question

FIELD: Final = "buddy"
"""The field of a profile that says whether a newcomer wants to be shown around."""
WANTED: Final = "wanted"
ASKED: Final = "asked"
"""What the field `buddy` of a profile says until somebody has said yes."""
WAITS: Final = ("asked",)
TAKEN: Final = ("accepted", "met", "helped", "not_helped")


@value
class Guide:
    """Who was asked, and how that stands, as in `request_questions.STATES`; nobody yet where
    `person` is None, `why` in words."""

    person: AccountId | None = None
    state: str = ""
    why: str = ""

    @property
    def is_there(self) -> bool:
        """Has somebody been asked who may still say yes, or has?"""
        return self.state in (*WAITS, *TAKEN)


@value
class Welcome:
    """What was kept of a newcomer's answers, and who was asked to show them around."""

    kept: Kept = field(default_factory=Kept)
    file: bytes = b""
    """The questions that the hub hands out."""
    asks: bool = True
    """Are there questions at all?"""
    guide: Guide = field(default_factory=Guide)
    buddies: tuple[Buddy, ...] = ()
    """Those who were ranked when the guide was asked."""

    @property
    def buddy(self) -> Buddy | None:
        """Who was asked, and may still say yes, or has."""
        person = self.guide.person
        if person is None or not self.guide.is_there:
            return None
        return next((each for each in self.buddies if each.account == person), Buddy(person))

    def left(self, asked: "tuple[Question, ...]") -> int:
        """How many of those that make sense are neither answered nor skipped; all were seen, and
        wait for a yes: one."""
        if self.kept.done or not asked:
            return 0
        return max(1, sum(each.name not in self.kept.answers for each in asked))
