"""A profile with its meaning: what somebody says of themselves, as far as it can be understood."""

from hobnob_client.catalogue import t
from hobnob_client.profiles import forms
from hobnob_client.profiles.fields import BY_NAME, FIELDS, Field
from hobnob_client.profiles.forms import Form, Level, Span, Unfit, Zone
from hobnob_protocol.ids import AccountId
from hobnob_protocol.questions import HIDDEN_BADGES
from hobnob_protocol.value import value
from hobnob_sync.views.profile import Profile


@value
class Described:
    """All texts are safe to draw and within the bounds of `forms`; what was never said, or cannot
    be understood, is empty."""

    account: AccountId
    helps_with: tuple[str, ...] = ()
    looks_for: tuple[str, ...] = ()
    goals: str = ""
    level: Level | None = None
    languages: tuple[str, ...] = ()
    zone: Zone | None = None
    hours: tuple[Span, ...] = ()
    about: str = ""

    def hours_at(self, minutes: int) -> frozenset[int]:
        """The full hours in which they say they are here, by a clock so many minutes ahead of UTC;
        as they say them where their zone is not known."""
        ahead = minutes - self.zone.minutes if self.zone and self.zone.minutes is not None else 0
        hours = (hour for span in self.hours for hour in span.hours)
        return frozenset((hour * 60 + ahead) // 60 % forms.HOURS for hour in hours)

    @property
    def says_something(self) -> bool:
        """Is there anything in it?"""
        return self != Described(self.account)


@value
class Told:
    """One line of a profile, safe to draw: `name` is that on the wire."""

    name: str
    label: str
    text: str


def described(profile: Profile) -> Described:
    """By what the fields say."""
    said = dict(profile.fields)
    level, zone, hours = (said.get(name, "") for name in ("level", "zone", "hours"))
    return Described(
        profile.account,
        _bounded(forms.words(_some(said.get("helps_with", "")))),
        _bounded(forms.words(_some(said.get("looks_for", "")))),
        _cut(said.get("goals", ""), forms.TEXT_MAX),
        forms.level(level) if _fits(Form.LEVEL, level) else None,
        _bounded(forms.languages(_some(said.get("languages", "")))),
        forms.zone(zone) if _fits(Form.ZONE, zone) else None,
        forms.hours(hours) if _fits(Form.HOURS, hours) else (),
        _cut(said.get("about", ""), forms.TEXT_MAX),
    )


def told(profile: Profile) -> tuple[Told, ...]:
    """Its lines in the order of the table, then those that other programs know; the text of a field
    that does not fit is shown as it stands."""
    said = dict(profile.fields)
    known = [
        Told(field.name, t(field.label), _shown(field, said[field.name]))
        for field in FIELDS
        if field.name in said
    ]
    others = [
        Told(name, forms.one_line(name), _cut(text, forms.TEXT_MAX))
        for name, text in profile.fields
        if name not in BY_NAME and name != HIDDEN_BADGES
    ]
    return tuple(line for line in (*known, *others) if line.text)


def _shown(field: Field, text: str) -> str:
    if field.form is Form.LEVEL and _fits(field.form, text):
        return t(forms.LEVELS[forms.level(text)])
    if field.form in (Form.WORDS, Form.LANGUAGES):
        return ", ".join(_bounded(forms.words(_some(text))))
    return _cut(text, forms.TEXT_MAX)


def _fits(form: Form, text: str) -> bool:
    """Is it what one could have said oneself?"""
    try:
        return bool(forms.fitted(form, text))
    except Unfit:
        return False


def _some(text: str) -> str:
    """As much of it as a field of words can hold."""
    return text[: forms.WORDS_MAX * (forms.WORD_TEXT_MAX + 2)]


def _bounded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_cut(word, forms.WORD_TEXT_MAX) for word in words[: forms.WORDS_MAX])


def _cut(text: str, most: int) -> str:
    said = forms.one_line(text)
    return said if len(said) <= most else said[: most - 1] + "…"
