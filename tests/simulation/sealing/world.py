"""A world: members with devices, a conversation of two, a group, and what befalls them.

Two promises are kept by every step of every world. *Safety*, whatever the hub does: what a replica
opens was said there by the device whose name it bears, and was sealed to this device. *Liveness*,
where the hub is honest: in the end every device has opened what it was entitled to, and no other.
"""

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Final

from hobnob_protocol import chain as chains
from hobnob_protocol.account import Chain
from hobnob_protocol.errors import ForkError, HobnobError, SealAwaits
from hobnob_protocol.event import Author
from hobnob_protocol.ids import (
    AccountId,
    ConversationId,
    DeviceKey,
    device_id,
    direct_conversation,
    group_conversation,
)
from hobnob_protocol.limits import DEVICES_MAX, SEAL_KEY_SECONDS, UNSEEN_SECONDS
from hobnob_protocol.sealing.group import ADD, REMOVE, Group, extend_group, founding
from hobnob_protocol.sealing.keeping import Stored
from hobnob_protocol.sealing.record import decode_record
from hobnob_protocol.testing.keyed import KeyedSigner
from tests.simulation.sealing.replica import CHANGE_KIND, VERIFIER, Disk, Replica
from tests.simulation.sealing.truth import HUB, Carried, HonestHub, Link, Room, Sent, Truth

BEGIN: Final = 1_800_000_000
HOUR: Final = 3_600


class Violation(Exception):
    """A promise was broken."""


@dataclass(slots=True)
class Person:
    """One account: its true chain, its key on paper, and its devices' replicas, the first the one
    that manages."""

    chain: Chain
    paper: KeyedSigner
    replicas: list[Replica] = field(default_factory=list[Replica])


class World:
    """One seed's world. `step` does one thing to it."""

    def __init__(self, seed: int, device: type[Replica] = Replica) -> None:
        self.rng = Random(seed)
        self.device = device
        self.now = BEGIN
        self.truth = Truth()
        self.hub = HonestHub(self.truth)
        self.seen: Counter[str] = Counter()
        self.people: list[Person] = []
        self.backups: list[tuple[Replica, Disk]] = []
        self.number = 0
        for _ in range(4):
            self._join()
        self._meet()
        for _ in range(2):
            for replica in self.replicas:
                self.sync(replica)

    @property
    def replicas(self) -> list[Replica]:
        """All of them, copies too."""
        return [replica for person in self.people for replica in person.replicas]

    def _join(self) -> None:
        signer, paper = (KeyedSigner(self.rng.randbytes(16)) for _ in range(2))
        link, signature = chains.genesis(signer, HUB, self.now)
        chain = chains.extend(None, link, signature, HUB, VERIFIER)
        person = Person(chain, paper)
        self.people.append(person)
        self.truth.links.append(Link(chain.account, link, signature))
        self._link(person, *chains.name_recovery(chain, signer, paper, self.now))
        person.replicas.append(self._replica(chain.account, signer))
        for _ in range(self.rng.randrange(3)):
            self.add_device(person)

    def _link(self, person: Person, link: bytes, signature: bytes) -> None:
        person.chain = chains.extend(person.chain, link, signature, HUB, VERIFIER)
        self.truth.links.append(Link(person.chain.account, link, signature))

    def _replica(self, account: AccountId, signer: KeyedSigner) -> Replica:
        key = signer.public_key
        disk = Disk(Stored(self.rng.randbytes(32), (self.now,)))
        return self.device(Author(account, device_id(key), key), signer, disk, self.seen)

    def _meet(self) -> None:
        """A conversation of the first two, and a group of the first three."""
        accounts = [person.chain.account for person in self.people]
        low, high = sorted(accounts[:2])
        direct = Room(direct_conversation(HUB, low, high), (low, high))
        group = Room(group_conversation(self.rng.randbytes(16)))
        self.truth.rooms += [direct, group]
        self.group: Group | None = None
        self._change(self.people[0], founding(*accounts[:3]))

    def _change(self, person: Person, link: bytes) -> None:
        room, replica = self.truth.rooms[1], person.replicas[0]
        self.group = extend_group(self.group, link, replica.me, HUB, room.conversation)
        event = replica.event(room, link, self.now, self.rng, CHANGE_KIND)
        room.changes.append(Carried(event, replica.me))

    def step(self) -> None:
        """One thing happens."""
        acts = (
            (self.talk, 40), (self.look, 20), (self.wait, 14), (self.crash, 5),
            (self.back_up, 4), (self.restore, 3), (self.copy, 1), (self.new_device, 3),
            (self.revoke_device, 2), (self.lose_all, 1), (self.come_or_go, 4),
        )  # fmt: skip
        (act,) = self.rng.choices([act for act, _ in acts], [weight for _, weight in acts])
        act()

    def sync(self, replica: Replica) -> None:
        """A replica takes what it is shown, and what it opened is judged."""
        try:
            record = replica.sync(self.hub, self.now)
        except HobnobError as broken:
            raise Violation(f"a replica fell over what it was shown: {broken}") from broken
        if record is not None:
            self.truth.records.append(record)
        for room, author, text in replica.output:
            self._judge(replica, room, author, text)
        replica.output.clear()

    def _judge(
        self, replica: Replica, room: ConversationId, author: DeviceKey, text: bytes
    ) -> None:
        if author in self.untrusted:
            return
        sent = self.truth.sent.get(text)
        if sent is None or (sent.room, sent.author) != (room, author):
            raise Violation(f"{text!r} was opened as what {author.hex()[:8]} never said there")
        if replica.me.key not in sent.sealed_to:
            raise Violation(f"{text!r} was opened by a device it was not sealed to")

    @property
    def untrusted(self) -> frozenset[DeviceKey]:
        """Devices that may say anything; an honest world has none."""
        return frozenset()

    def look(self) -> None:
        """Somebody comes online and reads."""
        self.sync(self.rng.choice(self.replicas))

    def talk(self) -> None:
        """Somebody comes online and says something."""
        replica = self.rng.choice(self.replicas)
        room = self.rng.choice(self.truth.rooms)
        self.sync(replica)
        if not self._may_talk(replica, room):
            return
        self.number += 1
        text = b"message %d" % self.number
        entitled = self.entitled(room)
        try:
            events, said = replica.say(room, text, self.now, self.rng)
        except (SealAwaits, ForkError) as doubt:
            self.seen[f"not sent: {type(doubt).__name__}"] += 1
            return
        devices = replica.roster(room).devices
        addressed = replica.addressed(room, self.now)
        sealed_to = frozenset(devices[record.device][1] for record in addressed)
        self.truth.sent[text] = Sent(room.conversation, replica.me.key, said, sealed_to, entitled)
        room.log += events
        self.seen["sent"] += 1

    def _may_talk(self, replica: Replica, room: Room) -> bool:
        """Is it a member with an active device, as far as it knows?"""
        try:
            return replica.roster(room).has(replica.me)
        except (SealAwaits, ForkError):
            return False

    def members(self, room: Room) -> tuple[AccountId, ...]:
        """Who is in a conversation in truth."""
        if room.accounts:
            return room.accounts
        return self.group.members if self.group else ()

    def entitled(self, room: Room) -> frozenset[DeviceKey]:
        """Whom a message that is sent now must reach: every active device of every member that has
        been there within 45 days. Counted from the truth alone."""
        fresh = {
            record.device
            for record in self.truth.newest().values()
            if self.now - decode_record(record.data).not_before_seconds <= UNSEEN_SECONDS
        }
        return frozenset(
            device.key
            for person in self.people
            if person.chain.account in self.members(room)
            for device in person.chain.active
            if device.key in fresh
        )

    def wait(self) -> None:
        """Time passes: minutes, a day, or a month in which a few stay away."""
        passed = self.rng.choice((60, HOUR, 6 * HOUR, SEAL_KEY_SECONDS, 3 * SEAL_KEY_SECONDS))
        if self.rng.random() < 0.03:
            passed = self.rng.choice((30, 50)) * SEAL_KEY_SECONDS
            self.seen["a month passed"] += 1
        self.now += passed

    def crash(self) -> None:
        """A program stops and starts."""
        self.rng.choice(self.replicas).restart()

    def back_up(self) -> None:
        """Somebody backs a device up."""
        replica = self.rng.choice(self.replicas)
        self.backups.append((replica, replica.disk.backup()))

    def restore(self) -> None:
        """Somebody restores a backup, new or very old."""
        if self.backups:
            replica, disk = self.rng.choice(self.backups)
            replica.load(disk.backup())
            self.seen["restored"] += 1

    def copy(self) -> None:
        """Somebody runs a copy of a device beside it."""
        person = self.rng.choice(self.people)
        if len(person.replicas) < 8:
            of = self.rng.choice(person.replicas)
            person.replicas.append(self.device(of.me, of.signer, of.disk.backup(), self.seen))
            self.seen["copied"] += 1

    def new_device(self) -> None:
        """Somebody links a device."""
        self.add_device(self.rng.choice(self.people))

    def add_device(self, person: Person) -> None:
        """A device comes to an account, and is told of at once."""
        if len(person.chain.active) >= min(4, DEVICES_MAX) or person.chain.links > 200:
            return
        manager = person.replicas[0].signer
        signer = KeyedSigner(self.rng.randbytes(16))
        self._link(person, *chains.add(person.chain, manager, signer, self.now))
        person.replicas.append(self._replica(person.chain.account, signer))
        self.seen["device added"] += 1

    def revoke_device(self) -> None:
        """Somebody revokes one of their devices, not the first."""
        person = self.rng.choice(self.people)
        others = [each for each in person.chain.active if each.key != person.replicas[0].me.key]
        if not others or person.chain.links > 200:
            return
        gone = self.rng.choice(others).device
        manager = person.replicas[0].signer
        self._link(person, *chains.revoke(person.chain, manager, gone, self.now))
        self.seen["device revoked"] += 1

    def lose_all(self) -> None:
        """Somebody loses all their devices and comes back by the words on paper. Whoever found the
        lost ones goes on running them."""
        person = self.rng.choice(self.people)
        if person.chain.links > 200:
            return
        lost, signer = person.chain.active, KeyedSigner(self.rng.randbytes(16))
        place = person.chain.links, person.chain.head
        self._link(person, *chains.recover(HUB, *place, person.paper, signer, self.now))
        for device in lost:
            gone = chains.revoke(person.chain, signer, device.device, self.now)
            self._link(person, *gone)
        person.replicas.insert(0, self._replica(person.chain.account, signer))
        self.seen["recovered by paper"] += 1

    def come_or_go(self) -> None:
        """The admin adds or removes somebody, or somebody leaves."""
        group, person = self.group, self.rng.choice(self.people[1:])
        account = person.chain.account
        if group is None or len(group.past) > 500:
            return
        act = REMOVE if account in group.members else ADD
        by = person if act == REMOVE and self.rng.random() < 0.5 else self.people[0]
        self._change(by, group.change(act, account))
        self.seen["left" if act == REMOVE else "came"] += 1

    def settle(self) -> None:
        """Everybody comes online once more; then an honest world is judged as a whole."""
        for _ in range(2):
            for replica in self.replicas:
                self.sync(replica)
        for replica in self.replicas:
            self._judge_all(replica)

    def _judge_all(self, replica: Replica) -> None:
        for text, sent in self.truth.sent.items():
            entitled = replica.me.key in sent.entitled
            if entitled is not (sent.event in replica.disk.opened):
                what = "could not be opened" if entitled else "was opened by another"
                raise Violation(f"{text!r} {what}: {replica.me.device.hex()}")
        self.seen["judged"] += len(self.truth.sent)
