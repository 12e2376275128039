"""The hub's word on where a stream stands."""

from dataclasses import replace

from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.ids import DIRECTORY, PEOPLE, Epoch, Head, HubId, hub_id
from hobnob_protocol.limits import CHECKPOINT_EVENTS
from hobnob_sync.checkpoint import contradict, due_ms, holds, sign

SIGNER = Ed25519Signer(b"h" * 32)
HUB = hub_id(SIGNER.public_key)
SIGNED = sign(HUB, SIGNER, Epoch(b"epoch--1"), DIRECTORY, 5, Head(b"h" * 32), 7)


def test_a_checkpoint_holds_as_signed_and_not_otherwise() -> None:
    """Every field is covered."""
    verifier = Ed25519Verifier()
    assert holds(HUB, SIGNER.public_key, SIGNED, verifier)
    assert not holds(HubId(b"x" * 32), SIGNER.public_key, SIGNED, verifier)
    for other in (
        replace(SIGNED, epoch=Epoch(b"epoch--2")),
        replace(SIGNED, stream=PEOPLE),
        replace(SIGNED, seq=6),
        replace(SIGNED, head=Head(b"x" * 32)),
        replace(SIGNED, at_ms=8),
    ):
        assert not holds(HUB, SIGNER.public_key, other, verifier)


def test_a_checkpoint_is_due_by_count_or_by_time() -> None:
    """Nothing new: never; many events: at once; else a minute after the last."""
    assert due_ms(5, 5, 100) is None
    assert due_ms(5 + CHECKPOINT_EVENTS, 5, 100) == 100
    assert due_ms(4 + CHECKPOINT_EVENTS, 5, 100) == 60_100
    assert due_ms(6, 5, 100) == 60_100


def test_two_heads_for_one_place_contradict() -> None:
    """In one epoch of one stream."""
    other = replace(SIGNED, head=Head(b"x" * 32))
    assert contradict(SIGNED, other)
    assert not contradict(SIGNED, SIGNED)
    assert not contradict(SIGNED, replace(other, seq=6))
    assert not contradict(SIGNED, replace(other, stream=PEOPLE))
    assert not contradict(SIGNED, replace(other, epoch=Epoch(b"epoch--2")))
