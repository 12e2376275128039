"""Wishes are kept sealed, each under its own name, beside the mutes that older versions know."""

from hobnob_client.attention.kept import of_keyword, of_level, of_quiet, wishes
from hobnob_client.attention.keywords import KEYWORDS_MAX, Keyword
from hobnob_client.attention.quiet import parse
from hobnob_client.attention.wishes import NO_WISH, Level, Wish
from hobnob_client.sealing.meeting import Held
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.kinds.personal import Mute
from hobnob_protocol.sealing.attention import (
    Kept,
    KeptKeyword,
    KeptLevel,
    KeptQuiet,
    name_of,
    value_of,
)
from hobnob_sync.views.saved import Kept as Lists

CHANNEL = StreamId(b"c:" + b"g" * 16)
ROOT = TargetId(b"r" * 16)
NOTHING = Lists((), ())


def held(*kept: Kept) -> list[Held]:
    """As they stand in the replica."""
    return [Held(name_of(each), value_of(each)) for each in kept]


def test_what_was_set_is_read_together() -> None:
    """Levels, keywords by their letters, and quiet hours."""
    found = wishes(
        held(
            KeptLevel(CHANNEL, None, "mentions", 0),
            KeptLevel(CHANNEL, ROOT, "all", 7),
            of_keyword(Keyword("wal")),
            of_keyword(Keyword("Deploy", pings=False)),
            of_quiet(parse("22:00-07:00", "Europe/Berlin")),
        ),
        NOTHING,
    )
    assert found.of(CHANNEL) == Wish(Level.MENTIONS)
    assert found.of(CHANNEL, ROOT) == Wish(Level.ALL, 7)
    assert found.follows(CHANNEL, ROOT)
    assert found.keywords == (Keyword("Deploy", pings=False), Keyword("wal"))
    assert found.quiet == parse("22:00-07:00", "Europe/Berlin")


def test_mutes_are_levels_too() -> None:
    """Also those that an older version has set; beside what was set before."""
    lists = Lists((), (), (CHANNEL,), ((CHANNEL, ROOT),))
    found = wishes(held(KeptLevel(CHANNEL, None, "all", 0)), lists)
    assert found.of(CHANNEL) == Wish(Level.ALL, muted=True)
    assert found.level(CHANNEL, None, 0) is Level.NOTHING
    assert found.quiet_threads(CHANNEL, 0) == {ROOT}
    assert found.muted(0) == (CHANNEL,)
    assert found.muted_threads(0) == ((CHANNEL, ROOT),)
    assert wishes((), NOTHING).level(CHANNEL, ROOT, 0) is Level.MENTIONS


def test_what_a_later_version_keeps_counts_for_nothing() -> None:
    """And breaks nothing."""
    later = held(KeptLevel(CHANNEL, None, "louder", 0), KeptQuiet("when it rains", ""))
    found = wishes([*later, Held(b"other", b"x")], NOTHING)
    assert found.of(CHANNEL) == Wish()
    assert not found.quiet.spans


def test_there_is_a_bound_for_keywords() -> None:
    """Two devices may have set more than one would."""
    many = held(*(KeptKeyword(f"word {nth:03}", True) for nth in range(KEYWORDS_MAX + 9)))
    assert len(wishes(many, NOTHING).keywords) == KEYWORDS_MAX


def test_a_level_is_set_beside_the_mute() -> None:
    """Only what differs; what is muted comes back as it was."""
    hears_all = Wish(Level.ALL)
    assert of_level(NO_WISH, CHANNEL, None, Level.ALL) == (
        None,
        KeptLevel(CHANNEL, None, "all", 0),
    )
    assert of_level(hears_all, CHANNEL, None, Level.NOTHING) == (
        Mute(CHANNEL, None, on=True),
        KeptLevel(CHANNEL, None, "all", 0),
    )
    assert of_level(Wish(Level.ALL, muted=True), CHANNEL, ROOT, None) == (
        Mute(CHANNEL, ROOT, on=False),
        KeptLevel(CHANNEL, ROOT, "", 0),
    )
    assert of_level(hears_all, CHANNEL, None, None, 99) == (
        None,
        KeptLevel(CHANNEL, None, "all", 99),
    )
