"""The frozen vectors of events and account chains say what the library does, signatures and all."""

from dataclasses import asdict
from typing import Any

import pytest

from hobnob_protocol import chain
from hobnob_protocol.account import Chain, Device, RecoveryKey, Waiting
from hobnob_protocol.chain import extend
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import (
    Author,
    compose,
    decode_event,
    event_id,
    signed_bytes,
    stub,
    verify,
)
from hobnob_protocol.ids import (
    AccountId,
    DeviceId,
    DeviceKey,
    HubId,
    StreamId,
    device_id,
    target_of,
)
from hobnob_protocol.link import ADD, RECOVERY, SEAT
from tests.protocol.kept_vectors import KEPT, bytes_of, exactly, invalid, title, valid
from tests.protocol.vectors.chains_ssh import HELD
from tests.protocol.vectors.rows import Row, data_of, plain

VERIFIER = Ed25519Verifier()
BY_RECOVERY = ("add by a recovery key", "a ninth device by a recovery key")
"""Additions that no device has signed."""
UNSIGNED = "bad_signature"
"""What is no matter of the bytes: they are an event, but not of this author in this place."""


def place_of(row: Row) -> tuple[HubId, StreamId, Author]:
    """Where an event belongs, and whose it is."""
    given = {name: bytes.fromhex(value) for name, value in row["given"].items()}
    key = DeviceKey(given["device_key"])
    author = Author(AccountId(given["account"]), device_id(key), key)
    return HubId(given["hub"]), StreamId(given["stream"]), author


@pytest.mark.parametrize("row", valid("event.json"), ids=title)
def test_an_event_holds_what_its_vector_says(row: Row) -> None:
    """Header, body, salt and signature; what was signed, its id, and its name."""
    event = decode_event(data_of(row))
    hub, stream, author = place_of(row)
    header_bytes = event.header_bytes
    shown = asdict(event)
    shown.pop("header_bytes")
    assert exactly(plain(shown)) == exactly(row["fields"])
    assert header_bytes.hex() == row["header"]
    assert signed_bytes(hub, stream, author, header_bytes).hex() == row["signed"]
    identity = event_id(hub, stream, author, header_bytes)
    assert (identity.hex(), target_of(identity).hex()) == (row["id"], row["target"])
    assert verify(event, hub, stream, author, VERIFIER)


@pytest.mark.parametrize("row", valid("event.json"), ids=title)
def test_its_author_writes_an_event_so(row: Row) -> None:
    """Composed from its fields it has the same bytes; erased it has those of the stub."""
    event = decode_event(data_of(row))
    hub, stream, author = place_of(row)
    whole = event if not event.is_stub else decode_event(data_of(KEPT["event.json"][0]))
    header = whole.header
    data, identity = compose(
        hub,
        stream,
        author,
        Ed25519Signer(bytes_of(row, "given", "device_seed")),
        header.kind,
        whole.body,
        header.author_seq,
        header.seen_seq,
        header.seen_head8,
        header.ts_seconds,
        whole.salt,
    )
    assert (stub(data) if event.is_stub else data) == data_of(row)
    assert identity.hex() == row["id"]


@pytest.mark.parametrize("row", invalid("event.json"), ids=title)
def test_an_event_is_refused_by_the_rule_it_breaks(row: Row) -> None:
    """By none before it; one that is only not signed reads well and does not verify."""
    if row["breaks"] == UNSIGNED:
        assert not verify(decode_event(data_of(row)), *place_of(row), VERIFIER)
        return
    with pytest.raises(ProtocolError) as broken:
        decode_event(data_of(row))
    assert broken.value.rule == row["breaks"]


def chain_of(told: dict[str, Any] | None, hub: HubId) -> Chain | None:
    """The account a row tells of."""
    if told is None:
        return None
    devices = tuple(
        Device(
            DeviceKey(bytes.fromhex(each["key"])),
            DeviceId(bytes.fromhex(each["device"])),
            each["manage"],
            each["added_seq"],
            each["revoked_seq"],
        )
        for each in told["devices"]
    )
    recovery = tuple(
        RecoveryKey(
            DeviceKey(bytes.fromhex(each["key"])),
            DeviceId(bytes.fromhex(each["id"])),
            each["sort"],
            each["added_seq"],
            each["revoked_seq"],
            each.get("counter", 0),
        )
        for each in told.get("recovery", ())
    )
    waiting = tuple(
        Waiting(
            DeviceKey(bytes.fromhex(each["key"])),
            DeviceId(bytes.fromhex(each["device"])),
            DeviceId(bytes.fromhex(each["by"])),
            each["since_ms"],
            each["added_seq"],
        )
        for each in told.get("waiting", ())
    )
    account, head = bytes.fromhex(told["account"]), bytes.fromhex(told["head"])
    return Chain(
        AccountId(account),
        hub,
        told["links"],
        head,
        devices,
        recovery=recovery,
        waiting=waiting,
    )


def extended(row: Row) -> Chain:
    """The account after the row's link."""
    hub = HubId(bytes_of(row, "hub"))
    before = chain_of(row["before"], hub)
    at_ms = row.get("at_ms", 0)
    return extend(before, data_of(row), bytes_of(row, "signature"), hub, VERIFIER, at_ms)


@pytest.mark.parametrize("row", valid("chain.json"), ids=title)
def test_a_link_makes_of_an_account_what_its_vector_says(row: Row) -> None:
    """Its links, head and devices."""
    assert extended(row) == chain_of(row["after"], HubId(bytes_of(row, "hub")))


def by_ssh(
    row: Row, before: Chain | None, signer: Ed25519Signer, hub: HubId
) -> tuple[bytes, bytes]:
    """A link that an SSH key has signed as well, made anew."""
    ssh, seconds = HELD[row["name"]](), row["fields"]["ts_seconds"]
    if before is None:
        return chain.genesis(signer, hub, seconds, ssh)
    if row["fields"]["type"] == RECOVERY:
        return chain.name_ssh(before, signer, ssh, seconds)
    return chain.come_back(hub, before.links, before.head, ssh, signer, seconds)


@pytest.mark.parametrize("row", valid("chain.json"), ids=title)
def test_a_device_writes_a_link_so(row: Row) -> None:
    """Made by its fields it has the same bytes and signature."""
    fields, hub = row["fields"], HubId(bytes_of(row, "hub"))
    before, signer = chain_of(row["before"], hub), Ed25519Signer(bytes_of(row, "signer_seed"))
    if row["name"] in HELD:
        made = by_ssh(row, before, signer, hub)
    elif before is None:
        made = chain.genesis(signer, hub, fields["ts_seconds"])
    elif row["name"] in BY_RECOVERY:
        added, seconds = Ed25519Signer(bytes_of(row, "added_seed")), fields["ts_seconds"]
        made = chain.recover(hub, before.links, before.head, signer, added, seconds)
    elif row["name"] == "revoke by a recovery key":
        # A program revokes by its device, once that is one: nothing makes such a link.
        return
    elif fields["type"] == RECOVERY:
        added = Ed25519Signer(bytes_of(row, "added_seed"))
        made = chain.name_recovery(before, signer, added, fields["ts_seconds"])
    elif fields["type"] == ADD:
        added, manage = Ed25519Signer(bytes_of(row, "added_seed")), fields["payload"][1]
        made = chain.add(before, signer, added, fields["ts_seconds"], manage)
    elif fields["type"] == SEAT:
        made = chain.enter(hub, before.links, before.head, signer, fields["ts_seconds"])
    else:
        gone = DeviceId(bytes.fromhex(fields["payload"][0]))
        made = chain.revoke(before, signer, gone, fields["ts_seconds"])
    assert made == (data_of(row), bytes_of(row, "signature"))


@pytest.mark.parametrize("row", invalid("chain.json"), ids=title)
def test_a_link_is_refused_by_the_rule_it_breaks(row: Row) -> None:
    """By none before it."""
    with pytest.raises(ProtocolError) as broken:
        extended(row)
    assert broken.value.rule == row["breaks"]
