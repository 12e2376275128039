"""Who somebody is, as far as the replica knows: what a profile shows."""

from hobnob_client import term_safe
from hobnob_client.called import called
from hobnob_client.catalogue import n, t
from hobnob_client.devices import devices_of
from hobnob_client.profiles.described import told
from hobnob_client.reading import Reader
from hobnob_client.tui.listing import place_name
from hobnob_client.tui.naming import not_here
from hobnob_client.tui.rooms.contents import Contents
from hobnob_client.tui.rooms.line import Line
from hobnob_client.tui.rows import author
from hobnob_client.tui.timeline.row import IMPORTED_SIGN
from hobnob_client.verifying import stop_of
from hobnob_protocol.ids import AccountId
from hobnob_protocol.value import value

RECENT_MAX = 20
"""So many of their messages are shown."""


@value
class Person:
    """All texts are safe to draw: `facts` are lines of what is known, `said` what they said last
    where one may read it, `joined_ms` when their account came here, 0 where that is not known."""

    account: AccountId
    name: str
    facts: tuple[str, ...]
    said: tuple[Line, ...]
    joined_ms: int = 0
    alarm: bool = False
    is_me: bool = False


def person(reader: Reader, contents: Contents, account: AccountId) -> Person:
    """What is known of a member, or of somebody who was imported."""
    me = account == reader.me
    if reader.elsewhere(account) is not None and reader.owner(account) == account:
        there = author(reader, account).name
        why = f"{IMPORTED_SIGN} {not_here(there)}"
        return Person(account, there, (why,), contents.by(account, RECENT_MAX))
    known = reader.known()
    stop = "" if me else stop_of(reader, known, account)
    name = f"@{called(reader.handle(account), account)}"
    verified = t("✓ verified: you have compared a number") if account in known.verified else ""
    marks = [t("this is you") if me else verified or t("○ no number was compared: v does it")]
    role = reader.role(account)
    if role != "member":
        marks.append(term_safe.line(role))
    inviter = reader.inviter(account)
    if inviter is not None:
        by = called(reader.handle(inviter), inviter)
        marks.append(t("invited by @{handle}", handle=by))
    active = len(devices_of(reader, account))
    marks.append(n("{count} device", "{count} devices", active))
    profile = reader.profile(account)
    fields = [f"{line.label}: {line.text}" for line in told(profile)]
    if me and not fields:
        fields = [t("Nobody knows yet what you help with or look for: e fills it in.")]
    elsewhere = [
        t("{name} where it was imported from", name=term_safe.line(each.name))
        for each in reader.claims(account)
    ]
    together = [] if me else _together(reader, account)
    shared = [t("Together in {places}", places=", ".join(together))] if together else []
    facts = tuple(filter(None, (stop, " · ".join(marks), *fields, *elsewhere, *shared)))
    said = contents.by(account, RECENT_MAX)
    return Person(account, name, facts, said, reader.joined_ms(account), bool(stop), me)


def _together(reader: Reader, account: AccountId) -> list[str]:
    """The channels that both are in."""
    return [
        place_name(reader, line.stream)
        for line in reader.channels(counted=False)
        if line.joined
        and any(each.account == account for each in reader.members(line.stream).joined)
    ]
