"""Words by which people look for an action that is called otherwise here, by its id: synonyms, and
what other programs call it. Where an id is at home in several panes it is the same act in each."""

from collections.abc import Mapping
from typing import Final

from hobnob_client.catalogue import later

_CONFIDE: Final = later("dm pm message private whisper person direct")

SOUGHT: Final[Mapping[str, str]] = {
    "match": later("helper ask who expert mentor people wizard"),
    "requests": later("ask asked accept decline mentor"),
    "people": later("members directory who skills find list"),
    "fill_in": later("profile me skills about privacy consent agree"),
    "switch": later("join channel browse open room list dm pm message private direct"),
    "address": _CONFIDE,
    "confide": _CONFIDE,
    "group": later("private room invite dm"),
    "leave_channel": later("leave part unjoin"),
    "quit": later("exit q close bye logout log out sign off"),
    "next_theme": later("theme color colors dark light appearance mode contrast"),
    "settings": later("options preferences config theme language mouse keyboard shortcuts"),
    "help": later("keys shortcuts manual commands"),
    "keys": later("help shortcuts manual commands"),
    "search": later("find history grep"),
    "find": later("search history grep"),
    "attention": later("notifications alerts pings keywords"),
    "level": later("notifications alerts mute snooze"),
    "mute": later("silence snooze notifications unsubscribe"),
    "devices": later("account phone laptop sessions"),
    "who": later("members people users list"),
    "react": later("emoji reaction like"),
    "reply": later("answer thread respond"),
    "delete": later("remove withdraw erase"),
    "save": later("bookmark star pin later"),
    "write": later("post send compose"),
    "bare": later("copy select mouse plain"),
    "links": later("url open browser"),
    "block": later("ignore ban hide"),
    "report": later("abuse spam moderator"),
    "poll": later("vote survey ask question"),
    "outbox": later("unsent queue failed pending"),
    "walk": later("unread catch up triage"),
    "edit": later("change correct typo fix"),
}
"""An id that is none of the table would be found by nobody: a test looks."""
