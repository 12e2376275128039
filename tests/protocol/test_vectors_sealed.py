"""The frozen vectors of sealing say what the library does, from keys to whole conversations."""

from typing import Any

import pytest

from hobnob_protocol import fingerprint
from hobnob_protocol.account import Chain
from hobnob_protocol.chain import extend
from hobnob_protocol.codec import decode
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.errors import ProtocolError, SealAwaits, SealClosed
from hobnob_protocol.event import Author, decode_event, verify
from hobnob_protocol.ids import (
    AccountId,
    ConversationId,
    DeviceKey,
    HubId,
    conversation_stream,
    device_id,
)
from hobnob_protocol.kinds.conversations import GroupChange
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.doubts import Doubts
from hobnob_protocol.sealing.group import ADD, REMOVE, Group, extend_group, follow_change
from hobnob_protocol.sealing.keeping import SealKeys, Stored
from hobnob_protocol.sealing.message import Opening
from hobnob_protocol.sealing.padding import pad, unpad
from hobnob_protocol.sealing.receiving import ReceivingSide
from hobnob_protocol.sealing.record import SealRecords, decode_record
from hobnob_protocol.sealing.report import check_report
from hobnob_protocol.sealing.roster import View
from hobnob_protocol.sealing.said import decode_said, said_id
from hobnob_protocol.sealing.seal_key import Kid, SealKey, next_seed
from tests.protocol.kept_vectors import KEPT, bytes_of, title
from tests.protocol.vectors import hpke
from tests.protocol.vectors.rows import Row, data_of

VERIFIER = Ed25519Verifier()
TRANSCRIPTS_MIN = 50


def rows(name: str) -> list[Row]:
    """All rows of a name, those that hold and those that break something."""
    return [
        row for file in ("seals.json", "sealed.json") for row in KEPT[file] if row["name"] == name
    ]


def names(row: Row) -> str:
    """A row as test ids show it."""
    return title(row)


def author_of(told: dict[str, Any]) -> Author:
    """A device as a row names it."""
    key = DeviceKey(bytes.fromhex(told["device_key"]))
    return Author(AccountId(bytes.fromhex(told["account"])), device_id(key), key)


def chains_of(told: list[list[list[Any]]], hub: HubId) -> dict[AccountId, Chain]:
    """The accounts of these links."""
    found: dict[AccountId, Chain] = {}
    for links in told:
        chain: Chain | None = None
        for link, signature in links:
            chain = extend(chain, bytes.fromhex(link), bytes.fromhex(signature), hub, VERIFIER)
        assert chain is not None
        found[chain.account] = chain
    return found


def place_of(row: Row) -> tuple[HubId, ConversationId]:
    """Where something belongs."""
    given = row["given"]
    return HubId(bytes.fromhex(given["hub"])), ConversationId(bytes.fromhex(given["conversation"]))


@pytest.mark.parametrize("row", rows("seal_key"), ids=names)
def test_a_seed_makes_the_key_its_vector_says(row: Row) -> None:
    """Public part, name, and the seed after it."""
    seed = bytes_of(row, "seed")
    key = SealKey(seed)
    assert (key.public.hex(), key.kid.hex()) == (row["public"], row["kid"])
    assert next_seed(seed).hex() == row["next_seed"]


@pytest.mark.parametrize("row", rows("hpke"), ids=names)
def test_a_key_opens_what_its_vector_sealed(row: Row) -> None:
    """With an encapsulation that another implementation has made."""
    opened = SealKey(bytes_of(row, "seed")).open(data_of(row), bytes_of(row, "info"))
    assert opened == bytes_of(row, "secret")


@pytest.mark.parametrize("row", rows("padding"), ids=names)
def test_a_text_is_padded_as_its_vector_says(row: Row) -> None:
    """Both ways, or not at all."""
    if "breaks" in row:
        with pytest.raises(ProtocolError) as broken:
            unpad(data_of(row))
        assert broken.value.rule == row["breaks"]
        return
    assert pad(bytes_of(row, "text")) == data_of(row)
    assert unpad(data_of(row)) == bytes_of(row, "text")


@pytest.mark.parametrize("row", rows("said"), ids=names)
def test_what_is_said_reads_as_its_vector_says(row: Row) -> None:
    """And is named so by others."""
    if "breaks" in row:
        with pytest.raises(ProtocolError) as broken:
            decode_said(data_of(row), STANDARD)
        assert broken.value.rule == row["breaks"]
        return
    said, _ = decode_said(data_of(row), STANDARD)
    fields = row["fields"]
    name, body = bytes.fromhex(fields["name"]), bytes.fromhex(fields["body"])
    assert tuple(said) == (fields["kind"], name, fields["ts_seconds"], body)
    conversation = ConversationId(bytes_of(row, "given", "conversation"))
    account = AccountId(bytes_of(row, "given", "account"))
    assert said_id(conversation, account, said.name) == bytes_of(row, "id")


@pytest.mark.parametrize("row", rows("fingerprint"), ids=names)
def test_two_compare_the_number_of_their_vector(row: Row) -> None:
    """Whoever of them computes it."""
    hub = HubId(bytes_of(row, "given", "hub"))
    one, other = (AccountId(bytes.fromhex(each)) for each in row["given"]["accounts"])
    for pair in ((one, other), (other, one)):
        assert " ".join(fingerprint.number(hub, *pair)) == row["number"]


@pytest.mark.parametrize("row", rows("seal_record"), ids=names)
def test_a_record_is_taken_or_refused_as_its_vector_says(row: Row) -> None:
    """With what is known before."""
    hub = HubId(bytes_of(row, "given", "hub"))
    chains = chains_of(row["given"]["accounts"], hub)
    records = SealRecords(hub, VERIFIER)
    if row["given"]["before"]:
        data, signature = row["given"]["before"]
        records.take(bytes.fromhex(data), bytes.fromhex(signature), chains)
    taken = data_of(row), bytes_of(row, "signature"), chains
    if "breaks" in row:
        with pytest.raises(ProtocolError) as broken:
            records.take(*taken)
        assert broken.value.rule == row["breaks"]
    elif "awaits" in row:
        with pytest.raises(SealAwaits) as missing:
            records.take(*taken)
        assert missing.value.code == row["awaits"]
    else:
        found = records.take(*taken)
        fields = row["fields"]
        assert (found.public.hex(), found.kid.hex()) == (fields["public"], fields["kid"])
        assert found.not_before_seconds == fields["not_before_seconds"]
        assert decode_record(data_of(row)) == found


@pytest.mark.parametrize("row", rows("own_record"), ids=names)
def test_a_restored_device_finds_its_key_or_a_thief(row: Row) -> None:
    """By the name of the key it published last."""
    given = row["given"]
    keys = SealKeys(Stored(bytes.fromhex(given["seed"]), (given["since_seconds"],)))
    newest = Kid(bytes_of(row, "kid")), row["not_before_seconds"]
    if "breaks" in row:
        with pytest.raises(ProtocolError) as broken:
            keys.catch_up(*newest)
        assert broken.value.rule == row["breaks"]
        return
    keys.catch_up(*newest)
    assert keys.present.public == SealKey(bytes_of(row, "seed")).public


@pytest.mark.parametrize("row", rows("group_change"), ids=names)
def test_a_change_makes_of_a_group_what_its_vector_says(row: Row) -> None:
    """Or is refused by the rule it breaks."""
    place, group = place_of(row), None
    for told in row["given"]["before"]:
        group = extend_group(group, bytes_of(told, "change"), author_of(told), *place)
    author = author_of(row["given"]["author"])
    if "breaks" in row:
        with pytest.raises(ProtocolError) as broken:
            extend_group(group, data_of(row), author, *place)
        assert broken.value.rule == row["breaks"]
        return
    found = extend_group(group, data_of(row), author, *place)
    after = row["after"]
    assert [each.hex() for each in found.members] == after["members"]
    assert [each.hex() for each in found.admins] == after["admins"]
    assert found.head.head.hex() == after["head"]


@pytest.mark.parametrize("row", rows("group_body"), ids=names)
def test_what_an_event_says_of_a_group_is_what_its_vector_says(row: Row) -> None:
    """To who knows the changes before, and to who knows none of them."""
    place, group = place_of(row), None
    for told in row["given"]["before"]:
        group = extend_group(group, bytes_of(told, "change"), author_of(told), *place)
    fields = decode(data_of(row))
    body = GroupChange(*fields)  # type: ignore[misc]  # as a vector has them, place and all
    said = (body.link, body.members, body.admins, author_of(row["given"]["author"]), *place)
    if "breaks" in row:
        with pytest.raises(ProtocolError) as broken:
            follow_change(group, *said)
        assert broken.value.rule == row["breaks"]
        return
    found = follow_change(group, *said)
    assert (found.members, found.admins) == (body.members, body.admins)
    assert found.head.head.hex() == row["after"]["head"]


@pytest.mark.parametrize("row", rows("group_full"), ids=names)
def test_a_group_is_full_when_its_vector_says(row: Row) -> None:
    """After so many changes, of which the first is told in bytes."""
    place, author = place_of(row), author_of(row["given"]["author"])
    group: Group = extend_group(None, bytes_of(row, "given", "founding"), author, *place)
    account = AccountId(bytes_of(row, "given", "account"))
    for number in range(row["times"]):
        link = group.change(REMOVE if number % 2 else ADD, account)
        assert number or link == data_of(row)
        group = extend_group(group, link, author, *place)
    with pytest.raises(ProtocolError) as broken:
        extend_group(group, group.change(REMOVE, account), author, *place)
    assert broken.value.rule == row["breaks"]


@pytest.mark.parametrize("row", rows("report"), ids=names)
def test_a_report_proves_what_its_vector_says(row: Row) -> None:
    """Or nothing."""
    opening = Opening(bytes_of(row, "opening", "salt"), bytes_of(row, "opening", "padded"))
    author = author_of(row["given"]["author"])
    if "breaks" in row:
        with pytest.raises(ProtocolError) as broken:
            check_report(data_of(row), opening, author, *place_of(row), VERIFIER)
        assert broken.value.rule == row["breaks"]
        return
    found = check_report(data_of(row), opening, author, *place_of(row), VERIFIER)
    assert found == bytes_of(row, "opens")


def reader_of(row: Row) -> tuple[ReceivingSide, View]:
    """The device that reads a transcript, and what it knows."""
    given = row["given"]
    hub, conversation = place_of(row)
    group: Group | None = None
    for told in given["changes"]:
        event, author = decode_event(bytes_of(told, "event")), author_of(told)
        assert verify(event, hub, conversation_stream(conversation), author, VERIFIER)
        body = STANDARD.decode(event.header.kind, event.body)
        assert isinstance(body, GroupChange)
        said = (body.link, body.members, body.admins)
        group = follow_change(group, *said, author, hub, conversation)
    seeds = [bytes.fromhex(seed) for seed in given["seal_seeds"]]
    assert seeds[1:] == [next_seed(seed) for seed in seeds[:-1]]
    keys = SealKeys(Stored(seeds[0], tuple(range(1, len(seeds) + 1))))
    reader = ReceivingSide(author_of(given), keys, Doubts(), VERIFIER)
    return reader, View(hub, conversation, chains_of(given["accounts"], hub), group)


def outcome(reader: ReceivingSide, view: View, told: dict[str, Any]) -> dict[str, Any]:
    """What a reader makes of one event, as a row tells it."""
    try:
        found = reader.take(bytes_of(told, "event"), author_of(told), view)
    except ProtocolError as broken:
        return {"breaks": broken.rule}
    except SealAwaits as missing:
        return {"awaits": str(missing.code)}
    except SealClosed as closed:
        return {"closed": str(closed.code)}
    if found is None:
        return {"starts": True}
    return {"opens": found.text, **({"departed": True} if found.departed else {})}


@pytest.mark.parametrize("row", rows("transcript"), ids=names)
def test_a_conversation_goes_as_its_vector_says(row: Row) -> None:
    """Event by event."""
    reader, view = reader_of(row)
    for told in row["events"]:
        found = outcome(reader, view, told)
        if "opens" in found:
            assert found.pop("opens") == bytes_of(told, "opens")
        expected = {
            name: value
            for name, value in told.items()
            if name not in ("event", "account", "device_key", "opens")
        }
        assert found == expected
    assert row["events"][-1].get("breaks") == row.get("breaks")


def test_there_are_enough_transcripts() -> None:
    """At least fifty."""
    assert len(rows("transcript")) >= TRANSCRIPTS_MIN


def test_the_second_implementation_is_right() -> None:
    """The one that made these vectors gives what RFC 9180 A.2.1 and the draft of X-Wing give."""
    public = bytes.fromhex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a")
    ephemeral = bytes.fromhex("f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600")
    shared, _ = hpke.x25519_encapsulate(public, ephemeral)
    assert shared.hex() == "0bbe78490412b4bbea4812666f7916932b828bba79942424abb65244930d69a7"
    key = hpke.schedule(hpke.X25519_KEM, shared, b"Ode on a Grecian Urn")
    sealed = key.encrypt(b"Beauty is truth, truth beauty", b"Count-0")
    assert sealed.hex() == (
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
    )
    seed = bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26")
    entropy = bytes.fromhex(
        "3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e2"
        "35b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2"
    )
    shared, _ = hpke.x_wing_encapsulate(hpke.x_wing_public(seed), entropy)
    assert shared.hex() == "d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384"
    assert SealKey(seed).public == hpke.x_wing_public(seed)
