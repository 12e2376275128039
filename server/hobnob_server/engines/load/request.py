"""The life of one request, as a table of states.

asked --accept--> accepted --meet--> met --helped--> helped
  |                  |                 \\--not helped--> not_helped
  |                  \\--helped / not helped--> (the same, without having met)
  |--decline--> declined        seen by the asker as asked, then as expired
  |--withdraw-> withdrawn
  \\--48 h-----> expired         derived from the time, never stored
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from hobnob_protocol.ids import AccountId, TargetId
from hobnob_protocol.limits import HELPED_AFTER_MS, REQUEST_OPEN_MS


class State(StrEnum):
    """How a request stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    MET = "met"
    HELPED = "helped"
    NOT_HELPED = "not_helped"


class Act(StrEnum):
    """What somebody does with a request."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    MEET = "meet"
    HELPED = "helped"
    NOT_HELPED = "not_helped"
    DISMISS = "dismiss"
    """What is due is not to be told again."""


NEXT: Final = {
    (State.ASKED, Act.ACCEPT): State.ACCEPTED,
    (State.ASKED, Act.DECLINE): State.DECLINED,
    (State.ASKED, Act.WITHDRAW): State.WITHDRAWN,
    # One who withdraws what was declined must not learn of it.
    (State.DECLINED, Act.WITHDRAW): State.WITHDRAWN,
    (State.ACCEPTED, Act.MEET): State.MET,
    (State.ACCEPTED, Act.HELPED): State.HELPED,
    (State.ACCEPTED, Act.NOT_HELPED): State.NOT_HELPED,
    (State.MET, Act.HELPED): State.HELPED,
    (State.MET, Act.NOT_HELPED): State.NOT_HELPED,
}
BY_ASKED: Final = frozenset((Act.ACCEPT, Act.DECLINE, Act.MEET))
"""Acts of the one who was asked."""
BY_ASKER: Final = frozenset((Act.WITHDRAW, Act.MEET, Act.HELPED, Act.NOT_HELPED, Act.DISMISS))
"""Acts of the one who asks."""
LEADS_TO: Final = {act: state for (_, act), state in NEXT.items()}
"""How it stands once an act is done."""


class Notice(StrEnum):
    """What the asker is told when the time has come, once."""

    OFFER_NEXT = "offer_next"
    """Nobody has answered: the device offers the next person it ranked."""
    DID_IT_HELP = "did_it_help"


@dataclass(frozen=True, slots=True)
class Request:
    """A request the hub has settled. The hub knows who asks whom, and not what for: the note is
    sealed and travels as any conversation does."""

    asker: AccountId
    asked: AccountId
    at_ms: int
    state: State = State.ASKED
    """As it was stored; `standing` says how it is."""
    accepted_ms: int = 0
    follows: TargetId | None = None
    """The expired request after which this person was offered."""
    followed: bool = False
    """Was the next person asked after this one? That is done once."""
    told: frozenset[Notice] = frozenset()

    def standing(self, now_ms: int) -> State:
        """How it stands, to the one who was asked."""
        if self.state is State.ASKED and now_ms - self.at_ms >= REQUEST_OPEN_MS:
            return State.EXPIRED
        return self.state

    def seen_by_asker(self, now_ms: int) -> State:
        """How it stands, to the asker: a decline looks like silence, to the millisecond."""
        if self.state is State.DECLINED:
            return replace(self, state=State.ASKED).standing(now_ms)
        return self.standing(now_ms)

    def after(self, act: Act, by: AccountId, now_ms: int) -> "Request | None":
        """What becomes of it; None where that person may not do that now."""
        allowed = (act in BY_ASKED and by == self.asked) or (act in BY_ASKER and by == self.asker)
        seen = self.seen_by_asker(now_ms) if by == self.asker else self.standing(now_ms)
        if allowed and act is Act.DISMISS:
            notice = self.due(now_ms)
            return None if notice is None else self.after_notice(notice)
        if allowed and LEADS_TO[act] is self.state:
            # Said again, for the answer was lost.
            return self
        becomes = NEXT.get((self.state, act))
        # Once 48 hours are over the next person is offered, and nothing revives this request.
        if not allowed or becomes is None or seen is State.EXPIRED:
            return None
        accepted_ms = now_ms if becomes is State.ACCEPTED else self.accepted_ms
        return replace(self, state=becomes, accepted_ms=accepted_ms)

    def due(self, now_ms: int) -> Notice | None:
        """What the asker is to be told now."""
        notice, at_ms = self._next_notice()
        return notice if notice is not None and now_ms >= at_ms else None

    def due_ms(self) -> int | None:
        """When the asker is to be told something next; None for never."""
        notice, at_ms = self._next_notice()
        return None if notice is None else at_ms

    def after_notice(self, notice: Notice) -> "Request":
        """The asker was told."""
        return replace(self, told=self.told | {notice})

    def _next_notice(self) -> tuple[Notice | None, int]:
        unanswered = self.state in (State.ASKED, State.DECLINED) and not self.followed
        if unanswered and Notice.OFFER_NEXT not in self.told:
            return Notice.OFFER_NEXT, self.at_ms + REQUEST_OPEN_MS
        if self.state in (State.ACCEPTED, State.MET) and Notice.DID_IT_HELP not in self.told:
            return Notice.DID_IT_HELP, self.accepted_ms + HELPED_AFTER_MS
        return None, 0
