"""Nobody's screen is one channel, one person, or announcements."""

from collections.abc import Sequence

from hobnob_client.feed.mixing import PAGE, mix
from hobnob_client.feed.scoring import Scored
from tests.client.feed.community import talk


def scored(key: str, probability: float, **known: object) -> Scored:
    """A thread with its probability."""
    return Scored(talk(key, **known), (), probability, 1.0)


def mixed(*ordered: Scored) -> list[Scored]:
    """Nobody is found out about here."""
    found = mix(ordered, 0)
    assert not any(explored for _, explored in found)
    return [one for one, _ in found]


def keys(ordered: Sequence[Scored]) -> list[object]:
    """In their order."""
    return [one.talk.key for one in ordered]


def test_a_near_equal_from_elsewhere_comes_in_between() -> None:
    """One that is far less probable does not."""
    same = [scored(f"g{n}", 0.30 - n / 1_000) for n in range(3)]
    near = scored("k", 0.29, channel="kitchen", begun_by="cem")
    far = scored("f", 0.01, channel="attic", begun_by="eve")
    assert keys(mixed(*same, near, far)) == ["g0", "k", "g1", "g2", "f"]


def test_whoever_begins_all_threads_makes_room() -> None:
    """Also within one channel."""
    threads = (scored("b0", 0.3), scored("b1", 0.299), scored("c0", 0.298, begun_by="cem"))
    assert keys(mixed(*threads)) == ["b0", "c0", "b1"]


def test_one_announcement_in_ten_rows() -> None:
    """However probable the others are."""
    news = [scored(f"n{n}", 0.9, channel="news", announcement=True) for n in range(4)]
    plain = [scored(f"p{n}", 0.2, channel=f"c{n}", begun_by=f"m{n}") for n in range(90)]
    found = mixed(*news, *plain)
    assert sorted(map(str, keys(found))) == sorted(map(str, keys([*news, *plain])))
    assert [at for at, one in enumerate(found) if one.talk.announcement] == [0, 10, 20, 30]
    for at in range(len(found)):
        assert sum(one.talk.announcement for one in found[at : at + PAGE]) <= 1


def test_where_there_is_nothing_else_announcements_follow_each_other() -> None:
    """Nothing is lost, and nothing comes twice."""
    news = [scored(f"n{n}", 0.9, channel="news", announcement=True) for n in range(4)]
    assert set(keys(mixed(*news, scored("p", 0.1)))) == {"n0", "n1", "n2", "n3", "p"}
