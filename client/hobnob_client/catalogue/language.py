"""Which language the screen speaks."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Language(StrEnum):
    """A language whose texts are complete, by its ISO 639 code."""

    ENGLISH = "en"
    GERMAN = "de"


_ASKED: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a shell says its language, the first that says anything decides: POSIX's order. Ours is a
setting, which has its variable as every setting does."""


def chosen(environ: Mapping[str, str], setting: str = "") -> Language:
    """The language that `setting` names ("" or "auto": nothing), else that of the shell; English
    where it is one we do not have."""
    wanted = setting if setting != "auto" else ""
    for name in _ASKED:
        wanted = wanted or environ.get(name, "")
    code = wanted[:2].lower()
    return Language(code) if code in tuple(Language) else Language.ENGLISH
