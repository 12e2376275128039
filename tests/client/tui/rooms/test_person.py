"""Who somebody is, out of a replica."""

from functools import partial

from hobnob.testing import Community
from hobnob_client.tui.listing import place_name
from hobnob_client.tui.rooms.contents import Contents
from hobnob_client.tui.rooms.person import Person, person
from hobnob_protocol.ids import PEOPLE, AccountId, imported_account
from hobnob_protocol.kinds.claims import Claim
from hobnob_protocol.kinds.imports import Imported, ImportedMembers

BO = imported_account("mail", "7")


def test_what_somebody_said_before_they_came_here_is_theirs_once_it_is_claimed() -> None:
    """Beside what they say here, in one list; until then it is of one who is not here."""
    with Community() as community:
        ada, ben = community.user("ada"), community.user("ben")
        stream = ada.stream("general")
        community.appoint(ada, "owner")
        ada.seat.say(PEOPLE, ImportedMembers("mail", (("7", "Bo", False, ()),)))
        ada.seat.say(stream, Imported("mail", "m1", BO, 1_000, "long ago"))
        community.settle()

        def seen(account: AccountId) -> Person:
            while ada.seat.index_some():
                pass
            reader = ada.seat.reader
            return person(reader, Contents(reader, partial(place_name, reader)), account)

        assert not seen(ben.account).said
        assert [line.text for line in seen(BO).said] == ["long ago"]
        community.operate(PEOPLE, Claim(BO, ben.account, True, "knew the old password"))
        ben.say("here I am")
        found = seen(ben.account)
        assert [line.text for line in found.said] == ["here I am", "long ago"]
        assert "Bo where it was imported from" in found.facts
