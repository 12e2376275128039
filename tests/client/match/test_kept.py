"""Whom a device has shown: it outlives the process, and makes dear for a week."""

from hobnob_client.match.kept import (
    FORGOTTEN_MS,
    SAME_MS,
    Shown,
    by_person,
    from_bytes,
    load,
    only,
    showing,
    to_bytes,
    with_shown,
)
from hobnob_client.match.price import STEP
from hobnob_protocol.codec import encode
from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import ASKS_DEFAULT, LOAD_WEEK_MS, SHOWN_TO_ONE_MAX, SHOWS_DEFAULT

NOW = 1_700_000_000_000


def account(nth: int) -> AccountId:
    """Somebody."""
    return AccountId(nth.to_bytes(20, "big"))


ANA, BOB = account(1), account(2)


def test_shows_come_back_as_they_were_until_they_count_no_more() -> None:
    """What is damaged is left out."""
    shown = (Shown(ANA, NOW - 1), Shown(BOB, NOW))
    assert from_bytes(to_bytes(shown, NOW)) == shown
    assert to_bytes((Shown(ANA, NOW - FORGOTTEN_MS),), NOW) == b""
    assert from_bytes(b"") == from_bytes(b"\xff") == from_bytes(encode("no list")) == ()
    assert from_bytes(encode(((b"short", 1), 7, (ANA, NOW)))) == (Shown(ANA, NOW),)


def test_who_is_looked_at_again_was_shown_once() -> None:
    """An hour later it is another need."""
    once = with_shown((), (ANA, BOB), NOW)
    assert with_shown(once, (ANA,), NOW + SAME_MS - 1) == once
    assert len(with_shown(once, (ANA,), NOW + SAME_MS)) == 3


def test_what_was_shown_meanwhile_stays() -> None:
    """Minutes lie between two looks, and another window may show somebody in them."""
    first = showing((ANA,), NOW)(b"")
    both = showing((BOB,), NOW + 1)(first)
    assert from_bytes(both) == (Shown(ANA, NOW), Shown(BOB, NOW + 1))


def test_each_show_makes_dearer_and_a_week_of_silence_cheap() -> None:
    """Within a week nobody is shown more often than they take, two shows for a request."""
    shown = [Shown(ANA, NOW - nth) for nth in range(SHOWS_DEFAULT)]
    many = load(shown, ASKS_DEFAULT, STEP, NOW)
    assert many.shows_free == 0
    one = load(shown[:1], ASKS_DEFAULT, STEP, NOW)
    assert 0 < one.price.now(NOW) < many.price.now(NOW)
    assert (one.asks_free, one.shows_free) == (ASKS_DEFAULT, SHOWS_DEFAULT - 1)
    later = load(shown, ASKS_DEFAULT, STEP, NOW + LOAD_WEEK_MS)
    assert later.shows_free == SHOWS_DEFAULT
    assert later.price.now(NOW + LOAD_WEEK_MS) < many.price.now(NOW) / 2
    assert load((), 1, STEP, NOW).shows_free == 2
    assert load(shown[:1], ASKS_DEFAULT, 0.0, NOW).price.now(NOW) == 0
    assert dict(by_person((*shown, Shown(BOB, NOW)))) == {ANA: shown, BOB: [Shown(BOB, NOW)]}


def test_nobody_lists_a_community_by_asking() -> None:
    """After so many different people in a week only these are shown again."""
    many = tuple(Shown(account(nth), NOW) for nth in range(SHOWN_TO_ONE_MAX))
    assert only(many[1:], NOW) is None
    assert only(many, NOW) == frozenset(each.person for each in many)
    assert only(many, NOW + LOAD_WEEK_MS) is None
