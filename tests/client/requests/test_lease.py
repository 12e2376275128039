"""What a device may show while the hub is away."""

from hobnob_client.match.kept import Shown
from hobnob_client.requests import lease
from hobnob_client.requests.lease import Lease
from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import LOAD_WEEK_MS, OFFLINE_SHOWS_MAX

NOW = 1_900_000_000_000


def who(number: int) -> AccountId:
    """Somebody."""
    return AccountId(number.to_bytes(20, "big"))


RANKED = [(who(n), n) for n in range(10)]


def test_a_device_shows_so_many_people_and_no_more() -> None:
    """Those it has shown this week cost nothing; after a week all of it is back."""
    held, shown = Lease(), list[Shown]()
    for _ in range(3):
        three, anew = lease.allowed(held, shown, RANKED, NOW)
        held = held.after(anew, NOW)
        shown += [Shown(person, NOW) for person in anew]
        assert three == [0, 1, 2]
        RANKED.append(RANKED.pop(0))
        RANKED.sort()
    later = RANKED[3:]
    three, anew = lease.allowed(held, shown, later, NOW)
    assert (three, len(anew), held.free(NOW)) == ([3, 4, 5], 3, OFFLINE_SHOWS_MAX - 3)
    held = held.after(anew, NOW)
    assert lease.allowed(held, shown, RANKED[6:], NOW) == ([], [])
    assert lease.allowed(held, shown, [*RANKED[6:], RANKED[0]], NOW) == ([0], [])
    assert held.free(NOW + LOAD_WEEK_MS) == OFFLINE_SHOWS_MAX


def test_what_the_hub_has_heard_is_told_no_more_and_what_it_leaves_holds() -> None:
    """What was shown meanwhile is told the next time."""
    held = Lease().after([who(1)], NOW)
    told = held.untold
    held = held.after([who(2)], NOW + 1).told(told, 2, NOW + 2)
    assert [each.account for each in held.untold] == [who(2)]
    assert held.free(NOW + 2) == 1
    assert held.free(NOW + 2 + LOAD_WEEK_MS) == OFFLINE_SHOWS_MAX


def test_it_is_kept_as_bytes_and_damage_makes_it_new() -> None:
    """Whole, and never an error."""
    held = Lease(3, NOW, ()).after([who(1), who(2)], NOW)
    assert lease.from_bytes(lease.to_bytes(held)) == held
    assert lease.showing([who(3)], NOW)(lease.to_bytes(held)) == lease.to_bytes(
        held.after([who(3)], NOW)
    )
    for damaged in (b"", b"\xc1", b"\x93\x01", b"\x93\xa1a\x01\x90"):
        assert lease.from_bytes(damaged) == Lease()
    assert lease.from_bytes(b"\x93\x01\x02\x91\x01") == Lease(1, 2)
