"""`hobnob badges`: what somebody has earned, each with what it was earned by, and what is next."""

import asyncio

from hobnob_client.engine import Engine
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import Reader
from hobnob_client.recognition import asking, hiding, words
from hobnob_client.verbs import lines
from hobnob_client.verbs.board import answered, event_record, event_text, whose_named
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.place_names import PlaceNames
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.questions import Badge, BadgesAnswer


def run(call: Call) -> Exit:
    """Ask the hub, or show what was kept."""
    return asyncio.run(_run(call))


async def _run(call: Call) -> Exit:
    async with Engine(call.profile, call.signing(), brief=True) as engine:
        await asking.reached(engine)
        reader = engine.reader
        if call.words.hide or call.words.unhide:
            return await _hide(call, engine)
        account = whose_named(reader, call.words.handle or "me")
        answer = answered(call, await asking.badges(engine, account), "No badges are")
        _show(call, reader, answer, own=account == reader.me)
    return Exit.OK


async def _hide(call: Call, engine: Engine) -> Exit:
    """Show one of one's own to nobody, or again."""
    name, on = call.words.hide or call.words.unhide, bool(call.words.hide)
    me = engine.reader.me
    answer = answered(call, await asking.badges(engine, me), "No badges are")
    badge = hiding.named(answer.badges, name)
    if badge is None:
        raise Failure(f"You have earned no badge {name!r}. hobnob badges lists yours.", Exit.USAGE)
    await engine.compose(PEOPLE, hiding.hiding(engine.reader.profile(me), badge.rule, on=on))
    shown = words.badge_name(badge)
    record = {"badge": badge.rule, "hidden": on}
    call.terminal.show(record, f"{shown}: only you see it" if on else f"{shown}: shown to all")
    return Exit.OK


def _show(call: Call, reader: Reader, answer: BadgesAnswer, *, own: bool) -> None:
    names = PlaceNames(reader)
    hidden = hiding.hidden(reader.profile(reader.me)) if own else frozenset[str]()
    for badge in answer.badges:
        if badge.tier:
            record = {**_record(badge, names), "hidden": badge.rule in hidden}
            text = _earned(call, badge, names)
            if badge.rule in hidden:
                text += f"\n    hidden, only you see it: hobnob badges --unhide {badge.rule}"
            call.terminal.show(record, text)
    for badge in answer.badges:
        if own and badge.missing is not None:
            counts = f"◇ {words.badge_counts(badge)}: tier {badge.missing.tier} lacks"
            call.terminal.show(_record(badge, names), f"{counts} {words.missing(badge)}")
    if not answer.badges and not own:
        call.terminal.say("They show no badges: they have none, or do not take part.")
    if own and not answer.takes_part:
        call.terminal.say(
            "Only you see them; hobnob me allow recognition shows what you have earned to others."
        )


def _earned(call: Call, badge: Badge, names: PlaceNames) -> str:
    head = f"{words.earned(badge)}, {lines.moment(badge.at_ms, call.settings)}"
    return "\n".join((head, *(f"    {event_text(call, names, each)}" for each in badge.events)))


def _record(badge: Badge, names: PlaceNames) -> dict[str, object]:
    lacks = badge.missing
    return {
        "badge": badge.rule,
        "name": words.badge_name(badge),
        "tier": badge.tier,
        "at": lines.stamp(badge.at_ms) if badge.tier else None,
        "count": badge.count,
        "people": badge.people,
        "events": [event_record(names, each) for each in badge.events],
        "missing": None
        if lacks is None
        else {
            "tier": lacks.tier,
            "marks": lacks.marks,
            "people": lacks.people,
            "channels": lacks.places,
        },
    }
