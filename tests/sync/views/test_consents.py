"""What somebody agrees to."""

from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.consents import PURPOSES, Consent
from hobnob_sync.views import consents, overlay
from hobnob_sync.views.overlay import Pending
from tests.sync.views.scene import ALICE, BOB, Tale


def test_who_says_nothing_agrees_to_nothing_and_each_word_is_of_one_purpose() -> None:
    """The last word of each holds; others speak for themselves."""
    tale = Tale()
    assert consents.view(tale.cells(consents.asks(ALICE), PEOPLE), ALICE) == dict.fromkeys(PURPOSES)
    for purpose, on in (("matching", True), ("recognition", True), ("matching", False)):
        tale.tell(ALICE, Consent(purpose, on), PEOPLE)
    tale.tell(BOB, Consent("outreach"), PEOPLE)
    found = consents.view(tale.cells(consents.asks(ALICE), PEOPLE), ALICE)
    nothing: dict[str, bool | None] = dict.fromkeys(PURPOSES)
    assert found == nothing | {"matching": False, "recognition": True}


def test_to_withdraw_holds_at_once() -> None:
    """Before the hub has heard of it."""
    tale = Tale()
    tale.tell(ALICE, Consent("matching"), PEOPLE)
    read = tale.wait(1, ALICE, Consent("matching", on=False), PEOPLE)
    base = tale.cells(overlay.asks((read,), consents.asks(ALICE)), PEOPLE)
    assert consents.view(Pending(base, (read,)), ALICE)["matching"] is False


def test_everybody_who_agrees_to_one_purpose_is_found() -> None:
    """Who has withdrawn, agrees to another, or says nothing is not."""
    tale = Tale()
    tale.tell(ALICE, Consent("matching"), PEOPLE)
    tale.tell(BOB, Consent("recognition"), PEOPLE)
    cells = tale.cells(consents.asks_all(), PEOPLE)
    assert consents.agreeing(cells, "matching") == (ALICE,)
    tale.tell(ALICE, Consent("matching", on=False), PEOPLE)
    tale.tell(BOB, Consent("matching"), PEOPLE)
    cells = tale.cells(consents.asks_all(), PEOPLE)
    assert consents.agreeing(cells, "matching") == (BOB,)
