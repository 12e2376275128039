"""The chronicle: events of the log become deeds, in the order in which the hub took them.

It numbers people, channels and events, and knows of each number what it stands for. What was
imported was done elsewhere, and bots do nothing for anybody's recognition: neither becomes a deed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

from hobnob_protocol.ids import AccountId, StreamId, TargetId, account_id
from hobnob_protocol.kind import Fact
from hobnob_protocol.kinds.hub_acts import Enrol
from hobnob_protocol.kinds.messages import Delete, Post
from hobnob_protocol.kinds.moderation import Erase, Hide
from hobnob_protocol.kinds.polls import Poll
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.kinds.thanks import Thanks
from hobnob_protocol.kinds.threads import AcceptAnswer
from hobnob_protocol.registry import STANDARD
from hobnob_server.engines.recognition.deeds import (
    Accepted,
    Channel,
    Deed,
    Joined,
    Person,
    Ref,
    Restored,
    Said,
    Thanked,
    Withdrawn,
)

_REFS: Final = 2
"""Of one event: an acceptance that takes the place of another withdraws it first."""
_MESSAGES: Final = frozenset(
    kind.number for kind in STANDARD if kind.root and kind.body in (Post, Poll)
)


_Reads: TypeAlias = Callable[[Ref, Fact, Any], Iterator[Deed]]


class Placed(NamedTuple):
    """A message, where it stands and when something was counted there."""

    stream: StreamId
    target: TargetId
    at_ms: int


class _Message(NamedTuple):
    ref: Ref
    author: Person
    thread: Ref


@dataclass(frozen=True, slots=True)
class Heard:
    """An event as it is in the log; `thread` is what is known of one whose body is gone."""

    fact: Fact
    thread: TargetId | None = None


class Chronicle:
    """Events come in the order in which the hub took them, each once."""

    def __init__(self) -> None:
        self.people: Final[list[AccountId]] = []
        self.channels: Final[dict[StreamId, Channel]] = {}
        self._numbers: Final[dict[AccountId, Person]] = {}
        self._messages: Final[dict[TargetId, _Message]] = {}
        self._places: Final[dict[Ref, Placed]] = {}
        self._thanks: Final[dict[tuple[TargetId, AccountId], Ref]] = {}
        self._accepted: Final[dict[TargetId, Ref]] = {}
        self._bots: Final[set[AccountId]] = set()
        self._taken = 0
        self._reads: Final[dict[type[object], _Reads]] = {
            Enrol: self._enrolled,
            RoleGrant: self._role_given,
            Thanks: self._thanked,
            AcceptAnswer: self._answer_accepted,
            Delete: self._withdrawn,
            Erase: self._withdrawn,
            Hide: self._hidden,
        }

    def person(self, account: AccountId) -> Person:
        """The number of an account."""
        found = self._numbers.get(account)
        if found is None:
            found = self._numbers[account] = len(self.people)
            self.people.append(account)
        return found

    def known(self, account: AccountId) -> Person | None:
        """The number of an account, None where it has none: whoever only asks is given none."""
        return self._numbers.get(account)

    def place(self, ref: Ref) -> Placed | None:
        """The message that a deed was done with; None for what was done with none."""
        return self._places.get(ref)

    def deeds(self, heard: Heard) -> Iterator[Deed]:
        """What this event is; nothing where it counts for nobody."""
        fact = heard.fact
        self._taken += 1
        ref = self._taken * _REFS
        if fact.account in self._bots:
            return
        if fact.kind in _MESSAGES:
            yield self._said(ref, heard)
            return
        reads = self._reads.get(type(fact.body))
        if reads is not None:
            yield from reads(ref, fact, fact.body)

    def _said(self, ref: Ref, heard: Heard) -> Said:
        fact, body = heard.fact, heard.fact.body
        post = body if isinstance(body, Post) else None
        named = post.thread if post is not None else heard.thread
        answered = self._messages.get(post.reply) if post is not None and post.reply else None
        root = self._messages.get(named) if named is not None else None
        thread = ref
        if root is not None:
            thread = root.thread
        elif answered is not None:
            thread = answered.thread
        author = self.person(fact.account)
        self._messages[fact.target] = _Message(ref, author, thread)
        self._places[ref] = Placed(fact.stream, fact.target, fact.at_ms)
        text = body.question if isinstance(body, Poll) else post.text if post is not None else ""
        return Said(
            ref,
            fact.at_ms,
            author,
            self._channel(fact.stream),
            thread,
            len(text),
            thread == ref,
            answered.ref if answered is not None else None,
            answered.author if answered is not None else None,
            tuple(self.person(each) for each in post.mentions) if post is not None else (),
        )

    def _channel(self, stream: StreamId) -> Channel:
        return self.channels.setdefault(stream, len(self.channels))

    # What is no message.

    def _enrolled(self, ref: Ref, fact: Fact, body: Any) -> Iterator[Deed]:
        inviter = None if body.inviter is None else self.person(body.inviter)
        yield Joined(ref, fact.at_ms, self.person(account_id(body.link)), inviter)

    def _role_given(self, ref: Ref, fact: Fact, body: Any) -> Iterator[Deed]:
        if body.role == "bot":
            self._bots.add(body.account)
        else:
            self._bots.discard(body.account)
        return iter(())

    def _thanked(self, ref: Ref, fact: Fact, body: Any) -> Iterator[Deed]:
        found, key = self._messages.get(body.target), (body.target, fact.account)
        if not body.on:
            given = self._thanks.pop(key, None)
            if given is not None:
                yield Withdrawn(ref, fact.at_ms, given)
        elif found is not None and key not in self._thanks:
            self._thanks[key] = ref
            self._places[ref] = Placed(fact.stream, body.target, fact.at_ms)
            giver, channel = self.person(fact.account), self._channel(fact.stream)
            yield Thanked(ref, fact.at_ms, giver, found.author, channel, found.ref)

    def _answer_accepted(self, ref: Ref, fact: Fact, body: Any) -> Iterator[Deed]:
        before = self._accepted.pop(body.target, None)
        if before is not None:
            yield Withdrawn(ref, fact.at_ms, before)
        root = self._messages.get(body.target)
        named: TargetId | None = body.answer
        answer = self._messages.get(named) if named is not None else None
        asker = self.person(fact.account)
        # Who keeps the peace may settle a thread; what that says is not the asker's word.
        if root is None or named is None or answer is None or root.author != asker:
            return
        self._accepted[body.target] = ref + 1
        self._places[ref + 1] = Placed(fact.stream, named, fact.at_ms)
        channel = self._channel(fact.stream)
        yield Accepted(ref + 1, fact.at_ms, asker, answer.author, channel, root.thread, answer.ref)

    def _withdrawn(self, ref: Ref, fact: Fact, body: Any) -> Iterator[Deed]:
        found = self._messages.get(body.target)
        if found is not None:
            yield Withdrawn(ref, fact.at_ms, found.ref)

    def _hidden(self, ref: Ref, fact: Fact, body: Any) -> Iterator[Deed]:
        found = self._messages.get(body.target)
        if found is not None and body.hidden:
            yield Withdrawn(ref, fact.at_ms, found.ref, for_good=False)
        elif found is not None:
            yield Restored(ref, fact.at_ms, found.ref)
