"""The number two people compare: the same for both, another for anybody else."""

from itertools import combinations

from hobnob_protocol.fingerprint import GROUPS, number, same
from hobnob_protocol.ids import AccountId, HubId

HUB, ELSEWHERE = HubId(b"h" * 32), HubId(b"e" * 32)
ALICE, BOB, EVE = (AccountId(name * 20) for name in (b"a", b"b", b"e"))

FROZEN = "83912 74771 33932 25274 79495 01442 08548 34297 08915 74955 27966 56112"


def test_both_compute_the_same_number() -> None:
    """Twelve groups of five digits; frozen, for other programs to agree with."""
    found = number(HUB, ALICE, BOB)
    assert found == number(HUB, BOB, ALICE)
    assert " ".join(found) == FROZEN
    assert len(found) == GROUPS
    assert all(len(group) == 5 and group.isdigit() for group in found)


def test_who_stands_in_between_has_another_number() -> None:
    """No two of these agree, not even in one half by the other's place."""
    found = [
        number(HUB, ALICE, BOB),
        number(HUB, ALICE, EVE),
        number(HUB, EVE, BOB),
        number(ELSEWHERE, ALICE, BOB),
    ]
    for one, other in combinations(found, 2):
        assert one != other


def test_a_number_is_the_same_however_it_is_spaced() -> None:
    """As it was read out, pasted, or typed without a gap; one other digit makes it another."""
    groups = number(HUB, ALICE, BOB)
    for said in (FROZEN, FROZEN.replace(" ", ""), FROZEN.replace(" ", "-"), f" {FROZEN}\n"):
        assert same(said, groups)
    for said in ("", FROZEN[:-1], "1" + FROZEN, FROZEN.replace("7", "8", 1)):
        assert not same(said, groups)
