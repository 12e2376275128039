"""What waits stands after what came before it, whatever its author's clock says."""

from hobnob.testing import Community
from hobnob_client.verbs.tail import never_earlier
from hobnob_protocol.kinds.messages import Post


def test_a_channel_keeps_its_order_among_others() -> None:
    """A waiting message has whole seconds for a time, and may seem older than what it follows."""
    with Community() as community:
        ada = community.user("ada")
        community.wait(0.9)
        ada.say("before")
        ada.seat.cut()
        ada.seat.say(ada.stream("general"), Post("waits"))
        messages = ada.seat.reader.before(ada.stream("general"), None, 9).messages
        assert messages[1].at_ms < messages[0].at_ms
        found = list(never_earlier(messages))
    assert [message.text for _, message in found] == ["before", "waits"]
    assert found[0][0] <= found[1][0]
