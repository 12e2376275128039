"""Days and numbers as the language writes them."""

from datetime import date
from typing import Final

from hobnob_client.catalogue.language import Language
from hobnob_client.catalogue.speaking import language


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DAYS: Final = {
    Language.ENGLISH: _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    Language.GERMAN: _words("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"),
}
_DAYS_SHORT: Final = {
    Language.ENGLISH: _words("Mon Tue Wed Thu Fri Sat Sun"),
    Language.GERMAN: _words("Mo Di Mi Do Fr Sa So"),
}
_MONTHS: Final = {
    Language.ENGLISH: _words(
        "January February March April May June July August September October November December"
    ),
    Language.GERMAN: _words(
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
    ),
}
_MONTHS_SHORT: Final = {
    Language.ENGLISH: _words("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
    Language.GERMAN: _words("Jan. Feb. März Apr. Mai Juni Juli Aug. Sep. Okt. Nov. Dez."),
}


def date_short(day: date, *, year: bool = True) -> str:
    """A day in few cells: "Thu 20 Nov 2025", "Do 20. Nov. 2025"; the year where it is wanted."""
    spoken = language()
    point = "." if spoken is Language.GERMAN else ""
    weekday = _DAYS_SHORT[spoken][day.weekday()]
    behind = f" {day.year}" if year else ""
    return f"{weekday} {day.day}{point} {_MONTHS_SHORT[spoken][day.month - 1]}{behind}"


def date_long(day: date, *, weekday: bool = True) -> str:
    """A day in full: "Thursday, 20 November 2025", "Donnerstag, 20. November 2025"."""
    spoken = language()
    point = "." if spoken is Language.GERMAN else ""
    before = f"{_DAYS[spoken][day.weekday()]}, " if weekday else ""
    return f"{before}{day.day}{point} {_MONTHS[spoken][day.month - 1]} {day.year}"


def decimal(value: float, form: str) -> str:
    """A number as `form` has it (`+.3f`, `.1%`), with the language's point: "+1.5", "+1,5"."""
    told = format(value, form)
    return told.replace(".", ",") if language() is Language.GERMAN else told


def number(value: int) -> str:
    """A whole number with its thousands apart: "12,345", "12.345"."""
    told = f"{value:,}"
    return told.replace(",", ".") if language() is Language.GERMAN else told
