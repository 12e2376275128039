"""What an imported message was elsewhere: said, done or happened; a poll with who chose what."""

import json

import pytest

from hobnob_protocol.ids import imported_account
from hobnob_protocol.limits import OPTION_TEXT_MAX, OPTIONS_MAX
from hobnob_protocol.nouns import ImportedValue
from hobnob_sync.views import elsewhere
from hobnob_sync.views.elsewhere import Manner
from tests.sync.views.scene import ALICE


def value(*extra: tuple[str, str], **fields: object) -> ImportedValue:
    """An imported message with such fields, or with pairs as they travel."""
    pairs = (*extra, *((name, json.dumps(given)) for name, given in fields.items()))
    return ImportedValue("guild", "7", ALICE, 1_000, (), None, None, pairs)


@pytest.mark.parametrize(
    ("kind", "manner"),
    [
        ("me", Manner.DID),
        ("join", Manner.HAPPENED),
        ("leave", Manner.HAPPENED),
        ("nick", Manner.HAPPENED),
        ("system", Manner.HAPPENED),
        ("question", Manner.SAID),
        ("", Manner.SAID),
        (["me"], Manner.SAID),
        (None, Manner.SAID),
    ],
)
def test_a_kind_says_how_it_was_said(kind: object, manner: Manner) -> None:
    """What is not known is a message like any other."""
    assert elsewhere.manner(value(kind=kind)) is manner
    assert elsewhere.manner(value()) is Manner.SAID


@pytest.mark.parametrize("broken", ["", "me", "[" * 100_000, "NaN]"])
def test_a_field_that_is_no_json_says_nothing(broken: str) -> None:
    """Another importer's pairs need not be ours."""
    assert elsewhere.kind(value(("kind", broken))) == ""
    assert not elsewhere.holds(value(("closed", broken)), "closed")


def test_a_long_value_goes_on_in_the_next_pair_of_its_name() -> None:
    """In the order they stand, with others between."""
    assert elsewhere.kind(value(("kind", '"m'), ("x", "1"), ("kind", 'e"'))) == "me"


def test_a_poll_has_its_options_and_who_chose_them() -> None:
    """By the accounts that stand for them, each once."""
    options = [
        {"text": "tea", "by": ["1", "2", "2", 7]},
        {"text": "coffee"},
        {"text": "w", "by": 1},
    ]
    one, two = imported_account("guild", "1"), imported_account("guild", "2")
    assert elsewhere.options(value(kind="poll", options=options)) == (
        ("tea", (one, two)),
        ("coffee", ()),
        ("w", ()),
    )


@pytest.mark.parametrize(
    "options",
    [None, "tea", [], [{"text": "alone"}], [{"text": "tea"}, {"text": 7}], ["tea", "coffee"]],
)
def test_what_cannot_be_chosen_from_is_no_poll(options: object) -> None:
    """Fewer than two options, or none that is a text; nor is a message that does not say so."""
    assert elsewhere.options(value(kind="poll", options=options)) == ()
    good = [{"text": "tea"}, {"text": "coffee"}]
    assert elsewhere.options(value(kind="question", options=good)) == ()


def test_a_poll_is_bounded_as_one_of_ours() -> None:
    """In options and their texts."""
    many = [{"text": "x" * (OPTION_TEXT_MAX + 1)} for _ in range(OPTIONS_MAX + 1)]
    found = elsewhere.options(value(kind="poll", options=many))
    assert len(found) == OPTIONS_MAX
    assert {len(text) for text, _ in found} == {OPTION_TEXT_MAX}
