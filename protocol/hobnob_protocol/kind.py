"""What a kind of event is: one value from which validation, permission, fold and docs hang.

Each file in `kinds/` defines body classes and registers one `Kind` for each. Nothing else in
hobnob names a kind's rules: the hub's checks, the policy table's rows, the fold's cells, the
cost and the specification's table all read them from here.
"""

from collections.abc import Callable, Mapping
from enum import Enum, StrEnum
from typing import ClassVar, TypeAlias

from hobnob_protocol.ids import AccountId, DeviceId, EventId, StreamId, StreamType, TargetId
from hobnob_protocol.value import value


@value
class Body:
    """The root of all bodies. A body travels as a MessagePack array of its fields, in order."""

    rules: ClassVar[Mapping[str, str]] = {}
    """What must hold between fields, by the names that `contradiction` says."""

    def contradiction(self) -> str:
        """The rule of `rules` this body breaks, or "": each field alone is right already."""
        return ""


class Signer(StrEnum):
    """Who may sign a kind."""

    MEMBER = "member"
    HUB = "hub"
    EITHER = "either"


class TargetRule(StrEnum):
    """What the event a body names as `target` must be for the hub to accept the act."""

    NONE = "none"
    """The kind has no target."""
    LIVE = "live"
    """It is in this stream and neither deleted nor erased."""
    PRESENT = "present"
    """It is in this stream, dead or alive."""


class ObjectRule(StrEnum):
    """What must hold between actor and target beyond the table of rights."""

    ANY = "any"
    AUTHOR = "author"
    """The actor wrote the target."""
    AUTHOR_OR_MODERATOR = "author_or_moderator"
    """... or holds the `moderate` capability here."""
    OPEN_POLL = "open_poll"
    """The target is a poll that is not closed."""
    BELOW = "below"
    """The account the body names has a lower role than the actor."""
    SELF = "self"
    """The stream or chain is the actor's own."""
    OTHERS = "others"
    """The actor did not write the target."""


class Rule(Enum):
    """How two writes of one cell merge; each is commutative, associative and idempotent."""

    LAST = "last"
    """The write with the higher seq stays."""
    FIRST = "first"
    """The write with the lower seq stays."""
    MAX = "max"
    """The value with the greater integers stays; seq breaks no tie."""


Value: TypeAlias = "bool | int | str | bytes | tuple[Value, ...] | None"
"""What a cell holds: values MessagePack carries, arrays as tuples."""


@value
class Write:
    """One cell an event writes: `noun` names the table, `key` the cell in it (ids joined)."""

    noun: str
    key: bytes
    value: Value
    rule: Rule = Rule.LAST


@value
class Fact:
    """One event in its place, as the fold sees it.

    `body` is None when it was erased (a stub) or is opaque to this side.
    """

    stream: StreamId
    seq: int
    at_ms: int
    event: EventId
    account: AccountId
    device: DeviceId
    kind: int
    ts_seconds: int
    body: Body | None

    @property
    def target(self) -> TargetId:
        """The name other events give this one."""
        return TargetId(self.event[:16])


@value
class Kind:
    """One kind: everything hobnob knows of it.

    `capability` is the right the policy table asks for; `target` names the body field that
    refers to another event ("" for none); `about` the field that names an account ("" for
    none). `cost` is in tokens. `root` says that the event is a message: it can be a target,
    has an author and counts as unread. `writes` must not look at anything but its fact.
    """

    number: int
    name: str
    body: type[Body]
    streams: frozenset[StreamType]
    capability: str
    writes: Callable[[Fact], tuple[Write, ...]]
    signer: Signer = Signer.MEMBER
    target: str = ""
    target_rule: TargetRule = TargetRule.NONE
    object_rule: ObjectRule = ObjectRule.ANY
    about: str = ""
    cost: int = 1
    root: bool = False
    opaque: bool = False

    @property
    def doc(self) -> str:
        """What the kind means: its body's docstring, one paragraph, for the specification."""
        return " ".join((self.body.__doc__ or "").split())
