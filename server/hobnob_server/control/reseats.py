"""The verb that gives a handle to another account, as the last resort of whoever has lost all."""

from hobnob_protocol.handle import fold_case
from hobnob_protocol.ids import PEOPLE, AccountId
from hobnob_protocol.kinds.reseats import ANNOUNCED, UNDONE, Reseat
from hobnob_server.control.operator import Operator, account_named, handles, valid
from hobnob_server.control.verb import Argument, Arguments, Sort, Verb
from hobnob_server.errors import RequestRefused
from hobnob_server.printing import Answer
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.state import HubState

KEPT = (
    "the former account keeps what it said, its roles, channels and invites, under its handle,"
    " marked as former"
)
NOT_INHERITED = (
    "the new account inherits nothing: no role, channel, invite, verified mark, and no sealed"
    " conversation, which stay closed to it for ever"
)


async def reseat(operator: Operator, given: Arguments) -> Answer:
    """What is about to be, or announce it, or take it back."""
    handle = fold_case(given.text("handle").removeprefix("@"))
    if not handle:
        return await operator.ask(lambda engine, store: _pending(engine))
    undo = given.flag("undo")
    if undo:
        account = await operator.ask(lambda engine, store: _waiting(engine, handle))
    else:
        name = given.required("account")
        account = await operator.ask(lambda engine, store: _heir(engine.state, handle, name))
    stage = UNDONE if undo else ANNOUNCED
    reason = given.required("reason")
    await operator.act(PEOPLE, valid(Reseat(handle, account, stage, reason)))
    if undo:
        return {"handle": handle, "undone": True}
    pending = await operator.ask(lambda engine, store: _pending(engine))
    told = next(each for each in pending if each["handle"] == handle)
    return {**told, "kept": KEPT, "inherited": NOT_INHERITED}


def _heir(state: HubState, handle: str, name: str) -> AccountId:
    """Whose a handle can be said to become; RequestRefused says why it cannot, and what to do."""
    account = account_named(state, name)
    if account_named(state, handle) == account:
        raise RequestRefused(f"{handle} is that account's handle already")
    if any(each.handle == handle for each in state.accounts.reseats.pending):
        raise RequestRefused(
            f"{handle} is about to go to another account; to change that, take it back first:"
            f" hobnob hub reseat @{handle} --undo --reason ..."
        )
    return account


def _waiting(engine: HubEngine, handle: str) -> AccountId:
    for each in engine.state.accounts.reseats.pending:
        if each.handle == handle:
            return each.account
    raise RequestRefused(f"nothing is about to happen to {handle}")


def _pending(engine: HubEngine) -> list[dict[str, object]]:
    names = handles(engine.state)
    return [
        {
            "handle": each.handle,
            "goes_to": names.get(each.account, each.account.hex()),
            "due_ms": each.due_ms,
        }
        for each in engine.state.accounts.reseats.pending
    ]


VERBS = (
    Verb(
        "reseat",
        "Give a handle to another account, three days later; everybody sees it meanwhile.",
        (
            "hobnob hub reseat",
            "hobnob hub reseat @ada @ada2 --reason 'lost all devices; known to the board'",
            "hobnob hub reseat @ada --undo --reason 'she was only on holiday'",
        ),
        reseat,
        (
            Argument("handle", "whose handle goes; none lists what is about to", required=False),
            Argument("account", "the handle of the account that gets it", required=False),
            Argument("reason", "why; everybody can read it", option=True),
            Argument("undo", "take it back, as long as it has not gone", Sort.FLAG, option=True),
        ),
    ),
)
