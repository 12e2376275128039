"""A hub that lies about what is private, and devices that are no more: nothing comes of it."""

from dataclasses import replace

import pytest

from hobnob_protocol.bodies import encode_body
from hobnob_protocol.event import NOTHING_SEEN, compose
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.private import OwnKey, Private
from hobnob_protocol.limits import PRIVATE_AHEAD_MS
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.draft import Draft, encode_draft
from hobnob_protocol.sealing.own import Cell, seal_cell, share_key
from tests.client.sealing.devices import GARDEN, SHED, Desk, Device

FORGED = Cell(encode_draft(Draft(GARDEN)), 0, b"forged")


def signed(desk: Desk, device: Device, body: Body) -> bytes:
    """What a device has signed that does as it likes."""
    identity = device.identity
    kind = STANDARD.of(type(body)).number
    seconds = desk.hub.wall_ms() // 1_000
    return compose(
        identity.hub, desk.stream, identity.author, identity.signer, kind, encode_body(body),
        9_999, 0, NOTHING_SEEN, seconds, b"s" * 16,
    )[0]  # fmt: skip


def test_the_hub_replays_an_older_value(desk: Desk) -> None:
    """The newer one stays, on who saw it and on who comes later."""
    phone = desk.link()
    desk.first.draft(GARDEN, "old")
    desk.wait()
    old = desk.entries[-1].event
    late = desk.link()
    desk.wait()
    late.cut()
    desk.first.draft(GARDEN, "new")
    desk.wait()
    older = desk.entries[-2].event
    for event in (old, older):
        desk.show(event, desk.first.identity.author)
    assert [device.begun() for device in (desk.first, phone, late)] == ["new"] * 3
    tablet = desk.link()
    desk.wait(60)
    assert (tablet.begun(), tablet.beside) == ("new", [])


def test_the_hub_swaps_two_cells(desk: Desk) -> None:
    """A cell that is not as it was signed, is not taken at all."""
    phone = desk.link()
    desk.first.draft(GARDEN, "in the garden")
    desk.first.draft(SHED, "in the shed")
    desk.wait()
    one, other = desk.cells
    for torn in (replace(one, name=other.name), replace(one, sealed=other.sealed)):
        desk.show(
            signed(desk, desk.first, replace(torn, number=one.number + 5)),
            desk.first.identity.author,
        )
    assert (phone.begun(GARDEN), phone.begun(SHED)) == ("in the garden", "in the shed")


def test_the_hub_drops_what_was_sealed(desk: Desk) -> None:
    """Whoever wrote it keeps it; the others show what they have, and the next writing comes."""
    phone = desk.link()
    desk.first.draft(GARDEN, "one")
    desk.wait()
    phone.cut()
    desk.first.draft(GARDEN, "two")
    desk.wait()
    assert (desk.first.begun(), phone.begun()) == ("two", "one")
    phone.connect()
    desk.wait()
    assert phone.begun() == "two"


def test_a_revoked_device_writes_with_the_help_of_the_hub(desk: Desk) -> None:
    """Under the key that it still has, and under one that it shares itself: nobody reads it."""
    phone, tablet = desk.link(), desk.link()
    desk.first.draft(GARDEN, "true")
    desk.wait()
    secret = tablet.own_keys[desk.keys[-1].key]
    chain = tablet.chain
    records = tablet.records
    desk.first.revoke(tablet)
    desk.wait()
    number = desk.hub.wall_ms()
    forged = seal_cell(desk.hub.hub, tablet.identity.author, secret, number, b"s" * 16, FORGED)
    desk.show(signed(desk, tablet, forged), tablet.identity.author)
    shared = share_key(desk.hub.hub, tablet.identity.author, b"k" * 32, chain, records)
    desk.show(signed(desk, tablet, shared), tablet.identity.author)
    again = seal_cell(desk.hub.hub, tablet.identity.author, b"k" * 32, number, b"s" * 16, FORGED)
    desk.show(signed(desk, tablet, again), tablet.identity.author)
    desk.wait()
    for device in (desk.first, phone):
        assert (device.begun(), device.beside) == ("true", [])
        assert shared.key not in device.own_keys


def test_somebody_else_writes_with_the_help_of_the_hub(desk: Desk) -> None:
    """Even who has got hold of a key: they are no device of the account."""
    desk.first.draft(GARDEN, "true")
    desk.wait()
    eve = desk.stranger()
    (secret,) = desk.first.own_keys.values()
    forged = seal_cell(
        desk.hub.hub, eve.identity.author, secret, desk.hub.wall_ms(), b"s" * 16, FORGED
    )
    desk.show(signed(desk, eve, forged), eve.identity.author)
    assert desk.first.begun() == "true"


def test_a_device_writes_a_number_of_next_year(desk: Desk) -> None:
    """It is as if it had not: nobody could write after it."""
    phone = desk.link()
    desk.first.draft(GARDEN, "true")
    desk.wait()
    (secret,) = phone.own_keys.values()
    ahead = desk.hub.wall_ms() + 2 * PRIVATE_AHEAD_MS
    forged = seal_cell(desk.hub.hub, phone.identity.author, secret, ahead, b"s" * 16, FORGED)
    desk.show(signed(desk, phone, forged), phone.identity.author)
    assert desk.first.begun() == "true"


@pytest.mark.parametrize("links", [1, 9])
def test_an_own_key_of_another_history_is_told(desk: Desk, links: int) -> None:
    """Another head at a place that is known is a fork; a place that is not known is waited for:
    until then nothing is sealed."""
    phone = desk.link()
    desk.first.draft(GARDEN, "true")
    desk.wait()
    shared = share_key(desk.hub.hub, phone.identity.author, b"k" * 32, phone.chain, phone.records)
    odd = OwnKey(shared.key, links, b"h" * 32, shared.slices)
    desk.show(signed(desk, phone, odd), phone.identity.author)
    assert (desk.first.alarms == ["sealed.fork"]) == (links == 1)
    before = len(desk.cells)
    desk.first.draft(GARDEN, "from now on")
    desk.wait()
    assert len(desk.cells) == before


def test_what_breaks_a_rule_shows_nothing(desk: Desk) -> None:
    """Neither a cell that does not open nor bytes that are no cell."""
    phone = desk.link()
    desk.first.draft(GARDEN, "true")
    desk.wait()
    (cell,) = desk.cells
    desk.show(signed(desk, phone, replace(cell, number=cell.number + 1)), phone.identity.author)
    identity = phone.identity
    broken = compose(
        identity.hub, desk.stream, identity.author, identity.signer, STANDARD.of(Private).number,
        b"\xc0", 9_999, 0, NOTHING_SEEN, 0, b"s" * 16,
    )[0]  # fmt: skip
    desk.show(broken, identity.author)
    assert desk.first.begun() == "true"
