"""What each purpose of consent lets others do: one place for the screen and the shell."""

from typing import Final

from hobnob_client.catalogue import later

MEANINGS: Final = {
    "matching": later(
        "be shown to members who look for somebody, with your profile and what you said in public"
    ),
    "recognition": later("have badges, and a place on boards"),
    "showcase": later("have a word of thanks quoted, once you have seen the page"),
    "outreach": later("be written to by the community, at most once a day"),
    "analytics": later("be counted in figures about the community, never in groups below five"),
}
"""By its name on the wire."""
NAMES: Final = {
    "matching": later("being found"),
    "recognition": later("recognition"),
    "showcase": later("being quoted"),
    "outreach": later("messages from the community"),
    "analytics": later("figures"),
}
NOTHING_YET: Final = frozenset(("showcase", "outreach", "analytics"))
"""Purposes that nothing makes use of yet, which is said beside each; what begins to takes its own
out."""
