"""The forms a field of a profile has: read strictly from oneself, leniently from everybody else."""

import re
from enum import StrEnum
from typing import Final

from hobnob_client import term_safe
from hobnob_client.catalogue import later, t
from hobnob_protocol.limits import ASKS_MAX
from hobnob_protocol.value import value

WORDS_MAX: Final = 12
"""Words or short phrases of one field: who knows everything is found by nothing."""
WORD_TEXT_MAX: Final = 40
"""Letters of one of them."""
TEXT_MAX: Final = 400
"""Letters of a text: a profile is read in passing."""
SPANS_MAX: Final = 3
HOURS: Final = 24
ZONE_MINUTES_MIN: Final = -12 * 60
ZONE_MINUTES_MAX: Final = 14 * 60
REGIONS: Final = ("Africa", "Americas", "Asia", "Europe", "Oceania")
"""Who wants to say no more of where they are says one of these."""
LANGUAGES: Final = {
    "deutsch": "de", "german": "de", "englisch": "en", "english": "en", "español": "es",
    "french": "fr", "français": "fr", "französisch": "fr", "italian": "it", "italiano": "it",
    "italienisch": "it", "polish": "pl", "polnisch": "pl", "polski": "pl", "portuguese": "pt",
    "russian": "ru", "russisch": "ru", "spanish": "es", "spanisch": "es", "turkish": "tr",
    "türkisch": "tr",
}  # fmt: skip
"""The short names of languages that many write in full; any other stays as it was written."""

_ZONE: Final = re.compile(r"(?:utc|gmt)?\s*([+\-\u2212])\s*(\d{1,2})(?::?([0-5]\d))?")
_SPAN: Final = re.compile(r"(\d{1,2})(?::00)?\s*[-\u2013]\s*(\d{1,2})(?::00)?")


class Form(StrEnum):
    """How the text of a field is read."""

    WORDS = "words"
    LANGUAGES = "languages"
    TEXT = "text"
    LEVEL = "level"
    ZONE = "zone"
    HOURS = "hours"
    REQUESTS = "requests"


class Level(StrEnum):
    """How far somebody is, by their own word."""

    NEWCOMER = "newcomer"
    LEARNING = "learning"
    PRACTISED = "practised"
    EXPERT = "expert"


LEVELS: Final = {
    Level.NEWCOMER: later("newcomer"),
    Level.LEARNING: later("learning"),
    Level.PRACTISED: later("practised"),
    Level.EXPERT: later("expert"),
}


class Unfit(ValueError):
    """A text does not fit its field; the message says how it should be."""


@value
class Zone:
    """Where somebody lives, coarsely: `minutes` ahead of UTC, None where it is a region."""

    name: str
    minutes: int | None = None


@value
class Span:
    """From one full hour to another, 0 to 24; where the second is less it is on the next day."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"

    @property
    def hours(self) -> tuple[int, ...]:
        """Each full hour of it, by when that begins."""
        length = (self.last - self.first) % HOURS or HOURS
        return tuple((self.first + nth) % HOURS for nth in range(length))


def words(text: str) -> tuple[str, ...]:
    """What stands between commas or on lines of its own, each once, as it is first written."""
    found: dict[str, str] = {}
    for part in re.split(r"[,;\n]", text):
        word = one_line(part)
        if word:
            found.setdefault(word.casefold(), word)
    return tuple(found.values())


def languages(text: str) -> tuple[str, ...]:
    """Words, small; what has a short name by that."""
    found = (LANGUAGES.get(each.casefold(), each.casefold()) for each in words(text))
    return tuple(dict.fromkeys(found))


def one_line(text: str) -> str:
    """Safe to draw, with single spaces."""
    return " ".join(term_safe.line(" ".join(text.split())).split())


def level(text: str) -> Level:
    """By its name, or by what people are shown for it. Unfit where it is none."""
    said = one_line(text).casefold()
    for each, label in LEVELS.items():
        if said in (each, label, t(label).casefold()):
            return each
    raise Unfit(t("It is one of {names}.", names=", ".join(Level)))


def zone(text: str) -> Zone:
    """UTC+1, +5:30, or a region. Unfit where it is neither."""
    said = one_line(text)
    for region in REGIONS:
        if said.casefold() == region.casefold():
            return Zone(region)
    if said.casefold() in ("utc", "gmt"):
        return Zone("UTC+0", 0)
    found = _ZONE.fullmatch(said.casefold())
    if found is not None:
        sign = 1 if found[1] == "+" else -1
        minutes = sign * (int(found[2]) * 60 + int(found[3] or 0))
        if ZONE_MINUTES_MIN <= minutes <= ZONE_MINUTES_MAX:
            rest = f":{found[3]}" if found[3] not in (None, "00") else ""
            return Zone(f"UTC{'+' if minutes >= 0 else '-'}{int(found[2])}{rest}", minutes)
    raise Unfit(
        t("It is coarse, as UTC+1 or UTC-3:30, or one of {names}.", names=", ".join(REGIONS))
    )


def hours(text: str) -> tuple[Span, ...]:
    """Up to `SPANS_MAX`, as 9-12, 18-22. Unfit where it is anything else."""
    found = list[Span]()
    for part in words(text):
        said = _SPAN.fullmatch(part)
        first, last = (int(said[1]), int(said[2])) if said is not None else (HOURS, HOURS)
        if first >= HOURS or last > HOURS or first == last:
            raise Unfit(t("Hours are full ones, from 0 to 24: 18-22, or 9-12, 18-22."))
        found.append(Span(first, last))
    if len(found) > SPANS_MAX:
        raise Unfit(t("At most {most} of them.", most=SPANS_MAX))
    return tuple(found)


def requests(text: str) -> int:
    """How many in a week, 0 to `ASKS_MAX`. Unfit where it is anything else."""
    said = one_line(text)
    plain = said.isascii() and said.isdigit() and len(said) <= len(str(ASKS_MAX))
    if not plain or int(said) > ASKS_MAX:
        raise Unfit(t("It is a number from 0 to {most}.", most=ASKS_MAX))
    return int(said)


def fitted(form: Form, text: str) -> str:
    """What one says of oneself as it goes over the wire; "" where nothing is left of it. Unfit
    with what is wrong."""
    if not one_line(text):
        return ""
    if form is Form.LEVEL:
        return level(text).value
    if form is Form.ZONE:
        return zone(text).name
    if form is Form.HOURS:
        return ", ".join(map(str, hours(text)))
    if form is Form.REQUESTS:
        return str(requests(text))
    if form is Form.TEXT:
        said = one_line(text)
        if len(said) > TEXT_MAX:
            raise Unfit(
                t("At most {most} letters; it has {count}.", most=TEXT_MAX, count=len(said))
            )
        return said
    found = languages(text) if form is Form.LANGUAGES else words(text)
    if len(found) > WORDS_MAX:
        raise Unfit(t("At most {most} of them.", most=WORDS_MAX))
    too_long = next((each for each in found if len(each) > WORD_TEXT_MAX), "")
    if too_long:
        raise Unfit(t("“{word}” is longer than {most} letters.", word=too_long, most=WORD_TEXT_MAX))
    return ", ".join(found)
