"""A session begins when it must, and says no more than it may."""

import pytest

from hobnob_protocol.errors import SealAwaits, UsageError
from hobnob_protocol.limits import SESSION_MESSAGES_MAX, SESSION_SECONDS
from hobnob_protocol.sealing.body import Start, decode_body
from hobnob_protocol.sealing.group import NO_GROUP, founding
from hobnob_protocol.sealing.roster import Claim
from hobnob_protocol.sealing.sending import Renewal
from tests.protocol.sealing.people import (
    NOW,
    Device,
    Place,
    account_of,
    direct,
    drawn,
    group,
    meet,
    two,
    with_device,
    without_device,
)


def renewal(place: Place, device: Device, now: int = NOW) -> Renewal | None:
    """Why a session must begin."""
    return device.sending.renewal(place.roster, device.addressed(place, now), now)


def test_a_program_that_starts_begins_a_session() -> None:
    """So does one that is told to forget it."""
    place, ada, _ = two()
    assert renewal(place, ada) == Renewal.FIRST
    ada.begin(place)
    assert renewal(place, ada) is None
    ada.sending.forget()
    assert renewal(place, ada) == Renewal.FIRST
    ada.begin(place)
    ada.restart()
    assert renewal(place, ada) == Renewal.FIRST


def test_a_device_that_comes_or_goes_ends_a_session() -> None:
    """Of either side."""
    place, ada, bob = two()
    ada.begin(place)
    phone = Device("phone")
    place.chains[bob.me.account] = with_device(place.chains[bob.me.account], bob, phone)
    assert renewal(place, ada) == Renewal.ROSTER
    ada.begin(place)
    meet(place, phone, ada)
    assert renewal(place, ada) == Renewal.DEVICES
    ada.begin(place)
    assert renewal(place, ada) is None
    place.chains[bob.me.account] = without_device(place.chains[bob.me.account], bob, phone)
    assert renewal(place, ada) == Renewal.ROSTER


def test_a_session_carries_a_hundred_messages() -> None:
    """The next one needs another."""
    place, ada, _ = two()
    ada.begin(place)
    for number in range(SESSION_MESSAGES_MAX):
        assert renewal(place, ada) is None
        ada.say(place, f"{number}")
    assert renewal(place, ada) == Renewal.MESSAGES
    with pytest.raises(UsageError, match="messages"):
        ada.say(place, "one too many")


def test_a_session_lasts_a_day() -> None:
    """By a clock that does not run backwards."""
    place, ada, _ = two()
    ada.begin(place)
    assert renewal(place, ada, NOW + SESSION_SECONDS - 1) is None
    assert renewal(place, ada, NOW + SESSION_SECONDS) == Renewal.AGE
    assert renewal(place, ada, NOW - 1) == Renewal.AGE


def test_nothing_is_sealed_without_a_session() -> None:
    """Nobody can forget to begin one."""
    place, ada, _ = two()
    with pytest.raises(UsageError, match="first"):
        ada.say(place, "hello")


def test_entropy_has_its_length() -> None:
    """Too little of it is a fault of the program."""
    place, ada, _ = two()
    records = ada.addressed(place)
    for sid, key in ((drawn(15), drawn(32)), (drawn(16), drawn(31))):
        with pytest.raises(UsageError):
            ada.sending.begin(place.view, place.roster, records, NOW, sid, key)
    ada.begin(place)
    with pytest.raises(UsageError):
        ada.sending.seal(place.view, place.roster, records, NOW, drawn(15), b"text")


def test_only_a_member_begins_and_not_for_nobody() -> None:
    """A device that is in no chain, or has no record of anybody, cannot."""
    place, ada, _ = two()
    eve = Device("eve")
    account_of(eve)
    eve.records = ada.records
    with pytest.raises(UsageError, match="roster"):
        eve.begin(place)
    with pytest.raises(UsageError, match="nobody"):
        ada.sending.begin(place.view, place.roster, (), NOW, drawn(16), drawn(32))


def test_a_large_roster_is_told_in_parts() -> None:
    """Twelve devices each, one slice for every device, its own too."""
    ada, bob = Device("ada"), Device("bob")
    place = direct(
        [ada, *(Device(f"ada {n}") for n in range(7))],
        [bob, *(Device(f"bob {n}") for n in range(7))],
    )
    for name in [f"{who} {n}" for who in ("ada", "bob") for n in range(7)]:
        other = Device(name)
        other.belongs_to(ada.me.account if name.startswith("ada") else bob.me.account)
        ada.records.take(*other.record(place.chains[other.me.account]), place.chains)
    bodies = ada.sending.begin(
        place.view, place.roster, ada.addressed(place), NOW, drawn(16), drawn(32)
    )
    starts = [decode_body(body) for body in bodies]
    found = [each for each in starts if isinstance(each, Start)]
    assert [(each.part, each.parts, len(each.slices)) for each in found] == [(0, 2, 12), (1, 2, 4)]
    told = [one.device for each in found for one in each.slices]
    assert told == list(place.roster.devices)


def test_a_group_of_one_talks_to_its_own_devices() -> None:
    """Which is no conversation of two."""
    ada = Device("ada")
    account_of(ada)
    place = group(founding(ada.me.account), ada, ada)
    assert ada.hear(place, [*ada.begin(place), ada.say(place, "note")], ada) == ["note"]


def test_nothing_is_sealed_while_a_chain_is_in_doubt() -> None:
    """Neither the start of a session nor its next message."""
    place, ada, bob = two()
    ada.begin(place)
    newer = Claim(NO_GROUP, ((bob.me.account, 2, b"x" * 32),))
    ada.doubts.note(bob.me, newer, place.chains)
    with pytest.raises(SealAwaits):
        ada.say(place, "hello")
    with pytest.raises(SealAwaits):
        ada.begin(place)
    ada.doubts.dismiss(bob.me.account)
    assert bob.hear(place, [*ada.begin(place), ada.say(place, "hello")], ada) == ["hello"]
