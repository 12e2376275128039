"""`hobnob me`: what one says of oneself, and what one agrees to, each purpose apart. Nothing is
agreed to by saying nothing."""

from typing import Final

from hobnob_client.config.nearest import nearest
from hobnob_client.failures import Exit, Failure
from hobnob_client.profiles import forms
from hobnob_client.profiles.consent_words import MEANINGS, NOTHING_YET
from hobnob_client.profiles.described import told as lines_of
from hobnob_client.profiles.fields import BY_NAME, Field, named
from hobnob_client.profiles.forms import Form, Unfit
from hobnob_client.verbs import composing
from hobnob_client.verbs.call import Call
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.people import ProfileField
from hobnob_sync.views.profile import Profile

_SAID: Final = {True: "yes", False: "no, withdrawn", None: "no"}
_UNUSED: Final = " (nothing uses it yet)"
_PARTED: Final = (Form.WORDS, Form.LANGUAGES, Form.HOURS)
"""Forms in which each word of the command line is one of several."""


def run(call: Call) -> Exit:
    """Show it, or say something new."""
    if call.verb.action == "show":
        return _show(call)
    if call.verb.action in ("set", "clear"):
        return _fill_in(call)
    return _agree(call, call.words.purpose, on=call.verb.action == "allow")


def _show(call: Call) -> Exit:
    with call.reader() as reader:
        profile = reader.profile(call.device.account)
        said = reader.consents(call.device.account)
    _show_fields(call, profile)
    wide = max(map(len, said))
    for purpose, on in said.items():
        used = purpose not in NOTHING_YET
        line = f"{purpose:{wide}}  {_SAID[on]:13}  {MEANINGS[purpose]}{'' if used else _UNUSED}"
        record = {"purpose": purpose, "on": on is True, "said": on is not None, "used": used}
        call.terminal.show(record, line)
    if profile.pending:
        call.terminal.say("A change of your profile waits for the hub.")
    call.terminal.say("The feed is made on this device alone, and told to nobody.")
    return Exit.OK


def _show_fields(call: Call, profile: Profile) -> None:
    shown = {line.name: line.text for line in lines_of(profile)}
    said = dict(profile.fields)
    names = (*BY_NAME, *(name for name, _ in profile.fields if name not in BY_NAME))
    wide = max(map(len, BY_NAME))
    for name in names:
        field = BY_NAME.get(name)
        empty = f"-  (hobnob me set {name} '{field.example}')" if field is not None else "-"
        label = forms.one_line(name)
        call.terminal.show(
            {"field": name, "value": said.get(name)}, f"{label:{wide}}  {shown.get(name, empty)}"
        )


def _fill_in(call: Call) -> Exit:
    """Set one field, or clear it."""
    if call.verb.action == "clear" and (other := _set_elsewhere(call, call.words.field)):
        return _said(call, ProfileField(other, None), f"{forms.one_line(other)} is empty again.")
    field = _meant(call.words.field)
    value: str | None = None
    if call.verb.action == "set":
        parts: list[str] = call.words.value
        try:
            value = forms.fitted(field.form, (", " if field.form in _PARTED else " ").join(parts))
        except Unfit as unfit:
            raise Failure(f"{field.name}: {unfit}", Exit.USAGE) from unfit
        if not value:
            raise Failure(f"Nothing is said: hobnob me clear {field.name}", Exit.USAGE)
    with call.reader() as reader:
        before = reader.profile(call.device.account).get(field.name)
    if value == before:
        call.terminal.say(f"{field.name} is so already.")
        return Exit.OK
    now = f"{field.name} is empty again."
    if value is not None:
        now = (
            f"{field.name}: {value}. Every member can see it in your profile; you are listed by it "
            "once you agree: hobnob me allow matching"
        )
    return _said(call, ProfileField(field.name, value), now)


def _set_elsewhere(call: Call, name: str) -> str | None:
    """A field that another program has set, and none of ours; whoever is described by it can take
    it away."""
    with call.reader() as reader:
        has = reader.profile(call.device.account).get(name) is not None
    return name if has and named(name) is None else None


def _meant(name: str) -> Field:
    field = named(name)
    if field is not None:
        return field
    near = nearest(name.lower().replace("-", "_"), BY_NAME)
    hint = f"{near} may be meant." if near else f"There are {', '.join(BY_NAME)}."
    raise Failure(f"There is no field {forms.one_line(name)!r}: {hint}", Exit.USAGE)


def _agree(call: Call, purpose: str, *, on: bool) -> Exit:
    agreed = "You agree to" if on else "You no longer agree to"
    return _said(call, Consent(purpose, on), f"{agreed} {purpose}: {MEANINGS[purpose]}.")


def _said(call: Call, body: Body, now: str) -> Exit:
    """Say it; `now` is how it is from then on."""
    from hobnob_client.verbs.delivery import deliver, told

    composed = composing.compose(call, PEOPLE, body)
    call.terminal.say(now)
    return told(call, *deliver(call, composed.n))
