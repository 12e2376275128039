"""What was cut out comes back."""

from hobnob_client.tui.composing.kill_ring import ENTRIES_MAX, KillRing


def test_what_is_cut_in_one_go_comes_back_in_one_piece() -> None:
    """In the order of the text, whichever way it was cut."""
    ring = KillRing()
    ring.kill("world", before=True, joins=False)
    ring.kill("hello ", before=True, joins=True)
    ring.kill("!", before=False, joins=True)
    assert ring.newest == "hello world!"


def test_the_ring_turns() -> None:
    """The last of all is followed by the first; it is bounded, and may be empty."""
    ring = KillRing()
    assert ring.newest == ring.rotate() == ""
    for nth in range(ENTRIES_MAX + 5):
        ring.kill(str(nth), before=False, joins=False)
    ring.kill("", before=False, joins=False)
    assert ring.newest == str(ENTRIES_MAX + 4)
    assert ring.rotate() == str(ENTRIES_MAX + 3)
    for _ in range(ENTRIES_MAX - 1):
        ring.rotate()
    assert ring.newest == str(ENTRIES_MAX + 4)
