"""A template gives a new hub channels and first words, so that who comes first is not alone.

Channels are the hub's own acts. Words are not: the hub never speaks as a person. They are posted by
an account made for it, which then becomes a bot and whose key is forgotten.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from hobnob_protocol import chain
from hobnob_protocol.crypto import KEY_BYTES, Ed25519Signer
from hobnob_protocol.event import Author, compose
from hobnob_protocol.frames import Ack, Frame, Join, Push, Pushed
from hobnob_protocol.ids import (
    DIRECTORY,
    EMPTY_HEAD,
    LENGTHS,
    ChannelId,
    EventId,
    ReplicaId,
    StreamId,
    account_id,
    device_id,
    head8,
    target_of,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.channels import ChannelCreate, Purpose
from hobnob_protocol.kinds.membership import Join as JoinChannel
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.kinds.threads import ThreadTitle
from hobnob_protocol.login import sign_request
from hobnob_protocol.registry import STANDARD
from hobnob_server.errors import ConfigError
from hobnob_server.founding import Founded
from hobnob_server.stepping import step
from hobnob_sync.hub_engine.inputs import (
    Gone,
    Input,
    Login,
    MakeInvite,
    Operate,
    Operated,
    Output,
    Received,
    Send,
)

NAMES: Final = ("guild",)
GREETER: Final = "welcome"
"""The handle under which first words are posted."""
RICH: Final = 1e9
"""First words cost no budget."""
_CONN: Final = 1
_SAID: Final = bytes(32)
"""There is no connection, so there is no transcript either: both sides are here."""
_INVITE_MS: Final = 60_000


@dataclass(slots=True)
class _Greeter:
    """The account that posts, while it is made."""

    signer: Ed25519Signer
    author: Author
    sent: int = 0


class Planting:
    """Puts a template into a hub that nobody has joined yet."""

    def __init__(self, founded: Founded, now_ms: int) -> None:
        founded.settings = replace(founded.settings, budget_capacity=RICH)
        self._hub: Final = founded
        self._engine = founded.boot(0)
        self._now_ms: Final = now_ms

    def plant(self, name: str) -> dict[str, int]:
        """All of a template: how many channels and posts it has. StoreFull leaves a part of it."""
        found = tomllib.loads((files("hobnob_server.templates") / f"{name}.toml").read_text())
        streams = {str(row["name"]): self._channel(row) for row in found["channel"]}
        greeter = self._greeter()
        for stream in streams.values():
            if stream not in self._engine.state.held(greeter.author.account):
                self._say(greeter, stream, JoinChannel())
        for row in found["post"]:
            self._post(greeter, streams[row["channel"]], row)
        self._act(DIRECTORY, RoleGrant(greeter.author.account, "bot"))
        self._step([Gone(_CONN)])
        return {"channels": len(streams), "posts": len(found["post"])}

    def invite(self, secret_hash: bytes, ends_ms: int) -> None:
        """The first owner's invite."""
        self._step([MakeInvite(secret_hash, 1, ends_ms, owner=True)])

    # Channels.

    def _channel(self, row: dict[str, Any]) -> StreamId:
        name, purpose = str(row["name"]), str(row["purpose"])
        there = self._engine.state.names.get(name)
        if there is not None:
            self._act(DIRECTORY, Purpose(purpose, ChannelId(there[2:])))
            return there
        channel = ChannelId(self._hub.entropy(LENGTHS["channel"]))
        auto_join = row.get("auto_join") is True
        self._act(DIRECTORY, ChannelCreate(channel, name, purpose, auto_join))
        return self._engine.state.names[name]

    def _act(self, stream: StreamId, body: Body) -> None:
        for output in self._step([Operate(0, stream, body)]):
            if isinstance(output, Operated) and output.refusal is not None:
                raise ConfigError(f"the template does not fit this hub: {output.refusal}")

    # Words.

    def _greeter(self) -> _Greeter:
        hub, entropy = self._hub.hub, self._hub.entropy
        signer = Ed25519Signer(entropy(KEY_BYTES))
        link, signature = chain.genesis(signer, hub, self._now_ms // 1_000)
        secret = entropy(KEY_BYTES)
        wish = Join(secret, link, signature, GREETER, None, ReplicaId(entropy(8)), bytes(64))
        self._step([MakeInvite(_hash(secret), 1, self._now_ms + _INVITE_MS)])
        self._step([Login(_CONN, sign_request(_SAID, wish, signer), _SAID)])
        author = Author(account_id(link), device_id(signer.public_key), signer.public_key)
        if self._engine.state.accounts.chain(author.account) is None:
            raise ConfigError(f"somebody is called {GREETER} already")
        return _Greeter(signer, author)

    def _post(self, greeter: _Greeter, stream: StreamId, row: dict[str, Any]) -> None:
        said = self._say(greeter, stream, Post(str(row["text"]).strip()))
        if "title" in row:
            self._say(greeter, stream, ThreadTitle(target_of(said), str(row["title"])))

    def _say(self, greeter: _Greeter, stream: StreamId, body: Body) -> EventId:
        greeter.sent += 1
        number, data = STANDARD.encode(body)
        event, event_id = compose(
            self._hub.hub,
            stream,
            greeter.author,
            greeter.signer,
            number,
            data,
            greeter.sent,
            0,
            head8(EMPTY_HEAD),
            self._now_ms // 1_000,
            self._hub.entropy(16),
        )
        push = Push((Pushed(greeter.sent, stream, event),))
        for frame in self._heard([Received(_CONN, push, len(event))]):
            if isinstance(frame, Ack) and frame.answers[0].status:
                raise ConfigError(f"the template does not fit this hub: {frame.answers[0].code}")
        return event_id

    # The engine.

    def _heard(self, batch: Sequence[Input]) -> list[Frame]:
        return [output.frame for output in self._step(batch) if isinstance(output, Send)]

    def _step(self, batch: Sequence[Input]) -> tuple[Output, ...]:
        step(self._engine, self._hub.store, batch, self._now_ms)
        return self._engine.committed()


def _hash(secret: bytes) -> bytes:
    return sha256(secret).digest()
