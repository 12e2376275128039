"""What insiders and a dishonest hub may try: each attempt is a test by its name."""

from copy import deepcopy
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from hobnob_protocol.codec import encode
from hobnob_protocol.errors import (
    ForkError,
    ProtocolError,
    SealAwaits,
    SealError,
)
from hobnob_protocol.event import Author, decode_event
from hobnob_protocol.ids import device_id
from hobnob_protocol.sealing.body import (
    Slice,
    Start,
    encode_message,
    encode_start,
    message_header,
)
from hobnob_protocol.sealing.message import bound_to
from hobnob_protocol.sealing.padding import pad
from hobnob_protocol.sealing.ratchet import message_key
from hobnob_protocol.sealing.record import TAG, make_record
from tests.protocol.sealing.people import (
    HUB,
    NOW,
    Device,
    Place,
    account_of,
    direct,
    drawn,
    message_of,
    start_of,
    three,
    two,
    with_device,
    without_device,
)
from tests.protocol.sealing.salamander import salamander


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
