"""What authors had seen tells whether one history is shown to all."""

from hobnob_protocol.ids import DeviceId, Head8
from hobnob_sync.witness import UNKNOWN_FORKS, Forks, Verdict, adopt, judge

OWN, OTHER = Head8(b"own-----"), Head8(b"other---")
LAPTOP = DeviceId(b"laptop!!")


def verdict(
    seen: int = 5,
    head: Head8 = OWN,
    own: Head8 | None = OWN,
    forks: Forks | None = None,
    adopted: int | None = None,
    author_seq: int = 10,
) -> Verdict:
    """The verdict on an event at 9."""
    return judge(9, seen, head, own, forks, adopted, author_seq)


def test_without_a_loss_every_difference_is_a_conflict() -> None:
    """One history: the same place has the same head."""
    assert verdict() is Verdict.MATCH
    assert verdict(head=OTHER) is Verdict.CONFLICT
    assert verdict(own=None) is Verdict.UNKNOWN
    assert verdict(seen=0, head=OTHER) is Verdict.MATCH


def test_nobody_has_seen_what_came_after() -> None:
    """An author cannot have held its own event or a later one."""
    assert verdict(seen=8) is Verdict.MATCH
    assert verdict(seen=9) is Verdict.CONFLICT
    assert verdict(seen=9, forks=Forks(3, 3)) is Verdict.UNVERIFIABLE


def test_above_a_fork_a_difference_proves_nothing() -> None:
    """It may have been said in the history that was lost; below the first fork it still counts."""
    assert verdict(head=OTHER, forks=Forks(4, 4)) is Verdict.UNVERIFIABLE
    assert verdict(head=OTHER, forks=Forks(5, 5)) is Verdict.CONFLICT
    assert verdict(head=OTHER, forks=Forks(4, 8)) is Verdict.UNVERIFIABLE
    assert verdict(head=OTHER, forks=UNKNOWN_FORKS) is Verdict.UNVERIFIABLE


def test_a_device_that_lives_in_the_new_history_must_fit_again() -> None:
    """What it says after that, not what it said before."""
    forks = Forks(4, 4)
    assert verdict(head=OTHER, forks=forks, adopted=10) is Verdict.UNVERIFIABLE
    assert verdict(head=OTHER, forks=forks, adopted=9) is Verdict.CONFLICT
    assert verdict(seen=9, forks=forks, adopted=9) is Verdict.CONFLICT


def test_a_match_above_the_last_fork_shows_where_a_device_lives() -> None:
    """The lowest such author_seq is kept."""
    forks = Forks(2, 4)
    match = Verdict.MATCH
    assert adopt({}, LAPTOP, 10, 5, forks, match) == {LAPTOP: 10}
    assert adopt({}, LAPTOP, 10, 4, forks, match) is None
    assert adopt({}, LAPTOP, 10, 5, None, match) is None
    assert adopt({}, LAPTOP, 10, 5, forks, Verdict.UNKNOWN) is None
    assert adopt({LAPTOP: 10}, LAPTOP, 10, 5, forks, match) is None
    assert adopt({LAPTOP: 10}, LAPTOP, 11, 5, forks, match) is None
    assert adopt({LAPTOP: 10}, LAPTOP, 9, 5, forks, match) == {LAPTOP: 9}
