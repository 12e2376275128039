"""What is derived from what: names, heads, digests, checkpoints, with the bytes that are hashed."""

from hashlib import sha256
from typing import Final

from tests.protocol.vectors.logins import ACCOUNT, EPOCH, GENESIS
from tests.protocol.vectors.people import HUB, HUB_ACCOUNT, HUB_DEVICE, LAPTOP
from tests.protocol.vectors.rows import Row, plain
from tests.protocol.vectors.values import ALICE, AT_MS, BOB, GARDEN, GRANT, HEAD8, HERS, MOST

EVENT: Final = sha256(b"an event").digest()


def _row(name: str, result: bytes, hashed: bytes | None = None, **given: object) -> Row:
    more = {} if hashed is None else {"hashed": hashed.hex()}
    return {"name": name, "given": plain(given), **more, "result": result.hex()}


def _uint64(value: int) -> bytes:
    return value.to_bytes(8, "big")


def _conversation(one: bytes, other: bytes) -> Row:
    hashed = b"hobnob/1 dm\0" + HUB + ALICE + BOB
    digest = sha256(hashed).digest()
    found = bytes((digest[0] % 128,)) + digest[1:16]
    return _row("direct_conversation", found, hashed, hub=HUB, one=one, other=other)


def _imported(source: str, member: str) -> Row:
    hashed = b"hobnob/1 imported\0" + source.encode() + member.encode()
    result = sha256(hashed).digest()[:20]
    given = {"source": source.encode(), "member": member.encode()}
    return _row("imported_account", result, hashed, **given)


def _heads() -> list[Row]:
    """Three events in one stream, the last at the ends of both ranges."""
    rows: list[Row] = []
    head = bytes(32)
    for seq, at_ms in ((1, AT_MS), (2, AT_MS), (MOST, MOST)):
        event = sha256(EVENT + _uint64(seq)).digest()
        hashed = head + event + _uint64(seq) + _uint64(at_ms)
        after = sha256(hashed).digest()
        rows.append(_row("head", after, hashed, head=head, event=event, seq=seq, at_ms=at_ms))
        head = after
    return rows


def _digest(*cursors: tuple[bytes, bytes, int, bytes]) -> Row:
    """Of cursors in any order."""
    hashed = b"hobnob/1 cursors\0" + EPOCH
    for stream, grant, seq, head8 in sorted(cursors):
        hashed += bytes((len(stream),)) + stream + grant + _uint64(seq) + head8
    names = ("stream", "grant", "seq", "head8")
    told = [dict(zip(names, cursor, strict=True)) for cursor in cursors]
    return _row("digest", sha256(hashed).digest()[:16], hashed, epoch=EPOCH, cursors=told)


def _checkpoint(stream: bytes, seq: int, head: bytes, at_ms: int) -> Row:
    place = bytes((len(stream),)) + stream + _uint64(seq) + head + _uint64(at_ms)
    signed = b"hobnob/1 checkpoint\0" + HUB + EPOCH + place
    fields = {"epoch": EPOCH, "stream": stream, "seq": seq, "head": head, "at_ms": at_ms}
    given = {"hub": HUB, "device_seed": HUB_DEVICE.seed, **fields}
    return {
        "name": "checkpoint",
        "given": plain(given),
        "signed": signed.hex(),
        "result": HUB_DEVICE.sign(signed).hex(),
    }


def vectors() -> list[Row]:
    """`names.json`."""
    hub_account = b"hobnob/1 hub account\0" + HUB
    channel, conversation = b"g" * 16, b"p" * 16
    everybodys = bytes(8)
    nothing = bytes(8)
    return [
        _row("hub", HUB, HUB_DEVICE.key, key=HUB_DEVICE.key),
        _row("hub_account", HUB_ACCOUNT, hub_account, hub=HUB),
        _row("account", ACCOUNT, GENESIS, genesis_link=GENESIS),
        _row("device", LAPTOP.device, LAPTOP.key, key=LAPTOP.key),
        _row("target", EVENT[:16], event=EVENT),
        _row("grant", EVENT[:8], event=EVENT),
        _row("user_stream", HERS, account=ALICE),
        _row("channel_stream", GARDEN, channel=channel),
        _row("conversation_stream", b"d:" + conversation, conversation=conversation),
        _conversation(ALICE, BOB),
        _conversation(BOB, ALICE),
        *(_imported(source, member) for source, member in (("mail", "<ada@x>"), ("mél", ""))),
        *_heads(),
        _digest(),
        _digest(
            (b"ppl", everybodys, 7, HEAD8),
            (GARDEN, GRANT, MOST, HEAD8),
            (b"dir", everybodys, 0, nothing),
            (HERS, everybodys, 12, HEAD8),
        ),
        _checkpoint(GARDEN, 5, EVENT, AT_MS),
        _checkpoint(b"dir", MOST, EVENT, MOST),
    ]
