"""Reports of sealed messages at the hub: what proves nothing does not enter `mod`."""

import pytest

from hobnob_protocol.errors import Refusal
from hobnob_protocol.event import stub
from hobnob_protocol.ids import MODERATION, ConversationId, StreamId, target_of
from hobnob_protocol.kinds.conversations import Sealed
from hobnob_protocol.kinds.messages import Delete
from hobnob_protocol.kinds.moderation import ReportSealed
from hobnob_protocol.sealing.group import REMOVE
from hobnob_protocol.sealing.message import Opening, seal_message
from hobnob_protocol.sealing.padding import pad
from hobnob_protocol.sealing.ratchet import opening_salt
from hobnob_sync.hub_engine.offers import IN_LOG, LATER
from tests.sync.hub_engine.scene import Hub, Member
from tests.sync.hub_engine.test_groups import TALK, change, founded

OTHER = StreamId(b"d:" + b"u" * 16)
CHAIN_KEY, SALT = b"k" * 32, b"s" * 16
INSULT = b"an insult"


def sealed(hub: Hub, member: Member, text: bytes = INSULT, stream: StreamId = TALK) -> bytes:
    """What a member has sealed there."""
    conversation = ConversationId(stream[2:])
    place = (hub.name, conversation, member.author, b"i" * 16, b"r" * 32, 0)
    return seal_message(*place, CHAIN_KEY, SALT, text)


def opening(text: bytes = INSULT) -> Opening:
    """What opens it."""
    return Opening(opening_salt(CHAIN_KEY, SALT), pad(text))


def report(event: bytes, shown: Opening, stream: StreamId = TALK) -> ReportSealed:
    """The report of it."""
    return ReportSealed(stream, event, *shown, "rude")


class Talk:
    """Ada, Bob and Cyd talk; Ada has insulted."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.ada, self.bob, self.cyd = (self.hub.member(name) for name in ("ada", "bob", "cyd"))
        self.hub.told(self.ada, TALK, founded(self.ada, self.bob, self.cyd))
        self.event = self.hub.compose(self.ada, TALK, Sealed(sealed(self.hub, self.ada)))
        assert self.hub.why(self.ada, TALK, self.event) == ""

    def why(self, said: ReportSealed, member: Member | None = None) -> str:
        """Why the hub refuses a report, of Bob's if nothing else is said."""
        return self.hub.why(member or self.bob, MODERATION, said)


def test_what_was_sealed_can_be_shown_to_moderators() -> None:
    """By any member, also twice in one batch."""
    talk = Talk()
    said = report(talk.event, opening())
    assert talk.why(said) == ""
    pushed = [talk.hub.pushed(talk.cyd, MODERATION, said) for _ in range(2)]
    assert [answer.status for answer in talk.hub.push(talk.cyd, *pushed)] == [0, 0]
    assert talk.hub.bodies(MODERATION, ReportSealed) == [said] * 3


def test_who_has_left_can_still_be_reported() -> None:
    """And what was withdrawn since it was read."""
    talk = Talk()
    talk.hub.told(talk.ada, TALK, change(talk.hub, REMOVE, talk.ada))
    assert talk.why(report(talk.event, opening())) == ""
    event = talk.hub.compose(talk.bob, TALK, Sealed(sealed(talk.hub, talk.bob)))
    assert talk.hub.why(talk.bob, TALK, event) == ""
    name = target_of(talk.hub.named(talk.bob, TALK, event))
    talk.hub.told(talk.bob, TALK, Delete(name))
    assert talk.why(report(event, opening()), talk.cyd) == ""


def test_what_proves_nothing_is_refused() -> None:
    """Another text, another author, another conversation, a start, a stub, bytes."""
    talk = Talk()
    hub, ada, bob = talk.hub, talk.ada, talk.bob
    forged = hub.compose(bob, TALK, Sealed(sealed(hub, ada)))
    stranger = hub.stranger("eve")
    for event, shown in (
        (talk.event, opening(b"a threat")),
        (talk.event, opening()._replace(salt=bytes(32))),
        (talk.event[:-1] + bytes((talk.event[-1] ^ 1,)), opening()),
        (hub.compose(ada, TALK, Sealed(b"no message")), opening()),
        (hub.compose(stranger, TALK, Sealed(sealed(hub, ada))), opening()),
        (stub(talk.event), opening()),
        (b"no event", opening()),
    ):
        assert talk.why(report(event, shown)) == Refusal.INVALID
    assert talk.why(report(talk.event, opening(), OTHER)) == Refusal.INVALID
    # Bob has signed this himself, and said it nowhere.
    assert talk.why(report(forged, opening())) == Refusal.NO_TARGET


@pytest.mark.parametrize("first", [True, False])
def test_after_a_loss_a_report_waits_for_what_it_shows(first: bool) -> None:
    """It comes back in `mod` before the conversation does."""
    talk = Talk()
    hub = talk.hub
    event = hub.compose(talk.ada, TALK, Sealed(sealed(hub, talk.ada, b"gone")))
    said = hub.compose(talk.bob, MODERATION, report(event, opening(b"gone")))
    if first:
        (answer,) = hub.offer(talk.bob, (MODERATION, said))
        assert answer.status == LATER
    answers = hub.offer(talk.bob, (TALK, event), (MODERATION, said))
    assert [answer.status for answer in answers] == [IN_LOG, IN_LOG]
