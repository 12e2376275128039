"""What kinds write: by bodies that could be read, and the cell of a message by what is known of it.

Which cells there are, and what they hold, say `nouns`.
"""

from collections.abc import Callable
from typing import TypeVar

from hobnob_protocol.ids import AccountId, TargetId, target_of
from hobnob_protocol.kind import Body, Fact, Rule, Value, Write
from hobnob_protocol.nouns import DEAD, MESSAGE, withdrawn_key

B = TypeVar("B", bound=Body)


def says(
    body: type[B], writes: Callable[[Fact, B], tuple[Write, ...]]
) -> Callable[[Fact], tuple[Write, ...]]:
    """The writes of a root kind: where its body cannot be read, the bare message."""

    def of(fact: Fact) -> tuple[Write, ...]:
        if isinstance(fact.body, body):
            return writes(fact, fact.body)
        return (bare_message(fact),)

    return of


def acts(
    body: type[B], writes: Callable[[Fact, B], tuple[Write, ...]]
) -> Callable[[Fact], tuple[Write, ...]]:
    """The writes of any other kind: where its body cannot be read, nothing."""

    def of(fact: Fact) -> tuple[Write, ...]:
        return writes(fact, fact.body) if isinstance(fact.body, body) else ()

    return of


def message(
    fact: Fact,
    thread: TargetId | None,
    reply: TargetId | None,
    text: str,
    mentions: tuple[AccountId, ...] = (),
    more: tuple[Value, ...] = (),
) -> Write:
    """The message that the root event `fact` says."""
    value = (
        fact.account, fact.device, fact.kind, thread, reply, text, mentions, more, fact.at_ms,
    )  # fmt: skip
    return Write(MESSAGE, target_of(fact.event), value, Rule.FIRST)


def bare_message(fact: Fact) -> Write:
    """The message of a root event whose body this side cannot or may no longer read."""
    return message(fact, None, None, "")


def bare(value: Value) -> Value:
    """A message's value without anything its body said: exactly what its stub writes.

    So a replica that saw the body before it was erased ends with the same cell as one that only
    ever saw the stub (the compaction law, sync.md §2.3).
    """
    assert isinstance(value, tuple), "a message's value is a tuple"
    return (*value[:3], None, None, "", (), (), value[8])


def withdrawn(target: TargetId, account: AccountId) -> Write:
    """This account has withdrawn the message."""
    value = (account, "deleted", "")
    return Write(DEAD, withdrawn_key(target, account), value, Rule.FIRST)
