"""A hub that shows each device what it likes, with a member and all their devices at its command.

It reorders, drops, doubles and breaks what it carries, moves it between conversations, gives it to
other authors, hides revocations and removals, serves old seal records and others' as one's own,
shows two histories of its accomplice's account, and lets the accomplice sign whatever was made of
what others have sealed.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Final

from hobnob_protocol import chain as chains
from hobnob_protocol.codec import encode
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import AccountId, ConversationId, DeviceId, DeviceKey
from hobnob_protocol.sealing.body import (
    KIND,
    Message,
    Start,
    decode_body,
    encode_message,
    encode_start,
    message_header,
)
from hobnob_protocol.testing.keyed import KeyedSigner
from tests.simulation.sealing.replica import VERIFIER, Replica
from tests.simulation.sealing.truth import HUB, Carried, HonestHub, Link, Record, Room, Shown, Truth
from tests.simulation.sealing.world import Person, World

Forgery = Callable[[Random, "Start | Message", "Start | Message"], bytes]


def _passed_on(_rng: Random, one: Start | Message, _other: Start | Message) -> bytes:
    """What somebody sealed, signed as one's own."""
    return _encoded(one)


def _other_session(rng: Random, one: Start | Message, other: Start | Message) -> bytes:
    """Under the name of another session."""
    del rng
    if isinstance(one, Start):
        return encode_start(replace(one, sid=other.sid))
    header = message_header(other.sid, other.roster, one.index, one.salt, one.commitment)
    return encode_message(header, one.sealed)


def _as_the_other_form(rng: Random, one: Start | Message, _other: Start | Message) -> bytes:
    """A wrapped key as a message, or a text as a wrapped key."""
    if isinstance(one, Start):
        header = message_header(one.sid, one.roster, 0, rng.randbytes(16), rng.randbytes(32))
        return encode_message(header, one.slices[0].wrapped)
    wrapped = (one.sealed * 20)[:1168]
    return encode((one.header, ((b"d" * 8, b"k" * 8, wrapped),)))


def _ghost(rng: Random, one: Start | Message, _other: Start | Message) -> bytes:
    """With a slice for a device that nobody has."""
    if not isinstance(one, Start):
        return _encoded(one)
    slices = list(one.slices)
    slices[-1] = slices[-1]._replace(device=DeviceId(rng.randbytes(8)))
    return encode_start(replace(one, slices=tuple(sorted(slices))))


def _swapped_slices(_rng: Random, one: Start | Message, other: Start | Message) -> bytes:
    """With the wrapped keys of another start."""
    if not isinstance(one, Start) or not isinstance(other, Start):
        return _encoded(one)
    pairs = zip(one.slices, other.slices, strict=False)
    swapped = tuple(mine._replace(wrapped=theirs.wrapped) for mine, theirs in pairs)
    return encode_start(replace(one, slices=swapped))


def _false_heads(rng: Random, one: Start | Message, _other: Start | Message) -> bytes:
    """Claiming to know another history, or a longer one."""
    if not isinstance(one, Start):
        return _encoded(one)
    heads = list(one.claim.heads)
    at = rng.randrange(len(heads))
    account, links, _ = heads[at]
    heads[at] = (account, links + rng.randrange(2), rng.randbytes(32))
    return encode_start(replace(one, claim=one.claim._replace(heads=tuple(heads))))


def _another_index(rng: Random, one: Start | Message, _other: Start | Message) -> bytes:
    """Of another place in its session, near or far."""
    if not isinstance(one, Message):
        return _encoded(one)
    index = rng.choice((one.index + 1, one.index + 2_000, 0))
    header = message_header(one.sid, one.roster, index, one.salt, one.commitment)
    return encode_message(header, one.sealed)


FORGERIES: Final[dict[str, Forgery]] = {
    "passed on": _passed_on,
    "other session": _other_session,
    "other form": _as_the_other_form,
    "ghost": _ghost,
    "swapped slices": _swapped_slices,
    "false heads": _false_heads,
    "another index": _another_index,
}
"""What the accomplice makes of two bodies that others have sent, before signing it."""


def _encoded(body: Start | Message) -> bytes:
    if isinstance(body, Start):
        return encode_start(body)
    return encode_message(body.header, body.sealed)


class EvilHub(HonestHub):
    """Shows each device something of its own."""

    def __init__(self, truth: Truth, rng: Random, accomplice: Person, world: "EvilWorld") -> None:
        super().__init__(truth)
        self.rng = rng
        self.accomplice = accomplice
        self.world = world
        self.cursors: dict[tuple[DeviceKey, ConversationId], int] = {}
        self.hidden: dict[DeviceKey, AccountId] = {}
        self.forked: list[Link] = []
        self.shown_fork: dict[DeviceKey, bool] = {}

    def show(self, who: DeviceKey, links: int, held: dict[ConversationId, int]) -> Shown:
        """Something for `who`, made of the truth."""
        return Shown(
            self._links(who),
            self._records(),
            {room.conversation: self._changes(room) for room in self.truth.rooms},
            {room.conversation: self._events(who, room) for room in self.truth.rooms},
        )

    def _links(self, who: DeviceKey) -> list[Link]:
        """Some of the links in order: the last may be missing, or all of an account whose
        revocations are to be hidden; the accomplice's account in one of its two histories."""
        rng = self.rng
        cut = len(self.truth.links) - rng.choice((0, 0, 0, 1, 3))
        links = self.truth.links[: max(cut, 0)]
        if rng.random() < 0.02:
            self.hidden[who] = rng.choice(links).account
        elif rng.random() < 0.1:
            self.hidden.pop(who, None)
        hidden = self.hidden.get(who)
        if self.shown_fork.setdefault(who, rng.random() < 0.3):
            links = [*self.forked, *links]
        found = [link for link in links if link.account != hidden or rng.random() < 0.02]
        if rng.random() < 0.05 and found:
            at = rng.randrange(len(found))
            account, link, signature = found[at]
            found.insert(at, Link(account, self._broken(link), signature))
        return found

    def fork(self) -> None:
        """The accomplice's account grows by another link than the one that others are shown."""
        chain = self.accomplice.chain
        if self.forked or chain.links > 100:
            return
        signer = KeyedSigner(self.rng.randbytes(16))
        link, signature = chains.add(chain, self.accomplice.replicas[0].signer, signer, 1)
        chains.extend(chain, link, signature, HUB, VERIFIER)
        own = [each for each in self.truth.links if each.account == chain.account]
        self.forked = [*own, Link(chain.account, link, signature)]
        self.world.add_device(self.accomplice)
        self.world.seen["evil: forked an account"] += 1

    def _records(self) -> list[Record]:
        """For each device one of its records, old or new, broken, or under another's name."""
        rng = self.rng
        found: list[Record] = []
        for record in self.truth.newest().values():
            chance = rng.random()
            if chance < 0.05:
                continue
            if chance < 0.15:
                old = [each for each in self.truth.records if each.device == record.device]
                record = rng.choice(old)
            elif chance < 0.2:
                record = record._replace(data=self._broken(record.data))
            elif chance < 0.25:
                record = record._replace(device=rng.choice(self.truth.records).device)
            found.append(record)
        return found

    def _changes(self, room: Room) -> list[Carried]:
        """The changes of a group up to some point, so that the last removal may be hidden."""
        cut = len(room.changes) - self.rng.choice((0, 0, 0, 1, 2))
        return room.changes[: max(cut, 0)]

    def _events(self, who: DeviceKey, room: Room) -> list[Carried]:
        """What comes next of a conversation, and what was made of it."""
        rng = self.rng
        first = self.cursors.get((who, room.conversation), 0)
        last = min(len(room.log), first + rng.randrange(1, 12))
        self.cursors[who, room.conversation] = last
        found = [carried for carried in room.log[first:last] if rng.random() > 0.05]
        rng.shuffle(found)
        pool = [carried for each in self.truth.rooms for carried in each.log]
        for _ in range(rng.randrange(3) if pool else 0):
            found.insert(rng.randrange(len(found) + 1), self._made(room, pool))
        return found

    def _made(self, room: Room, pool: list[Carried]) -> Carried:
        """One event that was never sent so."""
        rng = self.rng
        one, other = rng.choice(pool), rng.choice(pool)
        chance = rng.random()
        if chance < 0.15:
            self.world.seen["evil: shown again or elsewhere"] += 1
            return one
        if chance < 0.3:
            self.world.seen["evil: given to another"] += 1
            return Carried(one.event, other.author)
        if chance < 0.4:
            self.world.seen["evil: broken"] += 1
            return Carried(self._broken(one.event), one.author)
        name, forge = rng.choice(list(FORGERIES.items()))
        self.world.seen[f"evil: {name}"] += 1
        body = forge(rng, _body(one), _body(other))
        replica = rng.choice(self.accomplice.replicas)
        return Carried(replica.event(room, body, 1, rng, KIND), replica.me)

    def _broken(self, data: bytes) -> bytes:
        at = self.rng.randrange(len(data))
        return data[:at] + bytes((data[at] ^ 1 << self.rng.randrange(8),)) + data[at + 1 :]


def _body(carried: Carried) -> Start | Message:
    return decode_body(decode_event(carried.event).body)


class EvilWorld(World):
    """A world whose hub lies. Its third member helps it."""

    def __init__(self, seed: int, device: type[Replica] = Replica) -> None:
        super().__init__(seed, device)
        self.accomplice = self.people[2]
        self.hub = self.liar = EvilHub(self.truth, self.rng, self.accomplice, self)

    @property
    def untrusted(self) -> frozenset[DeviceKey]:
        """Whatever these say is theirs to say."""
        if not hasattr(self, "accomplice"):
            return frozenset()
        return frozenset(replica.me.key for replica in self.accomplice.replicas)

    def step(self) -> None:
        """One thing happens; rarely the hub forks the accomplice's account."""
        if self.rng.random() < 0.01:
            self.liar.fork()
        super().step()

    def settle(self) -> None:
        """Nothing is owed to anybody here; all see once more what they see."""
        for replica in self.replicas:
            self.sync(replica)
