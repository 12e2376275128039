"""Rows of the ledger: what is loaded for a command, and what it leaves to be stored."""

from dataclasses import dataclass, field

from hobnob_protocol.ids import AccountId, TargetId
from hobnob_server.engines.load.asker import Asker
from hobnob_server.engines.load.person import Person
from hobnob_server.engines.load.request import Request


@dataclass(frozen=True, slots=True)
class Keys:
    """Rows that a command has to have before it."""

    people: tuple[AccountId, ...] = ()
    askers: tuple[AccountId, ...] = ()
    requests: tuple[TargetId, ...] = ()


@dataclass(slots=True)
class Rows:
    """Rows by their keys; one that is absent is as new: closed, unseen, never asked."""

    people: dict[AccountId, Person] = field(default_factory=dict[AccountId, Person])
    askers: dict[AccountId, Asker] = field(default_factory=dict[AccountId, Asker])
    requests: dict[TargetId, Request] = field(default_factory=dict[TargetId, Request])

    def person(self, account: AccountId) -> Person:
        """What is known of one who may be asked."""
        return self.people.get(account) or Person()

    def asker(self, account: AccountId, now_ms: int) -> Asker:
        """What one was shown and asked this week."""
        return (self.askers.get(account) or Asker()).pruned(now_ms)

    def take(self, changes: "Rows") -> None:
        """Put changes in their place."""
        self.people.update(changes.people)
        self.askers.update(changes.askers)
        self.requests.update(changes.requests)
