"""How often Python looks for garbage in cycles."""

import gc
from typing import Final

START_OBJECTS: Final = 400_000
"""New objects between two looks at first: more than a screen makes until one reads, and most verbs
until they end. Nearly all of them stay: a look takes 5 ms for each 20,000, and finds nothing."""
COLLECT_OBJECTS: Final = 20_000
"""The same of a program that somebody looks at, where no look may be long: more than the pages of
one transaction make, which are in use until it ends and leave hardly a cycle. Python's 700 would
look at them again and again."""
LOOKS: Final = 10
"""After so many looks at what is new, one at what they have left, too."""
LOOKS_MAX: Final = 1_000
"""After so many of these Python would look at all there is, in the middle of a word: it is done at
rest."""
AT_REST: Final = 2
"""After so many of these, at rest."""


def collect_seldom() -> None:
    """From here on look seldom, and never at what has been made by now. This is the whole
    process's, so a program decides it, never a library."""
    gc.freeze()
    gc.set_threshold(START_OBJECTS)


def collect_and_keep() -> None:
    """What a program has made to stay stands now: what of it is garbage goes, and the rest is never
    looked at again. It takes some 60 ms, once; each later look at all there is, a third of that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_OBJECTS, LOOKS, LOOKS_MAX)


def collect_at_rest() -> None:
    """Nobody waits for anything: look at all that has come since the start, some 30 ms, if much
    has."""
    if gc.get_count()[2] >= AT_REST:
        gc.collect()


def collect_no_more() -> None:
    """The process ends: the system takes all of its memory at once, and the interpreter's last
    looks at it, some 25 ms of a verb, would find nothing that matters."""
    gc.freeze()
