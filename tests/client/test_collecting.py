"""Garbage is looked for seldom in a program of ours."""

import gc
import subprocess
import sys
import weakref
from collections.abc import Iterator

import pytest

from hobnob_client.collecting import (
    COLLECT_OBJECTS,
    LOOKS_AT_REST,
    START_OBJECTS,
    collect_and_keep,
    collect_at_rest,
    collect_closed,
    collect_no_more,
    collect_seldom,
)


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Other tests find the collector as it was."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_what_a_verb_makes_is_not_looked_at() -> None:
    """The threshold is ours, and what is loaded by now is left alone."""
    collect_seldom()
    assert gc.get_threshold()[0] == START_OBJECTS
    assert gc.get_freeze_count() > 0


def test_at_the_end_nothing_is_looked_at() -> None:
    """All that is there by then is left to the system."""
    made: list[object] = [[] for _ in range(1_000)]
    before = gc.get_freeze_count()
    collect_no_more()
    assert gc.get_freeze_count() > before + len(made)
    assert gc.get_count()[0] < len(made)


class _Circle:
    """Garbage that only a look at all there is finds."""

    def __init__(self) -> None:
        self.me = self


def test_what_stands_is_kept_and_its_garbage_goes() -> None:
    """Later looks are at what came later, and at little at once: somebody waits for the end."""
    kept: list[object] = [[] for _ in range(1_000)]
    gone = weakref.ref(_Circle())
    before = gc.get_freeze_count()
    collect_and_keep()
    assert gc.get_freeze_count() > before + len(kept)
    assert gone() is None
    assert gc.get_threshold()[0] == COLLECT_OBJECTS < START_OBJECTS


def test_all_there_is_is_looked_at_only_at_rest() -> None:
    """What went since it was looked at stays until then."""
    collect_and_keep()
    made = [_Circle() for _ in range(3)]
    for _ in range(3):
        gc.collect(1)
    seen = [weakref.ref(each) for each in made]
    made.clear()
    gc.collect(1)
    assert all(each() is not None for each in seen)
    collect_at_rest()
    assert not any(each() for each in seen)


def test_what_has_come_lately_is_looked_at_at_rest_and_not_before() -> None:
    """What was in use when it was new, and went since, costs nobody a moment of a word."""
    collect_and_keep()
    made = [_Circle() for _ in range(3)]
    gc.collect(0)
    seen = [weakref.ref(each) for each in made]
    made.clear()
    while gc.get_count()[1] < LOOKS_AT_REST:
        gc.collect(0)
    assert all(each() is not None for each in seen)
    collect_at_rest()
    assert not any(each() for each in seen)


def test_what_a_screen_was_made_of_goes_when_it_was_closed() -> None:
    """However long it was there, and however little else has come."""
    collect_and_keep()
    made = [_Circle() for _ in range(3)]
    for _ in range(2):
        gc.collect(1)
    seen = [weakref.ref(each) for each in made]
    made.clear()
    collect_closed()
    assert not any(each() for each in seen)


GIVEN_BACK = """
import ctypes, sys
from pathlib import Path
from hobnob_client.collecting import collect_at_rest
if not hasattr(ctypes.CDLL(None), "malloc_trim"):
    sys.exit(print("none"))
def pages():
    return int(Path("/proc/self/statm").read_text().split()[1])
collect_at_rest()
before = pages()
made = [bytes(64_000) for _ in range(500)]
last = bytes(64_000)
made.clear()
held = pages() - before
collect_at_rest()
print("given" if pages() - before < held / 4 else f"kept {pages() - before} of {held}")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such call")
def test_what_is_free_goes_back_at_rest_though_something_lies_behind_it() -> None:
    """32 MB that were used for a moment are another program's then; where the library of C has no
    call for it, nothing happens."""
    command = [sys.executable, "-c", GIVEN_BACK]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert said.stdout.strip() in {"given", "none"}
