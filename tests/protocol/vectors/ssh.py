"""Signatures by SSH keys of each sort, and each rule of them broken; some are ssh-keygen's own."""

from base64 import b64decode
from typing import Final

from tests.protocol.vectors.people import IDENTITY, Person
from tests.protocol.vectors.rows import Row, invalid, valid
from tests.protocol.vectors.ssh_holders import (
    CURVE,
    DESK,
    OLD,
    OTHER_DESK,
    P,
    Q,
    Rsa,
    number,
    security,
    text,
    wrapped,
)

SAID: Final = b"what an account says"
KEYGEN: Final = (
    (
        "ed25519 by ssh-keygen",
        "AAAAC3NzaC1lZDI1NTE5AAAAIGYRpgWG0Ap9jyYGKs8Y2TVpTqsuQlLPkeMsb2ykkoZd",
        "AAAAC3NzaC1lZDI1NTE5AAAAQGgiCkXEnsyK5YpaEPUfKs915Y0yOm7oWu9hmwM4sFZ6fngiulQUwKqcAV/Alvyb"
        "/HCLIAPr7zWnOVlOVmN5GgA=",
    ),
    (
        "ecdsa by ssh-keygen",
        "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBDjPOX7Ha0jynqXCjG+YJOmVvNot"
        "4AebO8w4/iGipMRnYffjmQObEAMRKMGyqysBGRwXIpUtY4DsaXlHEsMj1as=",
        "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAABIAAAAIEiaFWN8mRMrsfGiFNFSg7HQ8AbqhO8mwr9nj2Wi"
        "RaKzAAAAIFoAl6gIKDcPBGCFVQyf0gJdzXRoOhJbGxwdUuPmfwBf",
    ),
)
"""`ssh-keygen -Y sign -n hobnob-chain@v1` over `SAID`: the key, and the signature in its armour."""


def row(name: str, key: bytes, signature: bytes, counter: int = 0, message: bytes = SAID) -> Row:
    """A signature that counts."""
    told = {"key": key.hex(), "namespace": "hobnob-chain@v1", "message": message.hex()}
    return valid(name, signature, **told, counter=counter)


def wrong(breaks: str, why: str, key: bytes, signature: bytes, message: bytes = SAID) -> Row:
    """One that breaks this rule."""
    told = {"key": key.hex(), "namespace": "hobnob-chain@v1", "message": message.hex()}
    return invalid("ssh", signature, breaks, why, **told)


def _right() -> list[Row]:
    said = wrapped(SAID)
    touch = security(7)
    return [
        row("ed25519", DESK.public_key, DESK.sign(said)),
        row("ecdsa", CURVE.public_key, CURVE.sign(said)),
        row("rsa by sha-512", OLD.public_key, OLD.sign(said)),
        row("rsa by sha-256", OLD.public_key, Rsa(b"rsa-sha2-256").sign(said)),
        row("a security key", touch.public_key, touch.sign(said), 7),
        row("with a pin as well", touch.public_key, security(8, 5).sign(said), 8),
        *(row(name, b64decode(key), b64decode(signature)) for name, key, signature in KEYGEN),
    ]


def _broken_keys() -> list[Row]:
    good = DESK.sign(wrapped(SAID))
    name, point = text(b"ssh-ed25519"), DESK.person.key
    curve = text(b"ecdsa-sha2-nistp256")
    rsa = text(b"ssh-rsa")
    touch = security(application=b"https://bank.example")
    long = security(application=b"ssh:" + bytes(125))
    off = CURVE.point[:-1] + bytes((CURVE.point[-1] ^ 1,))
    return [
        wrong("ssh.bytes", "no key", b"", good),
        wrong("ssh.bytes", "a key that is cut", DESK.public_key[:-1], good),
        wrong("ssh.bytes", "a byte behind the key", DESK.public_key + b"\0", good),
        wrong("ssh.sort", "DSA", text(b"ssh-dss") + number(P) * 2, good),
        wrong("ssh.sort", "a certificate", text(b"ssh-ed25519-cert-v01@openssh.com"), good),
        wrong("ssh.sort", "P-384", text(b"ecdsa-sha2-nistp384"), good),
        wrong("ssh.key", "of order 1", name + text(IDENTITY), good),
        wrong("ssh.key", "31 bytes", name + text(point[:31]), good),
        wrong("ssh.key", "769 bytes", bytes(769), good),
        wrong("ssh.key", "another curve's name", curve + text(b"nistp384") + text(off), good),
        wrong("ssh.key", "off its curve", curve + text(b"nistp256") + text(off), good),
        wrong("ssh.key", "compressed", curve + text(b"nistp256") + text(b"\2" + off[1:33]), good),
        wrong("ssh.key", "x of a hybrid", curve + text(b"nistp256") + text(b"\6" + off[1:]), good),
        wrong("ssh.key", "RSA of 2,048 bits", rsa + number(65_537) + number(2**2048 - 1), good),
        wrong("ssh.key", "RSA of 4,097 bits", rsa + number(65_537) + number(2**4096 + 1), good),
        wrong("ssh.key", "RSA's modulus is even", rsa + number(65_537) + number(P * Q - 1), good),
        wrong("ssh.key", "RSA's exponent is 3", rsa + number(3) + number(P * Q), good),
        wrong("ssh.key", "RSA's exponent is even", rsa + number(65_538) + number(P * Q), good),
        wrong("ssh.key", "RSA's exponent is long", rsa + number(2**32 + 1) + number(P * Q), good),
        wrong("ssh.bytes", "RSA's exponent is 0", rsa + text(b"") + number(P * Q), good),
        wrong("ssh.bytes", "a zero before it", rsa + text(b"\0\1\0\1") + number(P * Q), good),
        wrong("ssh.bytes", "it is negative", rsa + text(b"\xff") + number(P * Q), good),
        wrong("ssh.application", "of the web", touch.public_key, touch.sign(wrapped(SAID))),
        wrong("ssh.application", "129 bytes", long.public_key, long.sign(wrapped(SAID))),
    ]


def _broken_signatures() -> list[Row]:
    said = wrapped(SAID)
    key, good = DESK.public_key, DESK.sign(said)
    touch = security()
    flipped = good[:-64] + bytes((good[-64] ^ 1,)) + good[-63:]
    raw = OLD.sign(said).removeprefix(text(b"rsa-sha2-512"))
    halves = CURVE.sign(said)[23 + 4 :]
    untouched = security(flags=4)
    counted = security().sign(said)
    return [
        wrong("ssh.signature", "another message", key, good, SAID + b"."),
        wrong("ssh.signature", "another key", OTHER_DESK.public_key, good),
        wrong("ssh.signature", "one bit differs", key, flipped),
        wrong("ssh.signature", "in the namespace of files", key, DESK.sign(wrapped(SAID, b"file"))),
        wrong("ssh.signature", "in that of git", key, DESK.sign(wrapped(SAID, b"git"))),
        wrong("ssh.signature", "the message itself", key, DESK.sign(SAID)),
        wrong("ssh.algorithm", "RSA by SHA-1", OLD.public_key, text(b"ssh-rsa") + raw),
        wrong("ssh.algorithm", "another sort's", key, touch.sign(said)),
        wrong("ssh.algorithm", "a key without a touch", touch.public_key, good),
        wrong("ssh.bytes", "63 bytes", key, text(b"ssh-ed25519") + text(good[-63:])),
        wrong("ssh.bytes", "none", key, b""),
        wrong("ssh.bytes", "a byte behind it", key, good + b"\0"),
        wrong("ssh.signature", "RSA, another hash", OLD.public_key, text(b"rsa-sha2-256") + raw),
        wrong("ssh.signature", "RSA, cut", OLD.public_key, text(b"rsa-sha2-512") + text(raw[4:-1])),
        wrong("ssh.signature", "ECDSA, another message", CURVE.public_key, CURVE.sign(SAID)),
        wrong(
            "ssh.bytes",
            "ECDSA, a third number",
            CURVE.public_key,
            text(b"ecdsa-sha2-nistp256") + text(halves + number(1)),
        ),
        wrong("ssh.presence", "nobody touched it", untouched.public_key, untouched.sign(said)),
        wrong(
            "ssh.signature",
            "its counter was changed",
            touch.public_key,
            counted[:-1] + b"\2",
        ),
        wrong(
            "ssh.signature",
            "its flags were changed",
            untouched.public_key,
            untouched.sign(said)[:-5] + b"\1" + bytes((0, 0, 0, 2)),
        ),
        wrong("ssh.bytes", "no counter", touch.public_key, counted[:-4]),
        wrong("ssh.bytes", "more than a counter", touch.public_key, counted + b"\0"),
        wrong(
            "ssh.signature",
            "signed for another application",
            touch.public_key,
            security(application=b"ssh:work").sign(said),
        ),
        wrong(
            "ssh.signature",
            "another key of that sort",
            text(b"sk-ssh-ed25519@openssh.com") + text(Person(b"s" * 32).key) + text(b"ssh:"),
            counted,
        ),
    ]


def vectors() -> list[Row]:
    """`ssh.json`."""
    return [*_right(), *_broken_keys(), *_broken_signatures()]
