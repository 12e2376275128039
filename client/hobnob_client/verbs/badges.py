"""`hobnob badges`: what somebody has earned, each with what it was earned by, and what is next."""

import asyncio
from collections.abc import Mapping

from hobnob_client.catalogue import n
from hobnob_client.engine import Engine
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import Reader
from hobnob_client.recognition import asking, words
from hobnob_client.verbs import lines
from hobnob_client.verbs.board import account_of, event_record, event_text
from hobnob_client.verbs.call import Call, places
from hobnob_protocol.ids import StreamId
from hobnob_protocol.questions import Badge, BadgesAnswer


def run(call: Call) -> Exit:
    """Ask the hub, or show what was kept."""
    return asyncio.run(_run(call))


async def _run(call: Call) -> Exit:
    async with Engine(call.profile, call.signing(), brief=True) as engine:
        await asking.reached(engine)
        reader = engine.reader
        account = account_of(reader, call.words.handle or "me")
        asked = await asking.badges(engine, account)
        if asked.answer is None:
            said = f"No badges are kept on this device: {words.why(asked.why)}."
            raise Failure(said, Exit.RETRY)
        if asked.why:
            when = lines.moment(asked.answer.as_of_ms, call.settings)
            call.terminal.say(f"as of {when}: {words.why(asked.why)}")
        _show(call, reader, asked.answer, own=account == reader.me)
    return Exit.OK


def _show(call: Call, reader: Reader, answer: BadgesAnswer, *, own: bool) -> None:
    labels = {line.stream: line.label for line in places(reader)}
    for badge in answer.badges:
        if badge.tier:
            call.terminal.show(_record(badge, labels), _earned(call, badge, labels))
    for badge in answer.badges:
        if own and badge.missing is not None:
            counts = f"◇ {words.badge_counts(badge)}: tier {badge.missing.tier} lacks"
            call.terminal.show(_record(badge, labels), f"{counts} {words.missing(badge)}")
    if not answer.badges and not own:
        call.terminal.say("They show no badges: they have none, or do not take part.")
    if own and not answer.takes_part:
        call.terminal.say(
            "Only you see them; hobnob me allow recognition shows what you have earned to others."
        )


def _earned(call: Call, badge: Badge, labels: Mapping[StreamId, str]) -> str:
    people = f", {n('{count} person', '{count} people', badge.people)}" if badge.people else ""
    when = lines.moment(badge.at_ms, call.settings)
    head = f"◆ {words.badge_name(badge)}  {badge.count}{people}, {when}"
    told = [f"    {event_text(call, labels, each)}" for each in badge.events]
    return "\n".join((head, f"    {words.badge_counts(badge)}", *told))


def _record(badge: Badge, labels: Mapping[StreamId, str]) -> dict[str, object]:
    lacks = badge.missing
    return {
        "badge": badge.rule,
        "name": words.badge_name(badge),
        "tier": badge.tier,
        "at": lines.stamp(badge.at_ms) if badge.tier else None,
        "count": badge.count,
        "people": badge.people,
        "events": [event_record(labels, each) for each in badge.events],
        "missing": None
        if lacks is None
        else {
            "tier": lacks.tier,
            "marks": lacks.marks,
            "people": lacks.people,
            "channels": lacks.places,
        },
    }
