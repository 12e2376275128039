"""What members chose of matching, read from the log: whether they agree, and how much they take."""

from typing import Final

from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import PEOPLE, AccountId
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.limits import ASKS_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.request_questions import WEEKLY_BUDDIES, WEEKLY_REQUESTS
from hobnob_server.engines.load.person import CLOSED, Limits, limits_of
from hobnob_server.load.caps import SHIPPED, Caps
from hobnob_server.load.limits import SLICE_BYTES, SLICE_EVENTS
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.keys import RangeKey
from hobnob_sync.ports import Entry, EventStore

PURPOSE: Final = "matching"
BOT: Final = "bot"
_KINDS: Final = frozenset(kind.number for kind in STANDARD if kind.body in (Consent, ProfileField))


class Choices:
    """In memory alone: the log says it, and is read from its beginning once after each start."""

    def __init__(self) -> None:
        self._seq = 0
        self._agree: Final[dict[AccountId, bool]] = {}
        self._takes: Final[dict[AccountId, int | None]] = {}
        self._guides: Final[dict[AccountId, int]] = {}

    def read_on(self, state: HubState, store: EventStore) -> bool:
        """Read a slice of what was said since; is nothing left?"""
        people = state.streams.get(PEOPLE)
        if people is None or people.seq <= self._seq:
            return True
        key = RangeKey(PEOPLE, self._seq + 1, SLICE_EVENTS, SLICE_BYTES)
        for entry in store.load([key]).get(key):
            self._take(state, entry)
            self._seq = entry.seq
        return people.seq <= self._seq

    def has_agreed(self, account: AccountId) -> bool:
        """Did they ever?"""
        return account in self._agree

    def agreeing(self) -> tuple[AccountId, ...]:
        """Who agrees now."""
        return tuple(account for account, on in self._agree.items() if on)

    def has_chosen(self, account: AccountId) -> bool:
        """Did they say how many requests they take?"""
        return self._takes.get(account) is not None

    def limits(self, state: HubState, account: AccountId, caps: Caps = SHIPPED) -> Limits:
        """What they take in a week, within `caps`; nothing without consent, of a bot, or of who is
        banned."""
        if not self._agree.get(account) or state.banned(account) or state.role(account) == BOT:
            return CLOSED
        return limits_of(caps.takes(self._takes.get(account)))

    def buddies(self, account: AccountId) -> int:
        """How many newcomers they show around in a week; without requests it is nobody."""
        return self._guides.get(account, 0)

    def _take(self, state: HubState, entry: Entry) -> None:
        event = decode_event(entry.event)
        author = state.accounts.author(event.header.device)
        if event.header.kind not in _KINDS or event.is_stub or author is None:
            return
        try:
            body = STANDARD.decode(event.header.kind, event.body)
        except ProtocolError:
            return
        if isinstance(body, Consent) and body.purpose == PURPOSE:
            self._agree[author.account] = body.on
        elif isinstance(body, ProfileField) and body.name == WEEKLY_REQUESTS:
            self._takes[author.account] = _number(body.value)
        elif isinstance(body, ProfileField) and body.name == WEEKLY_BUDDIES:
            self._guides[author.account] = _number(body.value) or 0


def _number(said: str | None) -> int | None:
    """0 to `ASKS_MAX`; None for anything else."""
    text = (said or "").strip()
    plain = text.isascii() and text.isdigit() and len(text) <= len(str(ASKS_MAX))
    return int(text) if plain and int(text) <= ASKS_MAX else None
