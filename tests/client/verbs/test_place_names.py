"""How places are called, for people and for programs."""

from hobnob.testing import Community
from hobnob_client.verbs.place_names import PlaceNames
from hobnob_protocol.ids import ChannelId, channel_stream


def test_a_channel_has_its_sign_for_people_alone() -> None:
    """What is no place here has no name."""
    with Community() as community:
        ada = community.user("ada")
        names = PlaceNames(ada.seat.reader)
        general, nowhere = ada.stream("general"), channel_stream(ChannelId(b"x" * 16))
        assert (names.label(general), names.name(general)) == ("#general", "general")
        assert (names.label(nowhere, "elsewhere"), names.name(nowhere)) == ("elsewhere", None)
