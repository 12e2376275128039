"""Verbs about channels and what is said in them: channel, report, hide."""

from typing import Final

from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import (
    DIRECTORY,
    LENGTHS,
    MODERATION,
    AccountId,
    ChannelId,
    StreamId,
    TargetId,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.channels import (
    HISTORIES,
    ChannelArchive,
    ChannelCreate,
    ChannelSet,
    Purpose,
)
from hobnob_protocol.kinds.moderation import Hide, Report, ReportSealed
from hobnob_protocol.limits import PAGE_EVENTS_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.padding import unpad
from hobnob_server.control.operator import Operator, channel_named, handles, valid
from hobnob_server.control.people import REASON
from hobnob_server.control.verb import Argument, Arguments, Sort, Verb
from hobnob_server.errors import RequestRefused
from hobnob_server.limits import REPORTS_MAX, REPORTS_READ_MAX
from hobnob_server.printing import Answer
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.keys import Entry, RangeKey
from hobnob_sync.reports import named, text_of

ACTIONS: Final = ("list", "create", "set", "archive", "unarchive")


async def channel(operator: Operator, given: Arguments) -> Answer:
    """List the public channels, make one, or change one."""
    action = given.text("action") or "list"
    if action == "list":
        return await operator.ask(lambda engine, store: _channels(engine))
    name = given.required("name").removeprefix("#")
    if action == "create":
        fresh = ChannelId(operator.app.entropy(LENGTHS["channel"]))
        history = given.text("history") or HISTORIES[0]
        body = ChannelCreate(
            fresh, name, given.text("purpose"), given.text("auto_join") == "yes", history
        )
        await operator.act(DIRECTORY, valid(body))
        name_now = name
    else:
        stream = await operator.ask(lambda engine, store: channel_named(engine.state, name))
        bodies = _changes(ChannelId(stream[2:]), action, given)
        if not bodies:
            raise RequestRefused("say what to set: --purpose, --rename, --auto-join or --history")
        for change in bodies:
            await operator.act(DIRECTORY, valid(change))
        name_now = given.text("rename") or name
    return await operator.ask(
        lambda engine, store: _channel(engine, channel_named(engine.state, name_now))
    )


def _changes(named: ChannelId, action: str, given: Arguments) -> list[Body]:
    if action != "set":
        return [ChannelArchive(named, action == "archive")]
    bodies: list[Body] = [
        ChannelSet(named, field, given.text(option))
        for field, option in (
            ("history", "history"),
            ("auto_join", "auto_join"),
            ("name", "rename"),
        )
        if given.has(option)
    ]
    if given.has("purpose"):
        bodies.append(Purpose(given.text("purpose"), named))
    return bodies


def _channels(engine: HubEngine) -> Answer:
    return [_channel(engine, stream) for _, stream in sorted(engine.state.names.items())]


def _channel(engine: HubEngine, stream: StreamId) -> dict[str, object]:
    state = engine.state
    return {
        "channel": state.channel(stream, "name"),
        "events": state.streams[stream].seq,
        "members": sum(stream in held for held in state.grants.values()),
        "auto_join": state.channel(stream, "auto_join") is True,
        "archived": state.channel(stream, "archived") is True,
        "history": state.channel(stream, "history"),
        "purpose": state.channel(stream, "purpose") or "",
    }


async def report(operator: Operator, given: Arguments) -> Answer:
    """What members have asked the moderators to look at, the newest first."""
    return await operator.ask(_reports)


def _reports(engine: HubEngine, store: SqliteEventStore) -> Answer:
    state = engine.state
    names = handles(state)
    row = state.streams.get(MODERATION)
    found: list[dict[str, object]] = []
    seq = row.seq if row is not None else 0
    least = max(0, seq - REPORTS_READ_MAX)
    while seq > least and len(found) < REPORTS_MAX:
        first = max(least + 1, seq - PAGE_EVENTS_MAX + 1)
        key = RangeKey(MODERATION, first, seq - first + 1, 1 << 30)
        for entry in reversed(store.load([key]).get(key)):
            told = _report(state, entry)
            if told is not None:
                who, body = told
                about = _of_channel if isinstance(body, Report) else _of_conversation
                shown = about(state, body)
                found.append({"by": names.get(who, ""), **shown, "reason": body.reason})
        seq = first - 1
    return found[:REPORTS_MAX]


def _report(state: HubState, entry: Entry) -> tuple[AccountId, Report | ReportSealed] | None:
    try:
        event = decode_event(entry.event)
        body = STANDARD.decode(event.header.kind, event.body)
    except ProtocolError:
        return None
    author = state.accounts.author(event.header.device)
    if author is None or not isinstance(body, Report | ReportSealed):
        return None
    return author.account, body


def _of_channel(state: HubState, body: Body) -> dict[str, object]:
    assert isinstance(body, Report)
    name = state.channel(body.stream, "name") or ""
    return {"channel": name, "event": body.target.hex()}


def _of_conversation(state: HubState, body: Body) -> dict[str, object]:
    """The one message that was shown: that its author sealed it was checked when it was taken."""
    assert isinstance(body, ReportSealed)
    found = named(state.hub, state.accounts, body.stream, body.event)
    author = handles(state).get(found.author.account, "") if found is not None else ""
    event = found.event[:16].hex() if found is not None else ""
    text = text_of(unpad(body.padded), STANDARD)
    return {"channel": "", "event": event, "sealed": True, "author": author, "text": text}


async def hide(operator: Operator, given: Arguments) -> Answer:
    """Hide a message from all but moderators and its author, or show it again."""
    name, reason = given.required("channel"), given.required("reason")
    target = _target(given.required("event"))
    hidden = not given.flag("undo")
    stream = await operator.ask(lambda engine, store: channel_named(engine.state, name))
    await operator.act(stream, valid(Hide(target, hidden, reason)))
    return {"channel": name.removeprefix("#"), "event": target.hex(), "hidden": hidden}


def _target(text: str) -> TargetId:
    """The name of an event: 16 bytes in hex, as `report` shows it."""
    try:
        found = bytes.fromhex(text)
    except ValueError:
        found = b""
    if len(found) != LENGTHS["target"]:
        raise RequestRefused("an event is named by 32 hexadecimal digits")
    return TargetId(found)


VERBS = (
    Verb(
        "channel",
        "List the public channels, add one, change one.",
        (
            "hobnob hub channel",
            "hobnob hub channel create garden --purpose 'what grows' --auto-join yes",
            "hobnob hub channel set garden --rename greenhouse",
            "hobnob hub channel archive greenhouse",
        ),
        channel,
        (
            Argument("action", "what to do", required=False, choices=ACTIONS, default="list"),
            Argument("name", "which channel, with or without #", required=False),
            Argument("purpose", "what it is for", option=True),
            Argument("rename", "its new name", option=True),
            Argument("auto_join", "put newcomers into it", option=True, choices=("yes", "no")),
            Argument("history", "what newcomers see of before", option=True, choices=HISTORIES),
        ),
    ),
    Verb(
        "report",
        "List what members have reported, the newest first.",
        ("hobnob hub report", "hobnob hub report --json"),
        report,
    ),
    Verb(
        "hide",
        "Hide a message, or show it again.",
        (
            "hobnob hub hide garden 0f3c...9a 'a phone number of somebody else'",
            "hobnob hub hide garden 0f3c...9a 'looked again' --undo",
        ),
        hide,
        (
            Argument("channel", "where it was said"),
            Argument("event", "its name, as `hobnob hub report` shows it"),
            REASON,
            Argument("undo", "show it again", Sort.FLAG, option=True),
        ),
    ),
)
