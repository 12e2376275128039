"""Badges that one shows to nobody, each by itself: the hub leaves them out for everybody else."""

from collections.abc import Iterable

from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.questions import HIDDEN_BADGES, Badge
from hobnob_sync.views.profile import Profile


def hidden(profile: Profile) -> frozenset[str]:
    """Which of them, by their rules."""
    return frozenset(dict(profile.fields).get(HIDDEN_BADGES, "").split())


def hiding(profile: Profile, rule: str, *, on: bool) -> ProfileField:
    """What is to be said of one's own profile to hide one badge, or to show it again."""
    left = hidden(profile) - {rule} | ({rule} if on else frozenset[str]())
    return ProfileField(HIDDEN_BADGES, " ".join(sorted(left)) or None)


def named(badges: Iterable[Badge], name: str) -> Badge | None:
    """The badge of that name, or of that rule, in whichever language; None for none, or where one
    has not earned it."""
    wanted = name.strip().casefold()
    for each in badges:
        names = {each.rule.casefold(), *(words.name.casefold() for words in each.words)}
        if each.tier and wanted in names:
            return each
    return None
