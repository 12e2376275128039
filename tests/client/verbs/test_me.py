"""`hobnob me`: what one agrees to."""

from hobnob_client.verbs.me import MEANINGS, NOTHING_YET
from hobnob_protocol.kinds.consents import PURPOSES
from tests.client.verbs.shell import HubThread, Shell


def test_nothing_is_agreed_to_until_one_says_so_and_to_withdraw_holds_at_once(
    hub: HubThread, alice: Shell
) -> None:
    """Each purpose apart."""
    assert [each["on"] for each in alice.done("me", "--json").records] == [False] * len(PURPOSES)
    alice.done("me", "allow", "matching")
    assert "You agree to recognition" in alice.done("me", "allow", "recognition").talk
    said = {each["purpose"]: each["on"] for each in alice.done("me", "--json").records}
    assert [purpose for purpose, on in said.items() if on] == ["matching", "recognition"]
    alice.done("me", "withdraw", "matching")
    matching, *_ = alice.done("me").lines
    assert "no, withdrawn" in matching


def test_what_nothing_uses_yet_is_told_purpose_by_purpose(hub: HubThread, alice: Shell) -> None:
    """So nobody waits for what cannot come; the feed asks for none of them."""
    told = alice.done("me")
    for line, purpose in zip(told.lines, PURPOSES, strict=True):
        assert line.startswith(purpose)
        assert line.endswith("(nothing uses it yet)") is (purpose in NOTHING_YET)
    assert "on this device alone" in told.talk
    records = alice.done("me", "--json").records
    assert {each["purpose"] for each in records if not each["used"]} == NOTHING_YET


def test_what_is_no_purpose_is_told(alice: Shell) -> None:
    """With those that are."""
    said = alice.hobnob("me", "allow", "feed")
    assert said.code == 2
    assert "recognition" in said.talk
    assert tuple(MEANINGS) == PURPOSES
