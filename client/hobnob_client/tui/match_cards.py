"""The match wizard as cards: what can be chosen, and who was found; pure."""

from collections.abc import Sequence

from hobnob_client import match_words, term_safe
from hobnob_client.catalogue import t
from hobnob_client.match.choosing import Proposal
from hobnob_client.match.told import Place
from hobnob_client.match.wizard import Question, Said
from hobnob_client.match_lines import EvidenceLine
from hobnob_client.tui.timeline.wrap import wrap
from hobnob_client.tui.widgets.card_list import Card
from hobnob_protocol.ids import AccountId
from hobnob_protocol.value import value

NO_MATTER = b"0"
"""The card that rules nobody out."""
INSET_CELLS = 8
"""What stands before and behind a line of evidence: the frame's, its number, its hanging."""


@value
class Helper:
    """One of the three in words, safe to draw."""

    proposal: Proposal[AccountId, Place]
    name: str
    about: str
    lines: tuple[EvidenceLine, ...]
    when: tuple[str, ...]
    """Of each line, the moment."""


def of_question(question: Question) -> list[Card]:
    """What can be chosen by its number, each with how many have it."""
    found = [
        Card(
            f"{nth}".encode(),
            f"{nth}  {term_safe.line(match_words.option(question.aspect, option.value))}",
            side=str(option.people),
        )
        for nth, option in enumerate(question.options, 1)
    ]
    return [*found, Card(NO_MATTER, f"0  {t('no matter')}", side=str(question.left))]


def of_helpers(helpers: Sequence[Helper], width: int) -> list[Card]:
    """The people, each with what speaks for them, by the width there is."""
    return [
        Card(
            helper.proposal.person,
            helper.name,
            tuple(
                line
                for nth, (each, when) in enumerate(zip(helper.lines, helper.when, strict=True), 1)
                for line in _hung(f"{nth} ", f"{each.text} ({when}, {each.channel})", width)
            ),
            tail=helper.about,
        )
        for helper in helpers
    ]


def of_terms(proposal: Proposal[AccountId, Place]) -> list[Card]:
    """All that a rank came from, what it comes to first."""
    return [
        Card(f"{nth}".encode(), f"{by:>7}  {what}" + (f" ({number})" if number else ""))
        for nth, (by, what, number) in enumerate(match_words.terms(proposal))
    ]


def so_far(said: Sequence[Said]) -> str:
    """What was answered, "" for nothing."""
    return " · ".join(f"{t(match_words.ASPECTS[each.aspect])}: {_answer(each)}" for each in said)


def _answer(said: Said) -> str:
    if said.value is None:
        return t("no matter")
    return term_safe.line(match_words.option(said.aspect, said.value))


def _hung(mark: str, text: str, width: int) -> list[str]:
    """Wrapped behind a mark, all of it below itself."""
    lines = [text[start:end] for start, end in wrap(text, max(10, width - INSET_CELLS))]
    blank = " " * len(mark)
    return [f"{blank if nth else mark}{line}" for nth, line in enumerate(lines)]
