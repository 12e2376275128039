"""`hobnob board`: who has helped whom, in points that each open into the events they came of."""

import asyncio
from collections.abc import Mapping
from typing import Final

from hobnob_client import term_safe
from hobnob_client.engine import Engine
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import Reader
from hobnob_client.recognition import asking, words
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call, channel_named, places
from hobnob_protocol.ids import AccountId, ChannelId, StreamId
from hobnob_protocol.questions import BoardAnswer, BoardQuestion, BoardRow, Counted, Evidence

HOW_TO_JOIN: Final = (
    "Only you see your own row; hobnob me allow recognition puts you on the board, "
    "hobnob me withdraw recognition takes you off every board at once."
)


def run(call: Call) -> Exit:
    """Ask the hub, or show what was kept."""
    return asyncio.run(_run(call))


async def _run(call: Call) -> Exit:
    async with Engine(call.profile, call.signing(), brief=True) as engine:
        await asking.reached(engine)
        reader = engine.reader
        question = _question(call, reader)
        asked = await asking.board(engine, question)
        if asked.answer is None:
            said = f"No board is kept on this device: {words.why(asked.why)}."
            raise Failure(said, Exit.RETRY)
        if asked.why:
            when = lines.moment(asked.answer.as_of_ms, call.settings)
            call.terminal.say(f"as of {when}: {words.why(asked.why)}")
        if question.whose is None:
            _show(call, reader, asked.answer)
        else:
            _unfold(call, reader, asked.answer, question.whose)
    return Exit.OK


def _question(call: Call, reader: Reader) -> BoardQuestion:
    channel = None
    if call.words.channel is not None:
        line = channel_named(reader, call.words.channel)
        channel = ChannelId(line.stream[2:])
    whose = account_of(reader, call.words.why) if call.words.why is not None else None
    return BoardQuestion(call.words.period or "season", channel, whose)


def account_of(reader: Reader, name: str) -> AccountId:
    """Whoever is called so, oneself too; Failure where nobody is."""
    handle = name.removeprefix("@").lower()
    found = reader.me if handle in ("", "me") else reader.account(handle)
    if found is None:
        raise Failure(
            f"Nobody here is called {name!r}. hobnob members lists everybody.", Exit.USAGE
        )
    return found


def _show(call: Call, reader: Reader, answer: BoardAnswer) -> None:
    period = call.words.period or "season"
    call.terminal.say(f"{words.period(answer, period)} · {words.people(answer)}")
    for row in answer.rows:
        _row(call, reader, answer, row)
    own = answer.own
    if own is not None and own.account not in {row.account for row in answer.rows}:
        _row(call, reader, answer, own)
    if not answer.rows:
        call.terminal.say("Nobody who takes part has points yet.")
    if not answer.takes_part:
        call.terminal.say(HOW_TO_JOIN)
    for line in words.formula(answer.rules):
        call.terminal.say(line)


def _row(call: Call, reader: Reader, answer: BoardAnswer, row: BoardRow) -> None:
    mine = row.account == reader.me
    name = "you" if mine else lines.name(reader, row.account)
    record = {
        "place": row.place,
        "account": row.account.hex(),
        "handle": reader.handle(row.account),
        "points": row.tenths / 10,
        "parts": [
            {"measure": each.measure, "count": each.count, "points": each.tenths / 10}
            for each in row.parts
        ],
        "own": mine,
        "on_board": not mine or answer.takes_part,
        "as_of": lines.stamp(answer.as_of_ms),
    }
    head = f"{row.place:>3}  {term_safe.line(name):16} {words.points(row.tenths):>7}"
    call.terminal.show(record, f"{head}  {words.parts(row)}")


def _unfold(call: Call, reader: Reader, answer: BoardAnswer, whose: AccountId) -> None:
    if answer.unfolded is None:
        mine = whose == reader.me
        called = "You have" if mine else f"{lines.name(reader, whose)} has"
        call.terminal.say(
            f"{called} no row in {words.period(answer, call.words.period or 'season')}."
        )
        return
    _row(call, reader, answer, answer.unfolded)
    labels = {line.stream: line.label for line in places(reader)}
    for line in answer.lines:
        by = lines.name(reader, line.other) if line.other is not None else None
        record = {
            "measure": line.measure,
            "points": line.tenths / 10,
            "count": line.count,
            "by": by,
            "events": [event_record(labels, each) for each in line.events],
        }
        call.terminal.show(record, _line(call, reader, line, labels))


def _line(call: Call, reader: Reader, line: Counted, labels: Mapping[StreamId, str]) -> str:
    by = f" · {lines.name(reader, line.other)}" if line.other is not None else ""
    head = f"{words.points(line.tenths):>7}  {words.counted(line.measure, line.count)}{by}"
    told = [f"         {event_text(call, labels, each)}" for each in line.events]
    more = line.count - len(line.events)
    return "\n".join((head, *told, *([f"         … and {more} more"] if more > 0 else [])))


def event_text(call: Call, labels: Mapping[StreamId, str], event: Evidence) -> str:
    """When, where, and by what name `hobnob thread` takes it."""
    where = labels.get(event.stream, "a channel you are not in")
    when = lines.moment(event.at_ms, call.settings)
    return f"{when} {where} {event.target.hex()[: lines.NAME_LETTERS]}"


def event_record(labels: Mapping[StreamId, str], event: Evidence) -> dict[str, object]:
    """The same for programs."""
    return {
        "channel": labels.get(event.stream),
        "stream": event.stream.hex(),
        "event": event.target.hex(),
        "at": lines.stamp(event.at_ms),
    }
