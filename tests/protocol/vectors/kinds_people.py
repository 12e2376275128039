"""Bodies about members, their devices and their own streams, and what the hub signs."""

from typing import Final

from tests.protocol.vectors.by_hand import array
from tests.protocol.vectors.frames import Bad
from tests.protocol.vectors.kinds import (
    LINKS,
    SIGNED,
    TARGETS,
    Sample,
    boolean,
    integer,
    on_off,
    size,
    stream,
    text,
)
from tests.protocol.vectors.values import (
    ALICE,
    BOB,
    DEVICE,
    GARDEN,
    HERS,
    MOST,
    OTHER,
    PRIVATE,
    SIGNATURE,
    TARGET,
)

_HANDLES_BAD: Final[Bad] = tuple(
    ("handle", bad, "body.handle")
    for bad in (
        "",
        "a",
        "a" * 33,
        "Ada",
        "1st",
        "_a",
        "-a",
        "a b",
        "a.b",
        "\u0430da",
        "ad\n",
        None,
        7,
    )
)

PERSONAL: Final = (
    on_off("save", "stream target on", "on", (GARDEN, TARGET), (*stream("stream"), *TARGETS)),
    Sample(
        "read_cursor",
        "stream gen seq",
        ((GARDEN, 1, 12), (b"dir", 0, 0), (PRIVATE, MOST, MOST)),
        (*stream("stream"), *integer("gen", MOST), *integer("seq", MOST)),
    ),
    on_off("block", "account on", "on", (ALICE,), size("account", 20)),
    Sample(
        "mute",
        "stream thread on",
        ((GARDEN, TARGET, False), (GARDEN, None, False), (PRIVATE, TARGET), (HERS,)),
        (*stream("stream"), *size("thread", 16), *boolean("on")),
        {"thread": None, "on": True},
    ),
    on_off("accept", "account on", "on", (BOB,), size("account", 20)),
    Sample(
        "verify",
        "account handle",
        ((BOB, "bob"), (ALICE, "a" * 32), (BOB,)),
        (*size("account", 20), *text("handle", 32)),
        {"handle": None},
    ),
    Sample(
        "device_name",
        "device name",
        ((DEVICE, "the old laptop"), (DEVICE, "x" * 40), (bytes(8),)),
        (*size("device", 8), *text("name", 40)),
        {"name": None},
    ),
    Sample(
        "hub_invite",
        "secret_hash uses hours",
        ((b"h" * 32, 1, 168), (bytes(32), 20, 720), (b"\xff" * 32, 1, 1)),
        (
            *size("secret_hash", 32),
            *integer("uses", 20),
            ("uses", 0, "body.integer"),
            *integer("hours", 720),
            ("hours", 0, "body.integer"),
        ),
    ),
    Sample("hub_invite_revoke", "invite", ((TARGET,), (OTHER,)), size("invite", 16)),
    Sample(
        "report",
        "stream target reason",
        ((GARDEN, TARGET, "spam"), (HERS, OTHER, "x" * 500)),
        (*stream("stream"), *TARGETS, *text("reason", 500, lines=True)),
    ),
    Sample(
        "report_sealed",
        "stream event opening padded reason",
        (
            (PRIVATE, b"event", b"o" * 32, b"p" * 64, "spam"),
            (b"d:" + bytes(16), b"e", bytes(32), bytes(15_872), "x" * 400),
        ),
        (
            *stream("stream"),
            ("stream", GARDEN, "body.report.conversation"),
            ("event", b"", "body.blob"),
            ("event", "event", "body.blob"),
            ("event", b"e" * 16_300, "size"),
            *size("opening", 32),
            ("padded", b"p" * 63, "body.blob"),
            ("padded", b"p" * 15_873, "body.blob"),
            *text("reason", 500, lines=True),
        ),
    ),
)

PEOPLE: Final = (
    Sample(
        "profile_field",
        "name value",
        (("city", "Bern\nor near"), ("city",), ("x" * 32, "x" * 2_000)),
        (*text("name", 32), *text("value", 2_000, lines=True)),
        {"value": None},
    ),
    on_off(
        "consent",
        "purpose on",
        "on",
        ("matching",),
        (
            ("purpose", "feed", "body.choice"),
            ("purpose", "", "body.choice"),
            ("purpose", None, "body.choice"),
        ),
    ),
    Sample(
        "role_grant",
        "account role",
        (*((ALICE, role) for role in ("owner", "admin", "moderator", "member", "bot")),),
        (
            *size("account", 20),
            ("role", "guest", "body.choice"),
            ("role", "", "body.choice"),
            ("role", None, "body.choice"),
        ),
    ),
    Sample("device", "link link_signature", LINKS, SIGNED),
)

_MANY: Final = [bytes([n]) * 20 for n in range(32)]


def _change(seq: int, act: int, *accounts: bytes) -> bytes:
    return array(seq, bytes(32), act, list(accounts))


CONVERSATIONS: Final = (
    Sample(
        "conversation",
        "accounts",
        (([ALICE, BOB],), ([bytes(20), b"\xff" * 20],)),
        (
            ("accounts", ALICE, "body.many.type"),
            ("accounts", [], "body.many.count"),
            ("accounts", [ALICE], "body.many.count"),
            ("accounts", [bytes([n]) * 20 for n in range(3)], "body.many.count"),
            ("accounts", [BOB, ALICE], "body.many.ascending"),
            ("accounts", [ALICE, ALICE], "body.many.ascending"),
            ("accounts", [ALICE, b"b"], "body.blob"),
        ),
    ),
    Sample(
        "group",
        "link members admins",
        (
            (_change(0, 0, ALICE, BOB), [ALICE, BOB], [ALICE]),
            (_change(1_023, 2, ALICE), [], []),
            (_change(5, 1, *_MANY), _MANY, _MANY),
        ),
        (
            ("link", b"", "body.blob"),
            ("link", bytes(2_049), "body.blob"),
            ("link", "link", "body.blob"),
            ("link", b"link", "body.group.link"),
            ("link", _change(0, 0, ALICE) + b"\0", "body.group.link"),
            ("link", array(0, bytes(32), 0), "body.group.link"),
            ("link", _change(0, 0, BOB, ALICE), "body.group.link"),
            ("link", _change(1_024, 1, BOB), "body.group.link"),
            ("link", _change(-1, 1, BOB), "body.group.link"),
            *(
                bad
                for name in ("members", "admins")
                for bad in (
                    (name, ALICE, "body.many.type"),
                    (name, [bytes([n]) * 20 for n in range(33)], "body.many.count"),
                    (name, [BOB, ALICE], "body.many.ascending"),
                    (name, [b"a"], "body.blob"),
                )
            ),
        ),
    ),
)

HUB: Final = (
    Sample(
        "grant",
        "stream floor cause",
        ((GARDEN, 3, TARGET), (b"mod", 0, TARGET), (PRIVATE, MOST, OTHER)),
        (*stream("stream"), *integer("floor", MOST), *size("cause", 16)),
    ),
    Sample(
        "revoke",
        "stream cause",
        ((GARDEN, TARGET), (b"mod", OTHER)),
        (*stream("stream"), *size("cause", 16)),
    ),
    Sample(
        "enrol",
        "link link_signature handle inviter invite",
        (
            (b"link", SIGNATURE, "ada", BOB, TARGET),
            (bytes(2_048), SIGNATURE, "a" * 32),
            (b"x", SIGNATURE, "a-b_9"),
        ),
        (
            *SIGNED,
            *_HANDLES_BAD,
            *size("inviter", 20),
            ("inviter", None, "body.enrol.inviter"),
            *size("invite", 16),
            ("invite", None, "body.enrol.inviter"),
        ),
        {"inviter": None, "invite": None},
    ),
    Sample(
        "bootstrap",
        "key name",
        ((b"k" * 32, "Plot 9"), (bytes(32), "x" * 64)),
        (*size("key", 32), *text("name", 64)),
    ),
    Sample(
        "admit",
        "account link link_signature",
        ((BOB, b"link", SIGNATURE), (bytes(20), bytes(2_048), SIGNATURE)),
        (*size("account", 20), *SIGNED),
    ),
    Sample(
        "reseat",
        "handle account stage reason",
        (
            ("ada", BOB, "announced", "lost\nall devices"),
            ("a" * 32, ALICE, "undone", "x" * 500),
            ("a-b_9", BOB, "done", "x"),
        ),
        (
            *_HANDLES_BAD,
            *size("account", 20),
            ("stage", "begun", "body.choice"),
            ("stage", None, "body.choice"),
            *text("reason", 500, lines=True),
        ),
    ),
)

SAMPLES: Final = (*PERSONAL, *PEOPLE, *CONVERSATIONS, *HUB)
