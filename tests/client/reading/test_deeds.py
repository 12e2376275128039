"""What one did upon messages, and was thanked for: as far as it stands."""

from hobnob.testing import Community, User
from hobnob_client.reading.deeds import Sort
from hobnob_protocol.ids import target_of
from hobnob_protocol.kinds.polls import Poll, Vote
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.kinds.thanks import Thanks


def told(user: User) -> list[tuple[Sort, bool, str, tuple[int, ...]]]:
    """Each as its sort, whether it is one's own, and what it says."""
    found = user.seat.reader.deeds(user.stream("general"))
    return [(each.sort, each.by == user.account, each.text, each.choices) for each in found]


def test_what_stands_is_told_and_what_others_did_to_others_is_not() -> None:
    """Neither what was taken back, nor whom others thanked; what waits has no time yet."""
    with Community() as community:
        ada, ben, cem = (community.user(name) for name in ("ada", "ben", "cem"))
        general = ada.stream("general")
        one, two = ada.say("one"), ben.say("two")
        poll = target_of(ben.seat.say(general, Poll("tea?", ("yes", "no"))).event_id)
        community.wait(1)
        ada.seat.say(general, Vote(poll, (1,)))
        cem.seat.say(general, Vote(poll, (0,)))
        ada.react(two, "🌱")
        ada.react(two, "👍")
        ada.seat.say(general, React(two, "👍", False))
        ben.react(one, "🎉")
        ben.seat.say(general, Thanks(one, "for tea"))
        cem.seat.say(general, Thanks(two, "for all"))
        community.wait(1)
        ada.cut()
        ada.seat.say(general, Thanks(two, ""))
        assert sorted(told(ada)) == [
            (Sort.REACTION, True, "🌱", ()),
            (Sort.THANKS, False, "for tea", ()),
            (Sort.THANKS, True, "", ()),
            (Sort.VOTE, True, "", (1,)),
        ]
        found = {
            each.sort: each for each in ada.seat.reader.deeds(general) if each.to != ada.account
        }
        assert (found[Sort.THANKS].to, found[Sort.THANKS].at_ms) == (ben.account, None)
        assert found[Sort.REACTION].at_ms
