"""The frozen vectors of values, names, frames and bodies say what the library does."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, cast

import pytest

from hobnob_protocol import ids
from hobnob_protocol.bodies import decode_body, encode_body
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.crypto import Ed25519Signer
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.invite_link import parse
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.wire import decode_frame, encode_frame
from hobnob_sync import checkpoint, cursor, log
from tests.protocol.kept_vectors import exactly, invalid, title, valid
from tests.protocol.make_vectors import FILES, FOLDER, written
from tests.protocol.vectors.rows import Row, data_of, plain, tagged


@pytest.mark.parametrize("file", FILES)
def test_the_vectors_are_frozen(file: str) -> None:
    """What their sources make today is what is kept; a difference is a change of the protocol."""
    assert written(file) == (FOLDER / file).read_text()


def test_nothing_else_lies_beside_them() -> None:
    """No file that is no longer made."""
    assert {path.name for path in FOLDER.iterdir()} == {*FILES, "README.md"}


@pytest.mark.parametrize("row", valid("codec.json"), ids=title)
def test_a_value_means_what_its_vector_says(row: Row) -> None:
    """And has this one encoding."""
    value = decode(data_of(row))
    assert exactly(tagged(value)) == exactly(row["value"])
    assert encode(value) == data_of(row)


@pytest.mark.parametrize("row", valid("frames.json"), ids=title)
def test_a_frame_holds_what_its_vector_says(row: Row) -> None:
    """And is written so, unless a later version appended something."""
    frame = decode_frame(data_of(row))
    assert type(frame).__name__.upper() == row["name"]
    assert exactly(plain(asdict(frame))) == exactly(row["fields"])
    if "later" not in row:
        assert encode_frame(frame) == data_of(row)


@pytest.mark.parametrize("row", valid("kinds.json"), ids=title)
def test_a_body_holds_what_its_vector_says(row: Row) -> None:
    """And is written so, unless a later version appended something."""
    body = decode_body(STANDARD.named(row["name"]).body, data_of(row))
    assert exactly(plain(asdict(body))) == exactly(row["fields"])
    if "later" not in row:
        assert encode_body(body) == data_of(row)


@pytest.mark.parametrize("row", invalid("codec.json"), ids=title)
def test_a_value_is_refused_by_the_rule_it_breaks(row: Row) -> None:
    """By none before it."""
    with pytest.raises(ProtocolError) as broken:
        decode(data_of(row))
    assert broken.value.rule == row["breaks"]


@pytest.mark.parametrize("row", invalid("frames.json"), ids=title)
def test_a_frame_is_refused_by_the_rule_it_breaks(row: Row) -> None:
    """By none before it."""
    with pytest.raises(ProtocolError) as broken:
        decode_frame(data_of(row))
    assert broken.value.rule == row["breaks"]


@pytest.mark.parametrize("row", invalid("kinds.json"), ids=title)
def test_a_body_is_refused_by_the_rule_it_breaks(row: Row) -> None:
    """By none before it."""
    with pytest.raises(ProtocolError) as broken:
        decode_body(STANDARD.named(row["name"]).body, data_of(row))
    assert broken.value.rule == row["breaks"]


def _signed_checkpoint(
    hub: ids.HubId,
    seed: bytes,
    epoch: ids.Epoch,
    stream: ids.StreamId,
    seq: int,
    head: ids.Head,
    at_ms: int,
) -> bytes:
    signer = Ed25519Signer(seed)
    return checkpoint.sign(hub, signer, epoch, stream, seq, head, at_ms).signature


def _digest(epoch: ids.Epoch, cursors: list[dict[str, Any]]) -> bytes:
    held = [(each["stream"], each["grant"], each["seq"], each["head8"]) for each in cursors]
    return cursor.digest(epoch, held)


def _imported_account(source: bytes, member: bytes) -> bytes:
    return ids.imported_account(source.decode(), member.decode())


DERIVED: dict[str, Callable[..., bytes]] = {
    "hub": ids.hub_id,
    "hub_account": ids.hub_account,
    "account": ids.account_id,
    "device": ids.device_id,
    "target": ids.target_of,
    "grant": ids.grant_of,
    "user_stream": ids.user_stream,
    "channel_stream": ids.channel_stream,
    "conversation_stream": ids.conversation_stream,
    "direct_conversation": ids.direct_conversation,
    "imported_account": _imported_account,
    "head": log.next_head,
    "digest": _digest,
    "checkpoint": _signed_checkpoint,
}
"""How the library derives each name from what a row gives, in order."""


def _given(value: Any) -> Any:
    """What a row gives, its hexadecimal as bytes."""
    if isinstance(value, str):
        return bytes.fromhex(value)
    if isinstance(value, list):
        return [_given(part) for part in cast("list[object]", value)]
    if isinstance(value, dict):
        return {name: _given(part) for name, part in cast("dict[str, object]", value).items()}
    return value


@pytest.mark.parametrize("row", valid("names.json"), ids=title)
def test_a_name_follows_from_what_its_vector_gives(row: Row) -> None:
    """Ids, heads, cursor digests, and the hub's signature on a head."""
    assert DERIVED[row["name"]](*_given(row["given"]).values()).hex() == row["result"]


@pytest.mark.parametrize("row", valid("invites.json"), ids=title)
def test_an_invite_link_says_what_its_vector_says(row: Row) -> None:
    """And is handed on in its one form."""
    link = parse(row["text"])
    assert exactly(plain(asdict(link))) == exactly(row["fields"])
    assert str(link) == row["link"]


@pytest.mark.parametrize("row", invalid("invites.json"), ids=title)
def test_an_invite_link_is_refused_by_the_rule_it_breaks(row: Row) -> None:
    """By none before it."""
    with pytest.raises(ProtocolError) as broken:
        parse(row["text"])
    assert broken.value.rule == row["breaks"]
