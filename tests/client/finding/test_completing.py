"""What may be typed next in a query."""

from datetime import UTC, date

import pytest

from hobnob_client.finding.completing import OFFERS_MAX, offers
from hobnob_client.finding.meaning import understand
from hobnob_client.finding.query import parse
from hobnob_protocol.ids import AccountId
from tests.client.finding.world import SmallWorld

OFFERED = {
    "fr": ["from:"],
    "i": ["in:", "is:"],
    "wal -b": ["before:"],
    "from:": ["me", "ana", "ana ruiz", "andy", "bo", "ci"],
    "from:an": ["ana", "ana ruiz", "andy"],
    "from:@an": ["ana", "ana ruiz", "andy"],
    "from:bo": [],
    "mentions:m": ["me"],
    "in:": ["#help", "#rust", "@bo"],
    "in:#r": ["#rust"],
    "in:ru": ["#rust"],
    "in:bo": ["@bo"],
    "has:": ["link", "code", "image", "question", "poll"],
    "is:re": ["reply", "resolved"],
    "on:": ["2026-03", "today", "yesterday", "7d", "4w", "6m", "1y"],
    "after:y": ["yesterday"],
    "": [],
    "wal": [],
    "wal ": [],
    '"fr': [],
    "thread:x": [],
}


def typed(text: str) -> list[str]:
    """What is offered at the end of a text."""
    return [offer.label for offer in offers(parse(text), len(text), SmallWorld())]


@pytest.mark.parametrize("text", OFFERED)
def test_operators_and_their_values_are_offered(text: str) -> None:
    """As far as they begin with what is typed; nothing where that is whole."""
    assert [label.removesuffix(":") for label in typed(text)] == [
        label.removesuffix(":") for label in OFFERED[text]
    ]


@pytest.mark.parametrize("text", ["wal -from:an nfs", "in:r", "has:", "-is:", "-fr", "on:"])
def test_what_is_offered_means_something_in_its_place(text: str) -> None:
    """With its minus, and in quotes where it has a space."""
    at = len(text.removesuffix(" nfs"))
    for offer in offers(parse(text), at, SmallWorld()):
        put = text[: offer.start] + offer.text + text[offer.end :]
        assert understand(parse(put), SmallWorld(), typing=True).problems == ()
        assert put.endswith(text[at:])
        assert ("-" in text) == ("-" in put.replace("2026-03", ""))


def test_no_more_are_offered_than_one_looks_at() -> None:
    """However many there are."""

    class Crowd(SmallWorld):
        def people(self) -> dict[str, tuple[AccountId, ...]]:
            return {f"p{nth:03}": (AccountId(bytes(20)),) for nth in range(500)}

    found = offers(parse("from:p"), 6, Crowd(today=date(2026, 1, 1), zone=UTC))
    assert len(found) == OFFERS_MAX
