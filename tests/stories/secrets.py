"""All that must be found nowhere: what was said, and every key by which it could be read."""

import sqlite3
from base64 import b64encode
from contextlib import closing

from hobnob_client import keyring
from hobnob_client.sealing.keys import KeyFile
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import ConversationId, DeviceId, StreamId
from hobnob_protocol.invite_link import base32
from hobnob_protocol.kinds.conversations import SEALED
from hobnob_protocol.sealing.body import Message, Start, decode_body
from hobnob_protocol.sealing.keeping import SealKeys
from hobnob_protocol.sealing.ratchet import message_key, next_chain_key, opening_salt
from hobnob_protocol.sealing.slices import open_slice, slice_info
from hobnob_sync.opened import is_conversation
from tests.stories.member import Member

CHAIN_KEYS = 8
"""More than any session of a story has messages."""


def written(secret: bytes) -> tuple[bytes, ...]:
    """A secret in every way that programs write bytes."""
    return secret, secret.hex().encode(), base32(secret).encode(), b64encode(secret).rstrip(b"=")


def at_rest(member: Member) -> tuple[bytes, bytes]:
    """The seed of a member's device, and the seed of its seal keys."""
    seed = keyring.load(member.profile).seed
    stored = KeyFile(member.profile, seed).load()
    assert stored is not None
    return seed, stored.seed


def of_sessions(sender: Member, reader: Member) -> list[bytes]:
    """The chain keys of all sessions that `sender` has begun with `reader` alone, the keys of their
    messages, and what their commitments are salted with."""
    device = keyring.load(reader.profile)
    stored = KeyFile(reader.profile, device.seed).load()
    assert stored is not None
    keys, found, firsts = SealKeys(stored), list[bytes](), dict[bytes, bytes]()
    author = keyring.load(sender.profile).author
    for stream, by, body in _said(reader):
        if by != author.device:
            continue
        if isinstance(body, Start):
            for each in body.slices:
                if each.device == device.author.device:
                    key = keys.find(each.kid)
                    assert key is not None
                    place = device.hub, ConversationId(stream[2:])
                    who = device.author, each.kid
                    info = slice_info(*place, body.roster, author, body.sid, *who)
                    firsts[body.sid] = open_slice(key, each.wrapped, info)
        elif body.sid in firsts:
            chain_key = _chain_keys(firsts[body.sid])[body.index]
            found += [message_key(chain_key, body.salt), opening_salt(chain_key, body.salt)]
    return [*found, *(key for first in firsts.values() for key in _chain_keys(first))]


def _chain_keys(first: bytes) -> list[bytes]:
    found = [first]
    for _ in range(CHAIN_KEYS):
        found.append(next_chain_key(found[-1]))
    return found


def _said(member: Member) -> list[tuple[StreamId, DeviceId, Start | Message]]:
    """Every sealed body that a member holds, in order, with the device that said it."""
    with closing(sqlite3.connect(member.profile.replica)) as raw:
        rows = raw.execute("SELECT stream, event FROM log ORDER BY stream, seq").fetchall()
    found: list[tuple[StreamId, DeviceId, Start | Message]] = []
    for stream, data in rows:
        event = decode_event(data)
        if is_conversation(stream) and event.header.kind == SEALED and not event.is_stub:
            found.append((stream, event.header.device, decode_body(event.body)))
    return found
