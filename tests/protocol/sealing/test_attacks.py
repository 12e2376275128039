"""What broke others does not break us: each failure of a peer is a test by its name.

CVE numbers stand without their prefix, as their advisories do.
"""

from dataclasses import replace

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.errors import (
    SealAwaits,
    SealClosed,
    SealError,
    Unopened,
    UsageError,
)
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import DeviceKey
from hobnob_protocol.sealing.body import (
    Slice,
    encode_message,
    encode_start,
    message_header,
)
from hobnob_protocol.sealing.group import ADD, REMOVE, extend_group
from hobnob_protocol.sealing.keeping import SealKeys
from hobnob_protocol.sealing.record import make_record
from hobnob_protocol.sealing.seal_key import kid_of
from hobnob_protocol.sealing.sending import Renewal
from tests.protocol import links
from tests.protocol.sealing.people import (
    HUB,
    NOW,
    Device,
    Place,
    account_of,
    direct,
    drawn,
    header_of,
    meet,
    message_of,
    start_of,
    three,
    two,
    with_device,
)


def test_2022_39250_a_device_is_not_confused_with_a_key() -> None:
    """A key's name is derived from it and a device's from its own: neither can be claimed, and a
    slice for one of them opens nothing for the other."""
    place, ada, bob = two()
    (began,) = ada.begin(place)
    start = start_of(began)
    mine = next(each for each in start.slices if each.device == bob.me.device)
    older = bob.keys.present
    bob.keys.step(NOW + 1)
    swapped = Slice(mine.device, bob.keys.present.kid, mine.wrapped)
    forged = encode_start(replace(start, slices=(swapped,)))
    assert bob.refuses(place, ada.event(place, forged), ada) == "sealed.slice"
    assert older.kid == kid_of(older.public) != bob.keys.present.kid
    as_device = Slice(mine.device, type(mine.kid)(bob.me.device), mine.wrapped)
    forged = encode_start(replace(start, slices=(as_device,)))
    assert isinstance(bob.fails(place, ada.event(place, forged), ada), SealClosed)


def test_2022_39251_one_kind_of_session_is_not_taken_for_another() -> None:
    """A start that is shown as a message, a message as a start, and a message under the other
    session's name are nothing, though their sender signs them."""
    place, ada, bob = two()
    (first,) = ada.begin(place)
    said = ada.say(place, "first")
    ada.sending.forget()
    (second,) = ada.begin(place)
    bob.hear(place, [first, second], ada)
    start, message = start_of(second), message_of(said)
    as_message = encode((header_of(second), message.sealed))
    as_start = encode((message.header, tuple(start.slices)))
    assert bob.refuses(place, ada.event(place, as_message), ada) == "sealed.form"
    assert bob.refuses(place, ada.event(place, as_start), ada) == "sealed.form"
    header = message_header(start.sid, message.roster, 0, message.salt, message.commitment)
    moved = encode_message(header, message.sealed)
    assert bob.refuses(place, ada.event(place, moved), ada) == "sealed.cipher"
    assert bob.hear(place, [said], ada) == ["first"]


def test_a_wrapped_key_replayed_as_a_message_is_nothing() -> None:
    """And the reverse: what one of them holds does not decrypt as the other."""
    place, ada, bob = two()
    (began,) = ada.begin(place)
    said = ada.say(place, "hello")
    bob.hear(place, [began], ada)
    start, message = start_of(began), message_of(said)
    mine = next(each for each in start.slices if each.device == bob.me.device)
    as_text = encode_message(message.header, mine.wrapped)
    assert bob.refuses(place, ada.event(place, as_text), ada) == "sealed.cipher"
    padded = (message.sealed * 20)[: len(mine.wrapped)]
    as_key = replace(start, sid=drawn(16), slices=(mine._replace(wrapped=padded),))
    assert bob.refuses(place, ada.event(place, encode_start(as_key)), ada) == "sealed.slice"


def test_2022_39249_keys_that_somebody_forwards_are_not_accepted() -> None:
    """A member who passes on the slice it saw opens no session of its author's, nor one of its
    own."""
    place, ada, bob, mallory = three()
    (began,) = ada.begin(place)
    said = ada.say(place, "hello")
    forwarded = mallory.event(place, decode_event(began).body)
    assert bob.refuses(place, forwarded, mallory) == "sealed.slice"
    assert isinstance(bob.fails(place, said, ada), SealAwaits)


def test_2021_40823_nobody_can_ask_for_a_key() -> None:
    """There are two forms, and neither asks: all others are refused."""
    place, ada, bob = two()
    for form in (0, *range(3, 256)):
        asked = encode((encode((1, form, drawn(16), drawn(32))), b"please"))
        assert bob.refuses(place, ada.event(place, asked), ada) == "sealed.form"


def test_2024_47080_a_new_device_is_shown_nothing_earlier() -> None:
    """Whoever is added can open no session from before, and the next message has a new one."""
    place, ada, bob = two()
    before = [*ada.begin(place), ada.say(place, "before")]
    phone = Device("phone")
    place.chains[bob.me.account] = with_device(place.chains[bob.me.account], bob, phone)
    meet(place, ada, bob, phone)
    assert phone.hear(place, before[:1], ada) == []
    assert isinstance(phone.fails(place, before[1], ada), SealClosed)
    with pytest.raises(UsageError, match=Renewal.ROSTER):
        ada.say(place, "after")
    after = [*ada.begin(place), ada.say(place, "after")]
    assert phone.hear(place, after, ada) == ["after"]


def test_2026_45056_the_sender_is_who_has_signed() -> None:
    """An event shown as another's does not verify; its body signed by another is not of that
    session."""
    place, ada, bob, mallory = three()
    began, said = ada.begin(place), ada.say(place, "hello")
    bob.hear(place, began, ada)
    assert bob.refuses(place, said, mallory) == "sealed.signature"
    stolen = mallory.event(place, decode_event(said).body)
    assert bob.refuses(place, stolen, ada) == "sealed.signature"
    assert isinstance(bob.fails(place, stolen, mallory), SealAwaits)


def test_2024_40648_a_device_looks_at_its_own_identity_too() -> None:
    """A peer who knows a device of mine that I do not stops me; so does a record of mine that I
    have not made."""
    place, ada, bob = two()
    injected = Device("injected")
    longer = with_device(place.chains[ada.me.account], ada, injected)
    elsewhere = Place(place.conversation, place.accounts, {**place.chains, ada.me.account: longer})
    ada.begin(place)
    (began,) = bob.begin(elsewhere)
    missing = ada.fails(place, began, bob)
    assert isinstance(missing, SealAwaits)
    assert (missing.code, missing.detail) == (Unopened.CHAIN, ada.me.account.hex())
    with pytest.raises(SealAwaits):
        ada.say(place, "is anybody else here?")
    thief = Device("ada with another seed")
    with pytest.raises(SealError, match=r"record\.own"):
        ada.keys.catch_up(thief.keys.present.kid, NOW + 5)


def test_membership_is_authenticated() -> None:
    """The hub can put nobody into a group: a change must be signed by an admin, and a session for
    others than the group's is refused."""
    place, _, bob, _ = three()
    stranger = Device("stranger")
    outside = account_of(stranger)
    place.chains[outside.account] = outside
    present = place.group
    assert present is not None
    invited = present.change(ADD, outside.account)
    for author in (bob.me, stranger.me):
        with pytest.raises(SealError, match=r"group\.author"):
            extend_group(present, invited, author, HUB, place.conversation)
    accounts = tuple(sorted((*present.members, outside.account)))
    state = (present.past[0][0], accounts)
    forged = replace(present, members=accounts, past=(state,))
    elsewhere = replace_group(place, forged)
    meet(elsewhere, bob, stranger)
    (began,) = bob.begin(elsewhere)
    assert bob.refuses(place, began, bob) == "sealed.members"


def replace_group(place: Place, changed: object) -> Place:
    """A place whose hub shows another group."""
    return replace(place, group=changed, chains=dict(place.chains))  # type: ignore[arg-type]  # a group


def test_js_sdk_41_3_the_key_changes_when_somebody_leaves() -> None:
    """Nothing can be sealed in the session that the one who left can read; the next is not for
    them."""
    place, ada, bob, mallory = three()
    before = [*ada.begin(place), ada.say(place, "all of us")]
    assert mallory.hear(place, before, ada) == bob.hear(place, before, ada)
    assert place.group is not None
    left = place.group.change(REMOVE, mallory.me.account)
    place.group = extend_group(place.group, left, mallory.me, HUB, place.conversation)
    with pytest.raises(UsageError, match=Renewal.ROSTER):
        ada.say(place, "she is gone")
    after = [*ada.begin(place), ada.say(place, "she is gone")]
    assert bob.hear(place, after, ada) == ["she is gone"]
    assert mallory.hear(place, after[:1], ada) == []
    assert isinstance(mallory.fails(place, after[1], ada), SealClosed)


@pytest.mark.parametrize("u", [0, 1, 2**255 - 19, 2**255 - 20, 2**255 - 18])
def test_soatok_2026_the_identity_element_is_no_key(u: int) -> None:
    """Nobody is sealed to a point of low order: everybody would know the secret."""
    place, ada, bob = two()
    weak = bob.keys.present.public[:1184] + u.to_bytes(32, "little")
    record = make_record(place.chains[bob.me.account], bob.signer, weak, NOW + 1)
    with pytest.raises(SealError, match=r"seal_key\.x25519"):
        ada.records.take(*record, place.chains)


def test_soatok_2026_the_identity_element_is_no_device() -> None:
    """Nor is it a key that signs, in any chain."""
    identity = DeviceKey((1).to_bytes(32, "little"))
    fields: list[object] = [1, 0, bytes(32), HUB, 0, (identity,), 4]
    assert links.refused(None, fields) == "link.key"


def test_element_7714_and_7428_a_restored_backup_wedges_nothing() -> None:
    """A device that is back from an old backup reads what came since, and is understood at once."""
    place, ada, bob = two()
    backup = bob.keys.stored
    said: list[bytes] = []
    for day in range(1, 31):
        bob.keys.step(NOW + day * 86_400)
        meet(place, bob, ada)
        later = NOW + day * 86_400
        said = [*ada.begin(place, later), ada.say(place, f"day {day}", later)]
    bob.keys = SealKeys(backup)
    bob.restart()
    assert isinstance(bob.fails(place, said[0], ada), SealClosed)
    newest = ada.records.newest(bob.me.key)
    assert newest is not None
    bob.keys.catch_up(newest.kid, newest.not_before_seconds)
    assert bob.hear(place, said, ada) == ["day 30"]
    later = NOW + 30 * 86_400
    answer = [*bob.begin(place, later), bob.say(place, "back", later)]
    assert ada.hear(place, answer, bob) == ["back"]


def test_element_31842_and_rust_sdk_1415_there_are_no_one_time_keys_to_lose() -> None:
    """One record serves every sender and session, in any order, and none is used up."""
    place, ada, bob = two()
    sessions: list[list[bytes]] = []
    for number in range(20):
        ada.sending.forget()
        sessions.append([*ada.begin(place), ada.say(place, f"{number}")])
    for number in reversed(range(20)):
        assert bob.hear(place, sessions[number], ada) == [f"{number}"]


def test_prekey_pogo_nobody_drains_a_device_or_learns_of_it() -> None:
    """Fifty strangers who fetch its key and seal to it leave it as it was, and the last gets what
    the first got: nothing runs out, and nothing weaker takes its place."""
    bob = Device("bob")
    stored, shown = bob.keys.stored, set[bytes]()
    for nth in range(50):
        stranger = Device(f"stranger {nth}")
        place = direct([stranger], [bob])
        meet(place, bob, stranger)
        said = [*stranger.begin(place), stranger.say(place, "let me in")]
        shown.add(bob.keys.present.public)
        assert bob.hear(place, said, stranger) == ["let me in"]
    assert (bob.keys.stored, len(shown)) == (stored, 1)


def test_matrix_nio_72_two_clients_of_one_device_both_work() -> None:
    """A copied profile that runs twice: both are read by all and read all."""
    place, ada, bob = two()
    copy = Device("bob")
    copy.belongs_to(bob.me.account)
    copy.records = bob.records
    for one in (bob, copy):
        said = [*one.begin(place), one.say(place, "from one of two")]
        assert ada.hear(place, said, bob) == ["from one of two"]
    said = [*ada.begin(place), ada.say(place, "to both")]
    for day in (1, 2):
        copy.keys.step(NOW + day)
    assert bob.hear(place, said, ada) == copy.hear(place, said, ada) == ["to both"]
    meet(place, copy, ada)
    said = [*ada.begin(place), ada.say(place, "to the newer key")]
    bob.keys.catch_up(copy.keys.present.kid, copy.keys.since_seconds)
    assert bob.hear(place, said, ada) == copy.hear(place, said, ada) == ["to the newer key"]
