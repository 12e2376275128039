"""Events: composed by hand, signed for real, and each of their rules broken."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from tests.protocol.vectors.by_hand import array, pack
from tests.protocol.vectors.people import (
    FITS_ALL,
    HUB,
    HUB_ACCOUNT,
    HUB_DEVICE,
    IDENTITY,
    IDENTITY_AGAIN,
    LAPTOP,
    PHONE,
    ROGUE_HUB,
    Person,
    lengthened,
)
from tests.protocol.vectors.rows import Row, invalid, plain, valid
from tests.protocol.vectors.values import ALICE, BOB, GARDEN, HERS, MOST, PRIVATE, TARGET

TAG: Final = b"hobnob/1 event\0"
SALT: Final = bytes(range(16))
SECONDS: Final = 1_700_000_000


@dataclass(frozen=True)
class Draft:
    """One event before it is written down, and where it belongs."""

    kind: Any = 1
    body: bytes = pack(["hello"])
    author_seq: Any = 5
    seen_seq: Any = 9
    seen_head8: Any = b"headhead"
    ts_seconds: Any = SECONDS
    salt: bytes = SALT
    device: Any = LAPTOP.device
    hub: bytes = HUB
    stream: bytes = GARDEN
    account: bytes = ALICE
    signer: Person = LAPTOP

    def header_fields(self) -> dict[str, Any]:
        """The header's fields in order."""
        return {
            "kind": self.kind,
            "device": self.device,
            "author_seq": self.author_seq,
            "seen_seq": self.seen_seq,
            "seen_head8": self.seen_head8,
            "ts_seconds": self.ts_seconds,
            "body_hash": sha256(self.salt + self.body).digest(),
        }

    def header(self) -> bytes:
        """The header as it is signed and travels."""
        return array(*self.header_fields().values())

    def signed(self, header: bytes | None = None) -> bytes:
        """What the signature covers and the id hashes."""
        place = (self.hub, self.stream, self.account, self.signer.key)
        return b"".join((TAG, *place, self.header() if header is None else header))

    def given(self) -> Row:
        """What a reader knows of the place and the author."""
        return {
            "hub": self.hub.hex(),
            "stream": self.stream.hex(),
            "account": self.account.hex(),
            "device_key": self.signer.key.hex(),
        }

    def written(self, **parts: bytes) -> bytes:
        """The event's bytes; `parts` stand for its header, body, salt or signature."""
        header = parts.get("header", self.header())
        signature = parts.get("signature", self.signer.sign(self.signed(header)))
        body, salt = parts.get("body", self.body), parts.get("salt", self.salt)
        return array(header, body, salt, signature)

    def right(self, name: str, **parts: bytes) -> Row:
        """A vector that holds."""
        signed = self.signed()
        identity = sha256(signed).digest()
        fields = {
            "header": self.header_fields(),
            "body": parts.get("body", self.body),
            "salt": parts.get("salt", self.salt),
            "signature": self.signer.sign(signed),
        }
        return valid(
            name,
            self.written(**parts),
            given={**self.given(), "device_seed": self.signer.seed.hex()},
            fields=plain(fields),
            header=self.header().hex(),
            signed=signed.hex(),
            id=identity.hex(),
            target=identity[:16].hex(),
        )

    def wrong(self, breaks: str, why: str, data: bytes | None = None) -> Row:
        """A vector that breaks this rule."""
        data = self.written() if data is None else data
        return invalid("event", data, breaks, why, given=self.given())


POST: Final = Draft()
LONGEST: Final = Draft(
    kind=65_535,
    author_seq=MOST,
    seen_seq=MOST,
    ts_seconds=MOST // 1_000,
    body=bytes(16_384),
    stream=HERS,
)


def _right() -> list[Row]:
    return [
        POST.right("a post in a channel"),
        POST.right("its stub", body=b"", salt=b""),
        Draft(seen_seq=0, seen_head8=bytes(8), author_seq=1).right("nothing seen"),
        Draft(31, b"\xc1 sealed", stream=PRIVATE, ts_seconds=0).right("sealed, at 1970"),
        Draft(12, pack(["city", "Bern"]), stream=b"ppl").right("in a stream of three bytes"),
        LONGEST.right("every field at its most, of a kind nobody knows"),
        Draft(
            40,
            pack([GARDEN, 3, TARGET]),
            device=HUB_DEVICE.device,
            stream=HERS,
            account=HUB_ACCOUNT,
            signer=HUB_DEVICE,
        ).right("signed by the hub itself"),
    ]


def _broken_shape() -> list[Row]:
    whole = POST.written()
    header, signature = POST.header(), POST.signer.sign(POST.signed())
    bins = (header, POST.body, SALT, signature)
    rows: list[tuple[str, str, bytes]] = [
        ("event.four_bins", "nil", pack(None)),
        ("event.four_bins", "three", array(*bins[:3])),
        ("event.four_bins", "five: an event has no later fields", array(*bins, b"")),
        ("event.four_bins", "its body is nil", array(header, None, SALT, signature)),
        ("event.four_bins", "its body is not in a bin", array(header, ["hello"], *bins[2:])),
        ("event.four_bins", "its salt is a string", array(*bins[:2], "salt", signature)),
        ("event.signature_length", "63 bytes", array(*bins[:3], signature[:63])),
        ("event.signature_length", "65 bytes", array(*bins[:3], signature + b"\0")),
        ("event.signature_length", "none", array(*bins[:3], b"")),
        ("truncated", "its last byte is missing", whole[:-1]),
        ("trailing", "a byte follows", whole + b"\0"),
        ("length", "the body's length is long", _long_body(bins)),
        ("size", "16,641 bytes", pack(bytes(16_638))),
    ]
    return [POST.wrong(rule, why, data) for rule, why, data in rows]


def _long_body(bins: tuple[bytes, bytes, bytes, bytes]) -> bytes:
    header, body, salt, signature = bins
    long = b"\xc5" + len(body).to_bytes(2, "big") + body
    return b"\x94" + pack(header) + long + pack(salt) + pack(signature)


def _broken_body() -> list[Row]:
    longer = Draft(body=bytes(16_385))
    empty = Draft(body=b"")
    short, long = Draft(salt=SALT[:15]), Draft(salt=SALT + b"\0")
    return [
        short.wrong("event.salt_length", "15 bytes"),
        long.wrong("event.salt_length", "17 bytes"),
        Draft(salt=b"").wrong("event.salt_length", "none, with a body"),
        empty.wrong("event.body_length", "none, with a salt"),
        longer.wrong("event.body_length", "16,385 bytes"),
        POST.wrong("event.body_hash", "another body", POST.written(body=pack(["hellp"]))),
        POST.wrong("event.body_hash", "another salt", POST.written(salt=bytes(16))),
        POST.wrong(
            "event.body_hash",
            "body and salt moved against each other",
            POST.written(salt=SALT[1:] + POST.body[:1], body=POST.body[1:]),
        ),
    ]


def _broken_header() -> list[Row]:
    fields = tuple(POST.header_fields().values())
    rows = [
        POST.wrong("header.seven_fields", why, POST.written(header=header))
        for why, header in (
            ("six", array(*fields[:6])),
            ("eight: a header has no later fields", array(*fields, 1)),
            ("nil", pack(None)),
        )
    ]
    rows += [
        _with(name, value).wrong(f"header.{name}", why)
        for name, value, why in (
            ("kind", 0, "0"),
            ("kind", 65_536, "65,536"),
            ("kind", True, "true"),
            ("device", b"device!", "7 bytes"),
            ("device", "device!!", "a string"),
            ("author_seq", 0, "0"),
            ("author_seq", 2**53, "2^53"),
            ("author_seq", True, "true"),
            ("seen_seq", -1, "-1"),
            ("seen_seq", 2**53, "2^53"),
            ("seen_seq", None, "nil"),
            ("seen_head8", b"head", "4 bytes"),
            ("seen_head8", None, "nil"),
            ("ts_seconds", -1, "-1"),
            ("ts_seconds", MOST // 1_000 + 1, "one too many"),
            ("ts_seconds", False, "false"),
        )
    ]
    rows.append(
        Draft(seen_seq=0).wrong("header.seen_head8", "a head of a stream of which nothing was seen")
    )
    for why, wrong in (("31 bytes", bytes(31)), ("a string", "x" * 32)):
        header = array(*fields[:6], wrong)
        rows.append(POST.wrong("header.body_hash", why, POST.written(header=header)))
    long = POST.header().replace(b"\x05", b"\xcc\x05", 1)
    padded = array(*fields[:6], bytes(98))
    rows.append(POST.wrong("integer", "author_seq is long", POST.written(header=long)))
    rows.append(POST.wrong("size", "a header of 129 bytes", POST.written(header=padded)))
    rows.append(
        POST.wrong("trailing", "after the header", POST.written(header=POST.header() + b"\0"))
    )
    return rows


def _forged() -> list[Row]:
    """Sound bytes that the named device did not sign here: the hub answers `bad_signature`."""
    rule = "bad_signature"
    whole, signature = POST.written(), POST.signer.sign(POST.signed())
    flipped = bytes((signature[0] ^ 1,)) + signature[1:]
    later = replace(POST, author_seq=6)
    rows = [
        _with(name, value).wrong(rule, why, whole)
        for name, value, why in (
            ("hub", ROGUE_HUB, "signed for another hub"),
            ("stream", PRIVATE, "signed for another stream"),
            ("account", BOB, "signed for another account"),
            ("signer", PHONE, "signed by another device"),
        )
    ]
    rows += [
        POST.wrong(rule, why, POST.written(signature=found))
        for why, found in (
            ("one bit of the signature", flipped),
            ("nothing but zeros", bytes(64)),
            ("S + L", lengthened(signature)),
            ("without the tag", LAPTOP.sign(POST.signed()[len(TAG) :])),
            ("another tag", LAPTOP.sign(b"hobnob/1 auth\0", POST.signed()[len(TAG) :])),
            ("the signature of another event", LAPTOP.sign(later.signed())),
            ("the id was signed", LAPTOP.sign(sha256(POST.signed()).digest())),
        )
    ]
    rows.append(Draft(device=PHONE.device).wrong(rule, "the header names another device"))
    rows.append(POST.wrong(rule, "a stub of a changed header", _stub_of(later, signature)))
    for key, why in ((IDENTITY, "a key of order 1"), (IDENTITY_AGAIN, "its second spelling")):
        draft = Draft(device=sha256(key).digest()[:8])
        row = draft.wrong(rule, why, draft.written(signature=FITS_ALL))
        row["given"]["device_key"] = key.hex()
        rows.append(row)
    return rows


def _with(name: str, value: Any) -> Draft:
    """The post with another value of one field."""
    changed: dict[str, Any] = {name: value}
    return replace(POST, **changed)


def _stub_of(draft: Draft, signature: bytes) -> bytes:
    return draft.written(body=b"", salt=b"", signature=signature)


def vectors() -> list[Row]:
    """`event.json`."""
    return [*_right(), *_broken_shape(), *_broken_body(), *_broken_header(), *_forged()]
