"""Verbs about the hub itself: status, reopen."""

from hobnob_server.app import App
from hobnob_server.control.operator import Operator
from hobnob_server.control.verb import Arguments, Verb
from hobnob_server.errors import RequestRefused
from hobnob_server.printing import Answer
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.inputs import Reopen


async def status(operator: Operator, given: Arguments) -> Answer:
    """How the hub is."""
    app = operator.app
    return await operator.ask(lambda engine, store: _status(app, engine))


def _status(app: App, engine: HubEngine) -> Answer:
    state = engine.state
    return {
        "name": app.config.name,
        "hub": app.hub.hub.hex(),
        "epoch": state.epoch.hex(),
        "listen": str(app.place),
        "tls": app.certificates.context is not None,
        "recovering": state.recovering,
        "uptime_seconds": (app.clock.monotonic_ms() - app.started_ms) // 1_000,
        "members": len(state.accounts.all),
        "owners": state.owners(),
        "channels": len(state.names),
        "streams": len(state.streams),
        "events": sum(row.seq for row in state.streams.values()),
        "database_bytes": app.directory.database.stat().st_size,
        "connections": app.gate.connections,
        "before_login": app.gate.before_login,
        "sessions": len(engine.sessions.by_conn),
        "backlog_bytes": app.board.backlog_bytes,
        "written_together": app.writes.together,
        "commits": app.writer.commits,
        "inputs": app.writer.inputs,
    }


async def reopen(operator: Operator, given: Arguments) -> Answer:
    """After a restore: wait no longer for an owner's or a moderator's replica."""
    if not await operator.ask(lambda engine, store: engine.state.recovering):
        raise RequestRefused("the hub is open")
    await operator.put(Reopen())
    return {"recovering": False}


VERBS = (
    Verb(
        "status",
        "Show how a running hub is.",
        ("hobnob hub status", "hobnob hub status --json | jq .sessions"),
        status,
    ),
    Verb(
        "reopen",
        "After a restore, let everybody in though no owner or moderator has come back yet.",
        ("hobnob hub reopen",),
        reopen,
    ),
)
