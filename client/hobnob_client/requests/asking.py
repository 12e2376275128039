"""What a device says to the hub of requests, and what it makes of the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from hobnob_client.link import LinkLost
from hobnob_client.not_answered import NotAnswered
from hobnob_client.notes import Noting
from hobnob_client.requests import kept
from hobnob_client.requests.answers import answered
from hobnob_client.requests.kept import Made
from hobnob_client.requests.lost import WAITS, lost, undone
from hobnob_client.time_of_day import now_ms
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import TargetId
from hobnob_protocol.limits import ANSWER_ROWS_MAX
from hobnob_protocol.questions import decode_answer, encode_answer
from hobnob_protocol.request_questions import (
    ActQuestion,
    Request,
    RequestQuestion,
    RequestsAnswer,
    RequestsQuestion,
    SettledAnswer,
)

if TYPE_CHECKING:
    from hobnob_client.engine import Engine


async def request(engine: "Engine", one: Made) -> SettledAnswer:
    """Ask somebody; said again with the same id it counts once. LinkLost, NotAnswered,
    ProtocolError."""
    question = RequestQuestion(one.request, one.person, one.follows)
    return await answered(engine, question, SettledAnswer)


async def act(engine: "Engine", name: TargetId, what: str) -> SettledAnswer:
    """Do something with a request. LinkLost, NotAnswered, ProtocolError."""
    return await answered(engine, ActQuestion(name, what), SettledAnswer)


async def listed(engine: "Engine", *, over: bool) -> tuple[RequestsAnswer | None, str]:
    """What concerns oneself, but what those ask whom one blocks; and "" or why it is not of now but
    what was kept, None for nothing."""
    name = f"{kept.LISTED}:{int(over)}"
    why = ""
    notes = await engine.notes()
    before = last(notes, over=over)
    stood = [told for told in (before, last(notes, over=not over)) if told is not None]
    try:
        answer = await answered(engine, RequestsQuestion(over), RequestsAnswer)
        missing = lost(before, answer, now_ms())
        if missing:
            answer = await _again(engine, missing, over=over)
        again = tuple(undone(stood, answer))
        for named, what in again:
            await act(engine, named, what)
        if again:
            answer = await answered(engine, RequestsQuestion(over), RequestsAnswer)
        await engine.note(name, encode_answer(answer))
        await engine.note(kept.LISTED_AT, str(now_ms()).encode())
    except (LinkLost, NotAnswered, ProtocolError) as failed:
        why = failed.code if isinstance(failed, NotAnswered) else "away"
        if before is None:
            return None, why
        answer = before
    return heard(engine, answer), why


async def _again(engine: "Engine", missing: Sequence[Request], *, over: bool) -> RequestsAnswer:
    """The answer once these are said again; what is not taken now stays, and is said again then."""
    known = {each.request: each.follows for each in await made(engine)}
    left: list[Request] = []
    for each in missing:
        one = Made(each.request, each.account, "", follows=known.get(each.request))
        if (await request(engine, one)).why in WAITS:
            left.append(each)
    answer = await answered(engine, RequestsQuestion(over), RequestsAnswer)
    several = sorted((*answer.requests, *left), key=lambda each: -each.at_ms)
    return replace(answer, requests=tuple(several[:ANSWER_ROWS_MAX]))


def last(notes: Mapping[str, bytes], *, over: bool) -> RequestsAnswer | None:
    """What the hub told last, as far as it was kept."""
    try:
        return decode_answer(RequestsAnswer, notes.get(f"{kept.LISTED}:{int(over)}", b""))
    except ProtocolError:
        return None


def heard(engine: "Engine", answer: RequestsAnswer) -> RequestsAnswer:
    """The same without what those ask whom one blocks."""
    blocked = engine.reader.kept().blocked
    there = tuple(each for each in answer.requests if each.mine or each.account not in blocked)
    return replace(answer, requests=there)


async def made(engine: "Engine") -> tuple[Made, ...]:
    """What this device knows of its own."""
    return kept.from_bytes((await engine.notes()).get(kept.MADE, b""))


async def keep(engine: "Engine", one: Made, *, on: bool = True) -> None:
    """Know of this one from here on, or no longer."""

    def changed(before: bytes) -> bytes:
        others = kept.from_bytes(before)
        if on:
            return kept.to_bytes(kept.with_made(others, one))
        return kept.to_bytes([each for each in others if each.request != one.request])

    await engine.change_note(kept.MADE, changed)


def keeping(one: Made, *, sent: bool) -> Noting:
    """Know of this one, and that its note was sent, with what is composed."""
    known = replace(one, sent=sent)
    return Noting(
        kept.MADE,
        lambda before: kept.to_bytes(kept.with_made(kept.from_bytes(before), known)),
    )
