"""Boards and badges in words: one place for the screen and the shell, which say the same."""

from collections.abc import Sequence
from typing import Final

from hobnob_client.catalogue import decimal, language, later, n, t
from hobnob_client.durations import DAY_MS
from hobnob_protocol.questions import Badge, BoardAnswer, BoardRow, Part, Rules

_NUMERALS: Final = {2: "II", 3: "III", 4: "IV"}
_WHY: Final = {
    "away": later("the hub is not reached"),
    "shared": later("another hobnob of this profile has the link: ask there"),
    "old": later("this hub is too old for boards and badges"),
    "later": later("the hub is still counting: ask again in a moment"),
    "no": later("the hub does not answer that"),
}


def why(code: str) -> str:
    """Why the hub was not asked, or has not answered."""
    return t(_WHY.get(code, later("the hub does not answer that")))


def points(tenths: int) -> str:
    """Points, with one decimal."""
    return decimal(tenths / 10, ".1f")


def part(each: Part) -> str:
    """What one sort of deed brings to a row."""
    return counted(each.measure, each.count)


def counted(measure: str, count: int) -> str:
    """So many events of one sort."""
    if measure == "thanked":
        return n("{count} thanks", "{count} thanks", count)
    if measure == "accepted":
        return n("{count} accepted answer", "{count} accepted answers", count)
    if measure == "welcomed":
        return n("{count} first answer to a newcomer", "{count} first answers to newcomers", count)
    if measure == "gathered":
        return n("{count} thread that drew three", "{count} threads that drew three", count)
    if measure == "guided":
        return n("{count} guide", "{count} guides", count)
    return f"{count} {measure}"


def parts(row: BoardRow) -> str:
    """All that a row is made of."""
    return " · ".join(part(each) for each in row.parts)


def period(answer: BoardAnswer, name: str) -> str:
    """Which period it is, and how far."""
    days = (answer.end_ms - answer.first_ms) // DAY_MS
    day = min(days, max(1, (answer.as_of_ms - answer.first_ms) // DAY_MS + 1))
    called = {
        "week": t("this week"),
        "season": t("season {number}", number=answer.season),
        "year": t("this year"),
        "all": t("all time"),
    }[name]
    return (
        called
        if name == "all"
        else t("{period}, day {day} of {days}", period=called, day=day, days=days)
    )


def people(answer: BoardAnswer) -> str:
    """How many take part."""
    everybody = answer.taking_part + answer.left_out
    return t("taking part: {count} of {all}", count=answer.taking_part, all=everybody)


def formula_parts(rules: Rules) -> list[tuple[str, tuple[str, ...]]]:
    """How points come about: heads, each with its lines."""
    worths = tuple(f"{each.points} {_worth(each.measure)}" for each in rules.worths)
    return [
        (t("Points are thanks and outcomes; messages count 0."), ()),
        (
            t("Thanks: the median of those who got any has {thanks} points", thanks=rules.thanks),
            (
                t("Whoever thanks has one voice, which all they thanked share."),
                t("Voices begin with members who are trusted, and half of each is passed on."),
                t("At most {weekly} thanks of a pair count in a week.", weekly=rules.weekly_max),
            ),
        ),
        (
            t("Outcomes: at most {day} points a day", day=rules.day_max),
            (
                *worths,
                t("Each times log2(1 + how many that day)."),
                t("They come to no more than the thanks of a year vouch for."),
            ),
        ),
    ]


def formula(rules: Rules) -> list[str]:
    """The same, line by line."""
    return [
        line
        for head, below in formula_parts(rules)
        for line in (head, *(f"  {each}" for each in below))
    ]


def _worth(measure: str) -> str:
    return {
        "accepted": t("for an accepted answer"),
        "welcomed": t("for the first answer to a newcomer"),
        "gathered": t("for a thread that drew three"),
        "guided": t("for a guide"),
    }.get(measure, measure)


def badge_name(badge: Badge) -> str:
    """What a badge is called; from the second tier on with it."""
    name = _said(badge)[0]
    return f"{name} {_NUMERALS[badge.tier]}" if badge.tier in _NUMERALS else name


def badge_counts(badge: Badge) -> str:
    """What counts for a badge."""
    return _said(badge)[1]


def earned(badge: Badge) -> str:
    """A badge that is held, on one line: its name, what counted, how often and for how many."""
    people = [n("{count} person", "{count} people", badge.people)] if badge.people else []
    counted_for = ", ".join((f"{badge.count}", *people))
    return f"◆ {badge_name(badge)} ({counted_for}): {badge_counts(badge)}"


def next_step(badges: Sequence[Badge]) -> str:
    """Which badge is nearest, and what it lacks; "" for none."""
    open_ = [each for each in badges if each.missing is not None]
    if not open_:
        return ""
    nearest = min(open_, key=_distance)
    return t("next: {name}, {lacks}", name=_said(nearest)[0], lacks=missing(nearest))


def _distance(badge: Badge) -> tuple[int, str]:
    lacks = badge.missing
    assert lacks is not None
    return lacks.marks + lacks.people + lacks.places, badge.rule


def missing(badge: Badge) -> str:
    """What the next tier lacks, "" for nothing."""
    if badge.missing is None:
        return ""
    lacks = badge.missing
    found: list[str] = []
    if lacks.marks:
        found.append(t("{count} more", count=lacks.marks))
    if lacks.people:
        found.append(n("{count} more person", "{count} more people", lacks.people))
    if lacks.places:
        found.append(n("{count} more channel", "{count} more channels", lacks.places))
    return ", ".join(found)


def _said(badge: Badge) -> tuple[str, str]:
    said = {each.language: (each.name, each.counts) for each in badge.words}
    first: Sequence[tuple[str, str]] = [*said.values(), (badge.rule, "")]
    return said.get(language().value, first[0])
