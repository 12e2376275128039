"""The operator acts as the hub: signed by its key, judged, and in the log like any other act."""

from dataclasses import replace

from hobnob_protocol.errors import ByeCode, Refusal
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    PEOPLE,
    AccountId,
    ChannelId,
    StreamId,
    TargetId,
    channel_stream,
    imported_account,
    target_of,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.channels import ChannelCreate, ChannelSet, Purpose
from hobnob_protocol.kinds.claims import Claim
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.moderation import Ban, Hide
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_sync.hub_engine.inputs import Operate, Operated
from hobnob_sync.hub_engine.offers import IN_LOG
from tests.sync.hub_engine.scene import Hub

NEW = ChannelId(b"a channel of 16b")
NOBODY = AccountId(bytes(20))


def done(hub: Hub, stream: StreamId, body: Body) -> Operated:
    """The operator does something: what came of it."""
    outputs = hub.step_operated([Operate(7, stream, body)])
    (found,) = outputs
    assert found.number == 7
    return found


def test_the_hub_signs_what_its_operator_does() -> None:
    """A new channel stands in `dir`, by the hub's own account, and can be joined."""
    hub = Hub()
    alice = hub.member("alice")
    answer = done(hub, DIRECTORY, ChannelCreate(NEW, "garden", "plants"))
    assert answer.refusal is None
    entry = hub.log(DIRECTORY)[-1]
    assert answer.target == target_of(entry.event_id)
    accounts = hub.engine.state.accounts
    assert decode_event(entry.event).header.device == accounts.hub.device
    hub.join(alice, channel_stream(NEW))
    assert hub.grant(alice, channel_stream(NEW)) is not None


def test_the_operator_gives_any_role() -> None:
    """What follows from a role follows: a moderator reads the moderators' stream."""
    hub = Hub()
    alice = hub.member("alice")
    assert done(hub, DIRECTORY, RoleGrant(alice.account, "moderator")).refusal is None
    assert hub.engine.state.role(alice.account) == "moderator"
    assert hub.grant(alice, MODERATION) is not None


def test_a_ban_by_the_operator_ends_the_session() -> None:
    """The account is out at once, and may not come back until the ban is lifted."""
    hub = Hub()
    alice = hub.member("alice")
    assert done(hub, MODERATION, Ban(alice.account, True, "spam")).refusal is None
    assert hub.bye(alice) == ByeCode.REVOKED
    hub.login(alice)
    assert hub.bye(alice) == ByeCode.AUTH
    assert done(hub, MODERATION, Ban(alice.account, False, "a mistake")).refusal is None
    hub.login(alice)
    assert hub.bye(alice) is None


def test_a_message_the_operator_hides_counts_as_unread_no_more() -> None:
    """Hidden, and shown again."""
    hub = Hub()
    alice = hub.member("alice")
    said = hub.told(alice, hub.general, Post("rude"))
    assert done(hub, hub.general, Hide(said, True, "rude")).refusal is None
    assert not hub.target(hub.general, said).live
    assert done(hub, hub.general, Hide(said, False, "looked again")).refusal is None
    assert hub.target(hub.general, said).live


def test_an_act_that_contradicts_the_log_is_refused() -> None:
    """A name that is taken, a message that is not there, a channel or an account nobody knows."""
    hub = Hub()
    hub.member("alice")
    events = len(hub.log(DIRECTORY))
    for stream, body, refusal in (
        (DIRECTORY, ChannelCreate(NEW, "general"), Refusal.EXISTS),
        (hub.general, Hide(TargetId(bytes(16)), True, "why"), Refusal.NO_TARGET),
        (DIRECTORY, ChannelSet(NEW, "name", "x"), Refusal.INVALID),
        (DIRECTORY, Purpose("x", NEW), Refusal.INVALID),
        (DIRECTORY, RoleGrant(NOBODY, "admin"), Refusal.INVALID),
    ):
        answer = done(hub, stream, body)
        assert (answer.refusal, answer.target) == (refusal, None), body
    assert len(hub.log(DIRECTORY)) == events


def test_the_operator_puts_no_words_into_the_hub() -> None:
    """The hub never speaks as a person."""
    hub = Hub()
    hub.member("alice")
    assert done(hub, hub.general, Post("hello")).refusal is Refusal.NOT_ALLOWED


def test_members_hear_of_an_operators_act_as_of_any_other() -> None:
    """It is one live page to all who follow the stream."""
    hub = Hub()
    alice = hub.member("alice")
    hub.follow(alice, DIRECTORY)
    hub.sent(alice.conn)
    done(hub, DIRECTORY, ChannelCreate(NEW, "garden"))
    assert len(hub.sent(alice.conn)) == 1


def test_the_hub_says_whose_an_imported_account_is() -> None:
    """A member's only; no member says so, of themselves no more than of others."""
    hub = Hub()
    olga = hub.owner()
    claim = Claim(imported_account("mail", "7"), olga.account, True, "knew the old password")
    assert done(hub, PEOPLE, claim).refusal is None
    assert done(hub, PEOPLE, replace(claim, on=False)).refusal is None
    assert done(hub, PEOPLE, replace(claim, account=NOBODY)).refusal is Refusal.INVALID
    assert hub.why(olga, PEOPLE, claim) == Refusal.NOT_ALLOWED
    assert hub.bodies(PEOPLE, Claim) == [claim, replace(claim, on=False)]


def test_replicas_bring_a_claim_back() -> None:
    """It follows from nothing else: the hub cannot draw it again."""
    hub = Hub()
    olga = hub.owner()
    snapshot = hub.store.snapshot()
    claim = Claim(imported_account("mail", "7"), olga.account, True, "knew the old password")
    done(hub, PEOPLE, claim)
    said = hub.log(PEOPLE)[-1].event
    hub.restore(snapshot)
    hub.login(olga)
    hub.sent(olga.conn)
    (answer,) = hub.offer(olga, (PEOPLE, said))
    assert answer.status == IN_LOG
    assert hub.bodies(PEOPLE, Claim) == [claim]
