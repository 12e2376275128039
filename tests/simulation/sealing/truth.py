"""What was really published and said: an honest hub shows all of it, an evil one what it likes."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from hobnob_protocol.event import Author
from hobnob_protocol.ids import AccountId, ConversationId, DeviceKey, HubId

HUB: Final = HubId(b"h" * 32)


class Link(NamedTuple):
    """One link of an account's chain, as `ppl` carries it."""

    account: AccountId
    link: bytes
    signature: bytes


class Record(NamedTuple):
    """A seal record, as the hub serves it."""

    device: DeviceKey
    data: bytes
    signature: bytes


class Carried(NamedTuple):
    """One event of a conversation, and whose the hub says it is."""

    event: bytes
    author: Author


@dataclass(frozen=True, slots=True)
class Sent:
    """One message: to whom its sender sealed it, and who should have got it."""

    room: ConversationId
    author: DeviceKey
    event: bytes
    sealed_to: frozenset[DeviceKey]
    entitled: frozenset[DeviceKey]


@dataclass(slots=True)
class Room:
    """One conversation: two accounts, or a group whose changes are events too."""

    conversation: ConversationId
    accounts: tuple[AccountId, ...] = ()
    changes: list[Carried] = field(default_factory=list[Carried])
    log: list[Carried] = field(default_factory=list[Carried])


@dataclass(slots=True)
class Truth:
    """Everything that was published, in its order."""

    links: list[Link] = field(default_factory=list[Link])
    records: list[Record] = field(default_factory=list[Record])
    rooms: list[Room] = field(default_factory=list[Room])
    sent: dict[bytes, Sent] = field(default_factory=dict[bytes, Sent])
    """By its text, which is said once."""

    def newest(self) -> dict[DeviceKey, Record]:
        """The last record of each device: all that a hub keeps."""
        return {record.device: record for record in self.records}


class Shown(NamedTuple):
    """What one device gets to see when it asks."""

    links: list[Link]
    records: list[Record]
    changes: dict[ConversationId, list[Carried]]
    events: dict[ConversationId, list[Carried]]


class HonestHub:
    """Shows everything, in order; what a device has it does not get again."""

    def __init__(self, truth: Truth) -> None:
        self.truth = truth

    def show(self, _who: DeviceKey, links: int, held: dict[ConversationId, int]) -> Shown:
        """All links after the first `links`, all events after those that are held."""
        truth = self.truth
        return Shown(
            truth.links[links:],
            list(truth.newest().values()),
            {room.conversation: list(room.changes) for room in truth.rooms},
            {room.conversation: room.log[held[room.conversation] :] for room in truth.rooms},
        )
