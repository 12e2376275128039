"""`hobnob me`: what one agrees to."""

from hobnob_client.profiles.consent_words import MEANINGS, NAMES, NOTHING_YET
from hobnob_client.profiles.fields import FIELDS
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.consents import PURPOSES
from hobnob_protocol.kinds.people import ProfileField
from tests.client.verbs.shell import HubThread, Shell, compose


def consents(shell: Shell) -> dict[str, bool]:
    """What somebody agrees to."""
    records = shell.done("me", "--json").records
    return {each["purpose"]: each["on"] for each in records if "purpose" in each}


def profile(shell: Shell) -> dict[str, str | None]:
    """What somebody says of themselves."""
    records = shell.done("me", "--json").records
    return {each["field"]: each["value"] for each in records if "field" in each}


def test_nothing_is_agreed_to_until_one_says_so_and_to_withdraw_holds_at_once(
    hub: HubThread, alice: Shell
) -> None:
    """Each purpose apart."""
    assert consents(alice) == dict.fromkeys(PURPOSES, False)
    alice.done("me", "allow", "matching")
    assert "You agree to recognition" in alice.done("me", "allow", "recognition").talk
    assert [purpose for purpose, on in consents(alice).items() if on] == ["matching", "recognition"]
    alice.done("me", "withdraw", "matching")
    (matching,) = [line for line in alice.done("me").lines if line.startswith("matching")]
    assert "no, withdrawn" in matching


def test_what_nothing_uses_yet_is_told_purpose_by_purpose(hub: HubThread, alice: Shell) -> None:
    """So nobody waits for what cannot come; the feed asks for none of them."""
    told = alice.done("me")
    for line, purpose in zip(told.lines[len(FIELDS) :], PURPOSES, strict=True):
        assert line.startswith(purpose)
        assert line.endswith("(nothing uses it yet)") is (purpose in NOTHING_YET)
    assert "on this device alone" in told.talk
    records = alice.done("me", "--json").records
    unused = {each["purpose"] for each in records if "purpose" in each and not each["used"]}
    assert unused == NOTHING_YET


def test_what_is_no_purpose_is_told(alice: Shell) -> None:
    """With those that are."""
    said = alice.hobnob("me", "allow", "feed")
    assert said.code == 2
    assert "recognition" in said.talk
    assert tuple(MEANINGS) == tuple(NAMES) == PURPOSES


def test_fields_of_ones_profile_are_filled_in_one_by_one(hub: HubThread, alice: Shell) -> None:
    """As people type them; all of them are optional, and cleared again."""
    assert profile(alice) == {field.name: None for field in FIELDS}
    assert "hobnob me set zone" in alice.done("me").out
    told = alice.done("me", "set", "helps-with", "SQLite", "ham radio", "sqlite")
    assert "Every member can see it" in told.talk
    assert "hobnob me allow matching" in told.talk
    alice.done("me", "set", "languages", "Deutsch,", "en")
    alice.done("me", "set", "zone", "utc +1")
    alice.done("me", "set", "hours", "18-22")
    alice.done("me", "set", "goals", "ship", "a", "package")
    said = {name: value for name, value in profile(alice).items() if value is not None}
    assert said == {
        "helps_with": "SQLite, ham radio",
        "goals": "ship a package",
        "languages": "de, en",
        "zone": "UTC+1",
        "hours": "18-22",
    }
    assert "18-22" in alice.done("me").out
    assert "so already" in alice.done("me", "set", "zone", "UTC+1").talk
    assert "empty again" in alice.done("me", "clear", "zone").talk
    assert profile(alice)["zone"] is None


def test_a_profile_is_filled_in_without_the_hub(hub: HubThread, alice: Shell) -> None:
    """It shows at once, and says that it waits."""
    hub.stop()
    assert "queued" in alice.done("me", "set", "level", "expert").talk
    assert profile(alice)["level"] == "expert"
    assert "waits for the hub" in alice.done("me").talk


def test_what_another_program_has_set_can_be_taken_away(alice: Shell) -> None:
    """All members see it, though it is none of our fields."""
    compose(alice, lambda _: PEOPLE, ProfileField("pronouns", "they"))
    assert "pronouns" in alice.done("me").out
    assert "pronouns is empty again." in alice.done("me", "clear", "pronouns").talk
    assert "pronouns" not in alice.done("me").out
    assert alice.hobnob("me", "clear", "pronouns").code == 2


def test_what_fits_no_field_is_told(alice: Shell) -> None:
    """With the field that may be meant, or how it should be."""
    said = alice.hobnob("me", "set", "help_with", "rust")
    assert (said.code, "helps_with may be meant" in said.talk) == (2, True)
    said = alice.hobnob("me", "clear", "shoe size")
    assert (said.code, "There are helps_with, " in said.talk) == (2, True)
    said = alice.hobnob("me", "set", "zone", "Europe/Berlin")
    assert (said.code, "UTC+1" in said.talk) == (2, True)
    said = alice.hobnob("me", "set", "goals", " ")
    assert (said.code, "hobnob me clear goals" in said.talk) == (2, True)
