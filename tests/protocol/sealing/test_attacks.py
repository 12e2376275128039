"""What broke others does not break us: each failure of a peer is a test by its name.

CVE numbers stand without their prefix, as their advisories do.
"""

from copy import deepcopy
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import (
    ForkError,
    ProtocolError,
    SealAwaits,
    SealClosed,
    SealError,
    Unopened,
    UsageError,
)
from hobnob_protocol.event import Author, decode_event
from hobnob_protocol.ids import DeviceKey, device_id
from hobnob_protocol.sealing.body import (
    Message,
    Slice,
    Start,
    decode_body,
    encode_message,
    encode_start,
    message_header,
)
from hobnob_protocol.sealing.group import ADD, REMOVE, extend_group, founding
from hobnob_protocol.sealing.keeping import SealKeys
from hobnob_protocol.sealing.message import bound_to
from hobnob_protocol.sealing.padding import pad
from hobnob_protocol.sealing.ratchet import message_key
from hobnob_protocol.sealing.record import TAG, make_record
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
    group,
    meet,
    with_device,
    without_device,
)
from tests.protocol.sealing.salamander import salamander


def two() -> tuple[Place, Device, Device]:
    """A conversation of two with one device each."""
    ada, bob = Device("ada"), Device("bob")
    return direct([ada], [bob]), ada, bob


def start_of(event: bytes) -> Start:
    """The start that an event holds."""
    body = decode_body(decode_event(event).body)
    assert isinstance(body, Start)
    return body


def message_of(event: bytes) -> Message:
    """The message that an event holds."""
    body = decode_body(decode_event(event).body)
    assert isinstance(body, Message)
    return body


def three() -> tuple[Place, Device, Device, Device]:
    """A group of three, whose admin is the first."""
    ada, bob, mallory = Device("ada"), Device("bob"), Device("mallory")
    accounts = [account_of(device).account for device in (ada, bob, mallory)]
    return group(founding(*accounts), ada, ada, bob, mallory), ada, bob, mallory


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


def header_of(event: bytes) -> bytes:
    """The header of a sealed body as it travels."""
    parts = decode(decode_event(event).body)
    assert isinstance(parts, tuple)
    assert isinstance(parts[0], bytes)
    return parts[0]


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


def test_element_7714_a_restored_backup_wedges_nothing() -> None:
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


def test_element_31842_there_are_no_one_time_keys_to_lose() -> None:
    """One record serves every sender and session, in any order, and none is used up."""
    place, ada, bob = two()
    sessions: list[list[bytes]] = []
    for number in range(20):
        ada.sending.forget()
        sessions.append([*ada.begin(place), ada.say(place, f"{number}")])
    for number in reversed(range(20)):
        assert bob.hear(place, sessions[number], ada) == [f"{number}"]


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


def test_unknown_key_share_a_key_published_as_ones_own_brings_nothing() -> None:
    """Who publishes the victim's key makes others seal to it, but for a place where the victim
    opens nothing."""
    ada, bob, mallory = Device("ada"), Device("bob"), Device("mallory")
    place = direct([ada], [mallory])
    bobs = account_of(bob)
    chains = {**place.chains, bobs.account: bobs}
    chain = place.chains[mallory.me.account]
    stolen = make_record(chain, mallory.signer, bob.keys.present.public, NOW + 1)
    ada.records.take(*stolen, place.chains)
    (began,) = ada.begin(place)
    theirs = direct_place(ada, bob, chains)
    # The hub shows Bob what was for Mallory: other conversation, other recipient.
    assert bob.refuses(theirs, began, ada) == "sealed.signature"
    mine = next(each for each in start_of(began).slices if each.device == mallory.me.device)
    start = Start(drawn(16), theirs.roster.digest, theirs.roster.claim, 0, 1, ())
    moved = replace(start, slices=(Slice(bob.me.device, mine.kid, mine.wrapped),))
    assert bob.refuses(theirs, ada.event(theirs, encode_start(moved)), ada) == "sealed.slice"


def direct_place(one: Device, other: Device, chains: object) -> Place:
    """The conversation of two devices whose accounts are there already."""
    made = direct([Device(one.name)], [Device(other.name)])
    return replace(made, chains=chains)  # type: ignore[arg-type]  # chains by account


def test_an_older_seal_record_is_refused() -> None:
    """A hub that shows it again, or another one of the same time, is noticed."""
    place, ada, bob = two()
    older = bob.record(place.chains[bob.me.account])
    bob.keys.step(NOW + 86_400)
    ada.records.take(*bob.record(place.chains[bob.me.account]), place.chains)
    with pytest.raises(SealError, match=r"record\.order"):
        ada.records.take(*older, place.chains)
    other = Device("another seed").keys.present.public
    same_time = make_record(place.chains[bob.me.account], bob.signer, other, NOW + 86_400)
    with pytest.raises(SealError, match=r"record\.order"):
        ada.records.take(*same_time, place.chains)


def test_a_seal_record_of_another_hub_is_refused() -> None:
    """What a device published elsewhere holds nothing here."""
    place, ada, bob = two()
    record, _ = bob.record(place.chains[bob.me.account])
    elsewhere = bob.signer.sign(TAG + b"another hub, thirty-two bytes lo" + record)
    with pytest.raises(SealError, match=r"record\.signature"):
        ada.records.take(record, elsewhere, place.chains)


def test_an_insider_cannot_take_a_session_for_its_own_or_speak_in_it() -> None:
    """Who was given a chain key may well announce it again: what others say in theirs stays theirs,
    and what it says is its own."""
    place, ada, bob, mallory = three()
    (began,) = ada.begin(place)
    said = ada.say(place, "mine")
    start = start_of(began)
    # Mallory, who can open the session, begins one of her own under its name and key.
    records = mallory.addressed(place)
    again = mallory.sending.begin(
        place.view, place.roster, records, NOW, start.sid, b"any chain key that she likes to."
    )
    bob.hear(place, [mallory.event(place, body) for body in again], mallory)
    bob.hear(place, [began], ada)
    stolen = mallory.event(place, decode_event(said).body)
    assert bob.refuses(place, stolen, mallory) == "sealed.cipher"
    assert bob.hear(place, [said], ada) == ["mine"]


def test_a_ghost_device_is_in_no_roster() -> None:
    """A device that no chain has is sealed to by nobody, and a session that names it is refused."""
    place, ada, bob = two()
    ghost = Device("ghost")
    account_of(ghost)
    began = start_of(ada.begin(place)[0])
    added = sorted((*began.slices, began.slices[0]._replace(device=ghost.me.device)))
    forged = encode_start(replace(began, slices=tuple(added)))
    assert bob.refuses(place, ada.event(place, forged), ada) == "sealed.recipient"
    said = encode_start(began)
    author = Author(ada.me.account, device_id(ghost.me.key), ghost.me.key)
    ghost.me = author
    assert bob.refuses(place, ghost.event(place, said), ghost) == "sealed.sender"


def test_an_invisible_salamander_is_seen() -> None:
    """One ciphertext that reads otherwise to each of its readers opens for none of them."""
    place, ada, bob, carol = three()
    keys = drawn(32), drawn(32)
    sid, salt = drawn(16), drawn(16)
    for reader, chain_key in ((bob, keys[0]), (carol, keys[1])):
        records = [each for each in ada.addressed(place) if each.device == reader.me.device]
        (body,) = ada.sending.begin(place.view, place.roster, records, NOW, sid, chain_key)
        reader.hear(place, [ada.event(place, body)], ada)
    message_keys = [message_key(key, salt) for key in keys]
    text = pad(b"a" * 200)
    nonce = bytes(12)

    # What the header commits to is authenticated with it, so it is chosen before the free blocks
    # are solved for, and those are part of the text: nobody can make both fit.
    header = message_header(sid, place.roster.digest, 0, salt, drawn(32))
    bound = bound_to(HUB, place.conversation, ada.me, header)
    plain = ChaCha20Poly1305(message_keys[0]).encrypt(nonce, text, bound)[:-16]
    both = salamander(message_keys[0], message_keys[1], nonce, bound, plain)
    read = [ChaCha20Poly1305(key).decrypt(nonce, both, bound) for key in message_keys]
    assert read[0] != read[1]
    for reader in (bob, carol):
        event = ada.event(place, encode_message(header, both))
        assert reader.refuses(place, event, ada) == "sealed.commitment"


def test_a_forked_process_never_seals_twice_under_one_key() -> None:
    """Two copies of one memory count alike and hold one chain key; their salts differ, so their
    keys do."""
    place, ada, bob = two()
    began = ada.begin(place)
    twin = deepcopy(ada.sending)
    said = message_of(ada.say(place, "the same"))
    ada.sending = twin
    again = message_of(ada.say(place, "the same"))
    assert (said.sid, said.index) == (again.sid, again.index)
    assert said.salt != again.salt
    assert said.sealed[:64] != again.sealed[:64]
    assert said.commitment != again.commitment
    bob.hear(place, began, ada)
    assert bob.hear(place, [ada.event(place, encode_message(said.header, said.sealed))], ada)


def test_a_hidden_revocation_is_found_by_the_first_word_of_who_knows() -> None:
    """The hub hides from Ada that Bob's phone was stolen: Bob's next session tells her, and she
    seals nothing until she has the link."""
    ada, bob, phone = Device("ada"), Device("bob"), Device("phone")
    place = direct([ada], [bob, phone])
    ada.begin(place)
    known = {
        **place.chains,
        bob.me.account: without_device(place.chains[bob.me.account], bob, phone),
    }
    truth = replace(place, chains=known)
    said = [*bob.begin(truth), bob.say(truth, "it was stolen")]
    assert isinstance(ada.fails(place, said[0], bob), SealAwaits)
    with pytest.raises(SealAwaits):
        ada.say(place, "to the thief too")
    assert ada.hear(truth, said, bob) == ["it was stolen"]
    after = [*ada.begin(truth), ada.say(truth, "not to the thief")]
    assert bob.hear(truth, after, ada) == ["not to the thief"]
    with pytest.raises(ProtocolError):
        phone.hear(replace(place, chains=dict(place.chains)), [after[1]], bob)


def test_two_histories_of_one_account_are_a_fork() -> None:
    """Another chain at the same place stops sending for good, until the person has looked."""
    place, ada, bob = two()
    known = place.chains[bob.me.account]
    phone, tablet = Device("phone"), Device("tablet")
    shown = replace(place, chains={**place.chains, bob.me.account: with_device(known, bob, phone)})
    told = replace(place, chains={**place.chains, bob.me.account: with_device(known, bob, tablet)})
    (began,) = bob.begin(told)
    assert isinstance(ada.fails(shown, began, bob), ForkError)
    with pytest.raises(ForkError):
        ada.begin(shown)
    ada.doubts.dismiss(bob.me.account)
    assert ada.begin(shown)


def test_a_downgrade_is_refused() -> None:
    """Another suite, in a body that is signed, is no suite."""
    place, ada, bob = two()
    for suite in (0, 2, True, None):
        body = encode(
            (encode((suite, 2, drawn(16), drawn(32), 0, drawn(16), drawn(32))), b"x" * 80)
        )
        assert bob.refuses(place, ada.event(place, body), ada) == "sealed.suite"
