"""Random logs over every kind of a registry: what the fold's laws are tried on.

Bodies are made from a small pool of values, each field taking what its own check lets pass, so a
kind that is added is tried without anybody naming it. Few targets and accounts make collisions.
"""

from hashlib import sha256
from random import Random
from typing import Final

from hobnob_protocol.bodies import layout_of
from hobnob_protocol.codec import encode
from hobnob_protocol.ids import (
    AccountId,
    ChannelId,
    DeviceId,
    EventId,
    TargetId,
    channel_stream,
)
from hobnob_protocol.kind import Body, Fact, Kind
from hobnob_protocol.registry import STANDARD, Registry

STREAM: Final = channel_stream(ChannelId(b"c" * 16))
ACCOUNTS: Final = tuple(AccountId(letter * 20) for letter in (b"a", b"b", b"c"))
_VALUES: Final = (
    None, True, False, 0, 1, 2, 7, "+", "-", "yes", "no", "name", "all", "from_join", "member",
    "moderator", "some words", "handle", (), (0,), (1,), ("yes", "no"), (ACCOUNTS[0],), ACCOUNTS,
    *(encode((seq, bytes(32), 1, ACCOUNTS[:1])) for seq in (0, 1, 2)),
    STREAM, b"u:" + ACCOUNTS[1], ChannelId(b"c" * 16), *ACCOUNTS, bytes(32), bytes(64),
)  # fmt: skip


def story(rng: Random, length: int, registry: Registry = STANDARD) -> tuple[Fact, ...]:
    """A log of so many events, seqs from 1: messages first and mostly, then acts upon them."""
    kinds = tuple(registry)
    roots = tuple(kind for kind in kinds if kind.root)
    facts: list[Fact] = []
    targets: list[TargetId] = []
    for seq in range(1, length + 1):
        kind = rng.choice(roots if not targets or rng.random() < 0.25 else kinds)
        event = EventId(sha256(rng.randbytes(8)).digest())
        account = rng.choice(ACCOUNTS)
        body = _body(rng, kind, targets[-4:])
        facts.append(
            Fact(STREAM, seq, seq * 10, event, account, DeviceId(account[:8]), kind.number, 0, body)
        )
        if kind.root:
            targets.append(TargetId(event[:16]))
    return tuple(facts)


def _body(rng: Random, kind: Kind, targets: list[TargetId]) -> Body | None:
    """A body of this kind; None for an opaque one, and where the pool makes none."""
    if kind.opaque:
        return None
    layout = layout_of(kind.body)
    pool = (*targets, *targets, *_VALUES)
    for _ in range(8):
        values: list[object] = []
        for name, check in zip(layout.names, layout.checks, strict=True):
            own = targets if name == kind.target and targets else pool
            fitting = [value for value in own if not check(value)]
            if not fitting:
                return None
            values.append(rng.choice(fitting))
        body = kind.body(*values)
        if not body.contradiction():
            return body
    return None


def any_body(rng: Random, kind: Kind) -> Body | None:
    """Some body of this kind, or None where the pool makes none."""
    return _body(rng, kind, [TargetId(b"t" * 16), TargetId(b"u" * 16)])


def stubbed(fact: Fact) -> Fact:
    """The event after its body was erased."""
    return Fact(
        fact.stream,
        fact.seq,
        fact.at_ms,
        fact.event,
        fact.account,
        fact.device,
        fact.kind,
        fact.ts_seconds,
        None,
    )
