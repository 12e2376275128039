"""What came of a preview, for eyes and for programs."""

from collections.abc import Sequence
from typing import TextIO

from hobnob.preview.figures import Figures
from hobnob.preview.rules import Held, changes
from hobnob_client.onboarding.plan import Channel, World, plan
from hobnob_protocol.value import value
from hobnob_server.past.reading import Past
from hobnob_server.printing import printable


@value
class Row:
    """Figures of rules, which are called "now" or "file"."""

    name: str
    held: Held
    figures: Figures


def record(row: Row, past: Past) -> dict[str, object]:
    """One object for each."""
    return {
        "rules": row.name,
        **_figures(row.figures),
        "people_open": len(past.takers),
        "people_not_open": _closed(past),
        "welcome": {key: list(several) for key, several in _leads(past, row.held).items()},
    }


def tell(rows: Sequence[Row], past: Past, days: int, out: TextIO) -> None:
    """A table, and what would be another."""
    first = rows[0].figures
    out.write(f"{first.questions:,} answered questions of {days} days, three people for each\n")
    out.write(
        f"{len(past.takers):,} people agree to being asked; {_closed(past):,} who wrote do not,"
        " and are shown to nobody\n\n"
    )
    columns = [{name: _cell(each) for name, each in _figures(row.figures).items()} for row in rows]
    out.write(f"{'':20}" + "".join(f"{row.name:>10}" for row in rows) + "\n")
    for name in columns[0]:
        cells = "".join(f"{column[name]:>10}" for column in columns)
        out.write(f"{name.replace('_', ' '):20}{cells}\n")
    if len(rows) > 1:
        _tell_changes(past, rows[0].held, rows[1].held, out)
    if not first.questions:
        out.write("\nNo question was answered in that time: these figures say nothing.\n")


def _tell_changes(past: Past, before: Held, after: Held, out: TextIO) -> None:
    """Each rule that is another; and what each answer of a newcomer would lead to, where that is
    not the same."""
    out.write("\n")
    for line in changes(before.rules, after.rules) or ["Both are the same rules."]:
        out.write(printable(line) + "\n")
    leads, led = _leads(past, after), _leads(past, before)
    changed = [name for name in {**led, **leads} if led.get(name) != leads.get(name)]
    for name in changed:
        was = ", ".join(led.get(name, ())) or "-"
        now = ", ".join(leads.get(name, ())) or "-"
        out.write(printable(f"{name}: channels {was} -> {now}") + "\n")


def _leads(past: Past, held: Held) -> dict[str, tuple[str, ...]]:
    """By answer, the channels that are proposed to somebody who is in those everybody is put in."""
    open_ = tuple(
        Channel(each.stream, each.name, each.purpose)
        for each in past.channels
        if not each.auto_join
    )
    world = World(open_)
    return {
        f"{question.name}={option.name}": tuple(
            offer.channel.name
            for offer in plan(held.questions, {question.name: (option.name,)}, world).channels
        )
        for question in held.questions
        for option in question.options
    }


def _figures(found: Figures) -> dict[str, object]:
    return {
        "questions": found.questions,
        "hit_rate": round(found.hit_rate, 4),
        "busiest_ten_share": round(found.busiest, 4),
        "people_shown": found.shown,
        "people_at_cap": found.at_cap,
        "people_never_shown": found.never,
    }


def _closed(past: Past) -> int:
    return len({said.author for said in past.said} - past.takers.keys())


def _cell(each: object) -> str:
    return f"{each:.3f}" if isinstance(each, float) else f"{each:,}"
