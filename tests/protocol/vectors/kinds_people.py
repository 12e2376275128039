"""Bodies about members, their devices and their own streams, and what the hub signs."""

from typing import Final

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
)

PEOPLE: Final = (
    Sample(
        "profile_field",
        "name value",
        (("city", "Bern\nor near"), ("city",), ("x" * 32, "x" * 2_000)),
        (*text("name", 32), *text("value", 2_000, lines=True)),
        {"value": None},
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

CONVERSATIONS: Final = (
    Sample(
        "conversation",
        "accounts",
        (([ALICE, BOB],), ([ALICE],), ([bytes([n]) * 20 for n in range(32)],)),
        (
            ("accounts", ALICE, "body.many.type"),
            ("accounts", [], "body.many.count"),
            ("accounts", [bytes([n]) * 20 for n in range(33)], "body.many.count"),
            ("accounts", [BOB, ALICE], "body.many.ascending"),
            ("accounts", [ALICE, ALICE], "body.many.ascending"),
            ("accounts", [b"a"], "body.blob"),
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
)

SAMPLES: Final = (*PERSONAL, *PEOPLE, *CONVERSATIONS, *HUB)
