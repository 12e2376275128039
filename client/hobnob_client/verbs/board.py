"""`hobnob board`: who has helped whom, in points that each open into the events they came of."""

import asyncio
from typing import Final

from hobnob_client import term_safe
from hobnob_client.engine import Engine
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import Reader
from hobnob_client.recognition import asking, words
from hobnob_client.recognition.asking import Asked, T
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call, account_named, channel_named
from hobnob_client.verbs.place_names import PlaceNames
from hobnob_protocol.ids import AccountId, ChannelId
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
        answer = answered(call, await asking.board(engine, question), "No board is")
        if question.whose is None:
            _show(call, reader, answer)
        else:
            _unfold(call, reader, answer, question.whose)
    return Exit.OK


def answered(call: Call, asked: Asked[T], none: str) -> T:
    """The answer, with as of when it is where it was kept; Failure where `none` is."""
    if asked.answer is None:
        raise Failure(f"{none} kept on this device: {words.why(asked.why)}.", Exit.RETRY)
    if asked.why:
        when = lines.moment(asked.answer.as_of_ms, call.settings)
        call.terminal.say(f"as of {when}: {words.why(asked.why)}")
    return asked.answer


def whose_named(reader: Reader, name: str) -> AccountId:
    """Whose row or badges are meant: of whoever has this handle, or one's own as `me`."""
    return reader.me if name.removeprefix("@") in ("", "me") else account_named(reader, name)


def _question(call: Call, reader: Reader) -> BoardQuestion:
    channel = None
    if call.words.channel is not None:
        line = channel_named(reader, call.words.channel)
        channel = ChannelId(line.stream[2:])
    whose = None if call.words.why is None else whose_named(reader, call.words.why)
    return BoardQuestion(call.words.period or "season", channel, whose)


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
    names = PlaceNames(reader)
    for line in answer.lines:
        by = lines.name(reader, line.other) if line.other is not None else None
        record = {
            "measure": line.measure,
            "points": line.tenths / 10,
            "count": line.count,
            "by": by,
            "events": [event_record(names, each) for each in line.events],
        }
        call.terminal.show(record, _line(call, reader, line, names))


def _line(call: Call, reader: Reader, line: Counted, names: PlaceNames) -> str:
    by = f" · {lines.name(reader, line.other)}" if line.other is not None else ""
    head = f"{words.points(line.tenths):>7}  {words.counted(line.measure, line.count)}{by}"
    told = [f"         {event_text(call, names, each)}" for each in line.events]
    more = line.count - len(line.events)
    return "\n".join((head, *told, *([f"         … and {more} more"] if more > 0 else [])))


def event_text(call: Call, names: PlaceNames, event: Evidence) -> str:
    """When, where, and by what name `hobnob thread` takes it."""
    where = names.label(event.stream, "a channel you are not in")
    when = lines.moment(event.at_ms, call.settings)
    return f"{when} {where} {event.target.hex()[: lines.NAME_LETTERS]}"


def event_record(names: PlaceNames, event: Evidence) -> dict[str, object]:
    """The same for programs."""
    return {
        "channel": names.name(event.stream),
        "stream": event.stream.hex(),
        "event": event.target.hex(),
        "at": lines.stamp(event.at_ms),
    }
