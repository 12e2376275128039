"""How often Python looks for garbage in cycles, and when the system gets back what is free."""

import gc
from typing import Final

START_OBJECTS: Final = 400_000
"""New objects between two looks at first: more than a screen makes until one reads, and most verbs
until they end. Nearly all of them stay: a look takes 5 ms for each 20,000, and finds nothing."""
COLLECT_OBJECTS: Final = 4_000
"""The same of a program that somebody looks at, where no look may be long: it takes a millisecond
or two. What it finds in use is left to the next sort of look."""
LOOKS: Final = 250
"""After so many looks at what is new Python would look at all that these have left, some 30 ms in
the middle of a word: it is done at rest before."""
LOOKS_MAX: Final = 1_000
"""After so many of those Python would look at all there is."""
LOOKS_AT_REST: Final = 20
"""After so many looks at what is new, what they have left is looked at, at rest."""
AT_REST: Final = 2
"""After so many of those, all there is, at rest."""


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
    """Nobody waits for anything: look at what has come lately, if much has; after some of that at
    all that has come since the start, some 30 ms. What is free then goes back."""
    _, looks, longer_looks = gc.get_count()
    if longer_looks >= AT_REST:
        gc.collect()
    elif looks >= LOOKS_AT_REST:
        gc.collect(1)
    _give_back()


def collect_closed() -> None:
    """A screen was closed, of which nobody needs anything any more: look at all that has come since
    the start, some 15 ms. Ten searches in a row would else take 9 MB until somebody rests."""
    gc.collect()
    _give_back()


def _give_back() -> None:
    # No verb ever rests.
    from hobnob_client.heap import give_back

    give_back()


def collect_no_more() -> None:
    """The process ends: the system takes all of its memory at once, and the interpreter's last
    looks at it, some 25 ms of a verb, would find nothing that matters."""
    gc.freeze()
