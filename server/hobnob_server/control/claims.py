"""The verb that says whose an imported account is, and who was imported at all."""

from dataclasses import dataclass, field
from functools import partial
from typing import Final

from hobnob_protocol.bodies import decode_body
from hobnob_protocol.ids import PEOPLE, AccountId, imported_account
from hobnob_protocol.kinds.claims import Claim
from hobnob_protocol.kinds.imports import ImportedMembers
from hobnob_protocol.limits import PAGE_EVENTS_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_server.control.operator import Operator, account_named, handles, valid
from hobnob_server.control.verb import Argument, Arguments, Sort, Verb
from hobnob_server.errors import RequestRefused
from hobnob_server.interchange.held import opened
from hobnob_server.printing import Answer
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.keys import Entry, RangeKey

_MEMBERS: Final = STANDARD.of(ImportedMembers).number
_CLAIM: Final = STANDARD.of(Claim).number
_RANGE_BYTES: Final = 4_194_304
_NEAR_MAX: Final = 5
"""So many are named where one word fits several."""


@dataclass(slots=True)
class Elsewhere:
    """Everybody who was imported: source, id and name there; and whose each account is."""

    people: dict[AccountId, tuple[str, str, str]] = field(
        default_factory=dict[AccountId, tuple[str, str, str]]
    )
    claims: dict[AccountId, AccountId] = field(default_factory=dict[AccountId, AccountId])

    def read(self, entry: Entry) -> None:
        """Take one event of `ppl`, of whatever kind."""
        kind, data = opened(entry)
        if kind == _MEMBERS and data:
            body = decode_body(ImportedMembers, data)
            for member, name, _, _ in body.members:
                self.people[imported_account(body.source, member)] = (body.source, member, name)
        elif kind == _CLAIM and data:
            claim = decode_body(Claim, data)
            self.claims.pop(claim.imported, None)
            if claim.on:
                self.claims[claim.imported] = claim.account

    def named(self, name: str) -> AccountId:
        """Who is called so: SOURCE/ID, an id, or a name; RequestRefused for none or several."""
        whole = [account for account, row in self.people.items() if f"{row[0]}/{row[1]}" == name]
        found = whole or [account for account, row in self.people.items() if name in row[1:]]
        if not found:
            raise RequestRefused(f"nobody called {name} was imported: hobnob hub claim lists them")
        if len(found) > 1:
            near = ", ".join("/".join(self.people[account][:2]) for account in found[:_NEAR_MAX])
            raise RequestRefused(f"{name} may be {len(found)}: say which of {near}")
        return found[0]


async def claim(operator: Operator, given: Arguments) -> Answer:
    """List who was imported, or say which of them a member is."""
    elsewhere = await _elsewhere(operator)
    if not given.has("handle"):
        names = await operator.ask(lambda engine, store: handles(engine.state))
        return [
            {"source": row[0], "id": row[1], "name": row[2], "claimed": _claimed(names, by)}
            for account, row in elsewhere.people.items()
            for by in [elsewhere.claims.get(account)]
        ]
    handle, name = given.required("handle"), given.required("imported")
    on = not given.flag("undo")
    account = await operator.ask(lambda engine, store: account_named(engine.state, handle))
    imported = elsewhere.named(name)
    await operator.act(PEOPLE, valid(Claim(imported, account, on, given.required("reason"))))
    source, member, called = elsewhere.people[imported]
    return {
        "handle": handle.removeprefix("@"),
        "source": source,
        "id": member,
        "name": called,
        "claimed": on,
    }


def _claimed(names: dict[AccountId, str], by: AccountId | None) -> str:
    return names.get(by, by.hex()) if by is not None else ""


async def _elsewhere(operator: Operator) -> Elsewhere:
    """Read it out of the log, page by page, so that the hub goes on in between."""
    found, seq = Elsewhere(), 1
    while True:
        key = RangeKey(PEOPLE, seq, PAGE_EVENTS_MAX, _RANGE_BYTES)
        entries = await operator.ask(partial(_load, key))
        if not entries:
            return found
        for entry in entries:
            found.read(entry)
        seq = entries[-1].seq + 1


def _load(key: RangeKey, _: HubEngine, store: SqliteEventStore) -> tuple[Entry, ...]:
    return tuple(store.load([key]).get(key))


VERBS = (
    Verb(
        "claim",
        "List who was imported, or say which of them a member is.",
        (
            "hobnob hub claim",
            "hobnob hub claim @ada zulip/17 'signed a line with her old key'",
            "hobnob hub claim @ada 'Ada L.' 'it was another Ada' --undo",
        ),
        claim,
        (
            Argument("handle", "whose it is: a handle, with or without @", required=False),
            Argument("imported", "who it was there: SOURCE/ID, an id, or a name", required=False),
            Argument("reason", "why; everybody can read it", required=False),
            Argument("undo", "it is not theirs after all", Sort.FLAG, option=True),
        ),
    ),
)
