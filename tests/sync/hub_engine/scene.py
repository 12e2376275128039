"""Members who talk to a hub: who joins, what they say, what they follow, and what they hear."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from hobnob_protocol import chain
from hobnob_protocol.event import Author, compose, decode_event, event_id
from hobnob_protocol.frames import (
    Ack,
    Acked,
    Auth,
    Back,
    Credit,
    Frame,
    Join,
    Offer,
    OfferAck,
    OfferAnswer,
    Offered,
    Open,
    Opened,
    OpenStream,
    Push,
    Pushed,
)
from hobnob_protocol.ids import (
    DIRECTORY,
    EMPTY_HEAD,
    PEOPLE,
    AccountId,
    ChannelId,
    DeviceId,
    EventId,
    Head,
    ReplicaId,
    StreamId,
    TargetId,
    account_id,
    channel_stream,
    device_id,
    head8,
    target_of,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.membership import Join as JoinBody
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.people import DeviceLink
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.login import sign_request
from hobnob_protocol.nouns import GrantValue
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_sync.hub_engine.inputs import (
    HubSettings,
    Login,
    MakeInvite,
    Received,
)
from hobnob_sync.hub_engine.session import Session
from tests.sync.hub_engine.process import RICH, F
from tests.sync.hub_engine.stored import Stored

SAID: Final = bytes(32)
"""The transcript of every connection here."""
SECRET: Final = b"secret"
OWNER_SECRET: Final = b"secret of an owner"
INVITES_END_MS: Final = 1_000_000_000
REPLICA: Final = ReplicaId(b"replica!")


@dataclass(eq=False, slots=True)
class Member:
    """One device of somebody, and the connection it is on."""

    name: str
    signer: KeyedSigner
    account: AccountId
    conn: int
    replica: ReplicaId = REPLICA
    author_seq: int = 0
    push_no: int = 0

    @property
    def device(self) -> DeviceId:
        """The id of the device."""
        return device_id(self.signer.public_key)

    @property
    def author(self) -> Author:
        """Who signs."""
        return Author(self.account, self.device, self.signer.public_key)


class Hub(Stored):
    """A hub with an invite for members and one for owners."""

    def __init__(self, settings: HubSettings = RICH) -> None:
        super().__init__(settings)
        for secret, owner in ((SECRET, False), (OWNER_SECRET, True)):
            self.step([MakeInvite(sha256(secret).digest(), 1_000, INVITES_END_MS, owner)])

    def session(self, member: Member) -> Session:
        """What the hub keeps of a member's connection."""
        return self.engine.sessions.by_conn[member.conn]

    def take(self, member: Member, kind: type[F]) -> list[F]:
        """The frames of one kind among what a member has heard since it was asked last."""
        return [frame for frame in self.sent(member.conn) if isinstance(frame, kind)]

    def bye(self, member: Member) -> str | None:
        """Why a member's connection was ended, or None."""
        found = self.byes.get(member.conn)
        return None if found is None else found.code

    # People.

    def stranger(self, name: str) -> Member:
        """Somebody with a key and no account yet."""
        signer = KeyedSigner(name.encode())
        link, _ = chain.genesis(signer, self.name, 0)
        return Member(name, signer, account_id(link), self.connection())

    def connection(self) -> int:
        """The number of a new connection."""
        self.conns += 1
        return self.conns

    def wish(self, member: Member, invite: bytes = SECRET) -> Join:
        """The JOIN that should let somebody in."""
        link, signature = chain.genesis(member.signer, self.name, 0)
        unsigned = Join(invite, link, signature, member.name, None, member.replica, bytes(64))
        return sign_request(SAID, unsigned, member.signer)

    def member(self, name: str, invite: bytes = SECRET) -> Member:
        """Somebody who has just joined; what they were told first is not kept."""
        found = self.stranger(name)
        self.step([Login(found.conn, self.wish(found, invite), SAID)])
        assert found.conn not in self.byes, self.byes
        self.sent(found.conn)
        return found

    def owner(self, name: str = "olga") -> Member:
        """An owner of the hub."""
        return self.member(name, OWNER_SECRET)

    def promoted(self, owner: Member, name: str, role: str) -> Member:
        """Somebody new to whom an owner gives a role."""
        found = self.member(name)
        self.say(owner, DIRECTORY, RoleGrant(found.account, role))
        return found

    def auth(self, member: Member, digest: bytes | None = None) -> Auth:
        """The AUTH of a device, with the digest of what it holds."""
        epoch = self.engine.state.epoch if digest is not None else None
        unsigned = Auth(
            member.account, member.device, None, member.replica, epoch, digest, bytes(64)
        )
        return sign_request(SAID, unsigned, member.signer)

    def login(self, member: Member, digest: bytes | None = None) -> None:
        """A device comes on a new connection."""
        member.conn = self.connection()
        self.step([Login(member.conn, self.auth(member, digest), SAID)])

    def second_device(self, member: Member, name: str, manage: bool = True) -> Member:
        """Another device of somebody, added and logged in."""
        signer = KeyedSigner(name.encode())
        self.say(member, PEOPLE, self.device_link(member, signer, manage))
        found = Member(member.name, signer, member.account, 0)
        self.login(found)
        self.sent(found.conn)
        return found

    def device_link(self, member: Member, added: KeyedSigner, manage: bool = True) -> DeviceLink:
        """The link by which somebody adds a device."""
        present = self.engine.state.accounts.chain(member.account)
        assert present is not None
        return DeviceLink(*chain.add(present, member.signer, added, 0, manage))

    def revocation(self, member: Member, device: DeviceId) -> DeviceLink:
        """The link by which somebody ends a device of theirs."""
        present = self.engine.state.accounts.chain(member.account)
        assert present is not None
        return DeviceLink(*chain.revoke(present, member.signer, device, 0))

    # Saying.

    def compose(
        self, member: Member, stream: StreamId, body: Body, seen: tuple[int, Head] = (0, EMPTY_HEAD)
    ) -> bytes:
        """An event as its author's device makes it."""
        number, data = self.registry.encode(body)
        return self.signed(member, stream, number, data, seen)

    def signed(
        self,
        member: Member,
        stream: StreamId,
        kind: int,
        data: bytes,
        seen: tuple[int, Head] = (0, EMPTY_HEAD),
    ) -> bytes:
        """An event of any kind with any body."""
        member.author_seq += 1
        return compose(
            self.name,
            stream,
            member.author,
            member.signer,
            kind,
            data,
            member.author_seq,
            seen[0],
            head8(seen[1]),
            self.now_ms // 1_000,
            self.entropy(16),
        )[0]

    def pushed(self, member: Member, stream: StreamId, data: bytes | Body) -> Pushed:
        """An event under the device's next number."""
        member.push_no += 1
        event = data if isinstance(data, bytes) else self.compose(member, stream, data)
        return Pushed(member.push_no, stream, event)

    def receive(self, member: Member, frame: Frame) -> None:
        """A frame comes from a member."""
        self.step([Received(member.conn, frame, 1)])

    def push(self, member: Member, *events: Pushed) -> tuple[Acked, ...]:
        """A PUSH and its answers; what else the member hears is kept."""
        self.receive(member, Push(events))
        return self.acked(member)[0].answers

    def acked(self, member: Member) -> list[Ack]:
        """The answers to pushes a member has heard, in order; what else was heard is kept."""
        heard = self.heard.get(member.conn, [])
        self.heard[member.conn] = [frame for frame in heard if not isinstance(frame, Ack)]
        return [frame for frame in heard if isinstance(frame, Ack)]

    def say(self, member: Member, stream: StreamId, body: Body) -> Acked:
        """One event, pushed: its answer."""
        (answer,) = self.push(member, self.pushed(member, stream, body))
        return answer

    def told(self, member: Member, stream: StreamId, body: Body) -> TargetId:
        """One event that enters the log: its name."""
        pushed = self.pushed(member, stream, body)
        (answer,) = self.push(member, pushed)
        assert answer.status == 0, answer
        return target_of(self.id_of(member, pushed))

    def why(self, member: Member, stream: StreamId, said: bytes | Body) -> str:
        """Why the hub refuses an event, "" if it does not."""
        (answer,) = self.push(member, self.pushed(member, stream, said))
        assert answer.push_no == member.push_no
        assert answer.status == (1 if answer.code else 0)
        return answer.code

    def name_of(self, member: Member, pushed: Pushed) -> TargetId:
        """The name of somebody's event."""
        return target_of(self.id_of(member, pushed))

    def id_of(self, member: Member, pushed: Pushed | Offered) -> EventId:
        """The id of somebody's event."""
        return self.named(member, pushed.stream, pushed.event)

    def named(self, member: Member, stream: StreamId, data: bytes) -> EventId:
        """The id of the bytes somebody signed."""
        header = decode_event(data).header_bytes
        return event_id(self.name, stream, member.author, header)

    def fill(self, member: Member, stream: StreamId, count: int, text: str = "x") -> None:
        """So many posts in one commit."""
        self.push(member, *[self.pushed(member, stream, Post(text)) for _ in range(count)])

    def offer(
        self, member: Member, *events: tuple[StreamId, bytes], done: bool = False
    ) -> tuple[OfferAnswer, ...]:
        """An OFFER and its answers; what else was heard is dropped."""
        offered = tuple(Offered(stream, 1, 1, event) for stream, event in events)
        self.receive(member, Offer(offered, done))
        (answer,) = self.take(member, OfferAck)
        return answer.answers

    # Streams.

    def channel(self, member: Member, name: str, history: str = "all") -> StreamId:
        """A new public channel, its creator in it."""
        channel = ChannelId(sha256(name.encode()).digest()[:16])
        self.told(member, DIRECTORY, ChannelCreate(channel, name, history=history))
        return channel_stream(channel)

    def private(self, member: Member, name: str, history: str = "all") -> StreamId:
        """A new private channel, its creator in it."""
        channel = ChannelId(sha256(name.encode()).digest()[:16])
        stream = channel_stream(channel)
        self.told(member, stream, ChannelCreate(channel, name, history=history))
        return stream

    def join(self, member: Member, stream: StreamId) -> None:
        """A member joins a channel."""
        self.told(member, stream, JoinBody())

    def grant(self, member: Member, stream: StreamId) -> GrantValue | None:
        """The right a member has to a stream."""
        return self.engine.state.held(member.account).get(stream)

    def open_stream(
        self, member: Member, stream: StreamId, seq: int = 0, tail: int = 50
    ) -> OpenStream:
        """The wish to follow a stream by the right the member has."""
        grant = self.grant(member, stream)
        assert grant is not None
        return OpenStream(stream, grant.grant, seq, head8(self.head(stream, seq)), tail)

    def open(self, member: Member, *wishes: OpenStream) -> list[Opened]:
        """An OPEN and its answers; pages that come at once are kept."""
        self.receive(member, Open(wishes))
        heard = self.heard.get(member.conn, [])
        self.heard[member.conn] = [frame for frame in heard if not isinstance(frame, Opened)]
        return [frame for frame in heard if isinstance(frame, Opened)]

    def follow(self, member: Member, stream: StreamId) -> None:
        """A member follows a stream from its head on."""
        seq = self.engine.state.streams[stream].seq
        (opened,) = self.open(member, self.open_stream(member, stream, seq))
        assert opened.status == 0, opened

    def back(self, member: Member, stream: StreamId, before_seq: int, limit: int) -> None:
        """A member asks for history."""
        grant = self.grant(member, stream)
        assert grant is not None
        self.receive(member, Back(stream, grant.grant, before_seq, limit))

    def credit(self, member: Member, size_bytes: int) -> None:
        """A member has taken in so much."""
        self.receive(member, Credit(size_bytes))


def talking(count: int) -> tuple[Hub, Member]:
    """A hub whose first channel holds so many posts beside its beginnings, and who wrote them."""
    hub = Hub()
    alice = hub.member("alice")
    for start in range(0, count, 60):
        hub.fill(alice, hub.general, min(60, count - start))
    return hub, alice
