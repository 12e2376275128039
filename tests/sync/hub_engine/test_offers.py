"""Replicas bring back what the log has lost: judged by who signed, not by who brings it."""

import pytest

from hobnob_protocol import chain
from hobnob_protocol.errors import Refusal
from hobnob_protocol.event import decode_event
from hobnob_protocol.frames import Ack, Offer, OfferAck, OfferAnswer, Offered, Page, Push
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    PEOPLE,
    StreamId,
    TargetId,
    target_of,
    user_stream,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.hub_acts import Enrol, Grant
from hobnob_protocol.kinds.membership import Invite, Join, Leave
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Ban, Erase, Kick
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.limits import LATER_MS
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_sync.hub_engine.inputs import Login, Received, Reopen
from hobnob_sync.hub_engine.offers import IN_LOG, LATER, REFUSED
from tests.sync.hub_engine.scene import SAID, Hub, Member


def event(hub: Hub, member: Member, stream: StreamId, body: Body) -> tuple[StreamId, bytes]:
    """Something somebody once said, as a replica offers it."""
    return stream, hub.compose(member, stream, body)


def name(hub: Hub, member: Member, offered: tuple[StreamId, bytes]) -> TargetId:
    """The name of an offered event."""
    return target_of(hub.named(member, *offered))


def test_anybody_may_bring_what_another_said() -> None:
    """It enters the log as if pushed, counts for no device, and goes live."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    hub.follow(bob, hub.general)
    said = event(hub, alice, hub.general, Post("x"))
    frame = Offer((Offered(*said[:1], 1, 1, said[1]),), False)
    hub.receive(bob, frame)
    ack, page = hub.sent(bob.conn)
    assert ack == OfferAck((OfferAnswer(name(hub, alice, said), IN_LOG),))
    assert isinstance(page, Page)
    assert page.events[0].event == said[1]
    assert hub.log(hub.general)[-1].event_id == hub.named(alice, *said)
    assert hub.target(hub.general, name(hub, alice, said)).account == alice.account
    assert hub.store.devices[bob.device].last_push_no == 0
    assert hub.decision.transaction.devices == {}
    assert hub.decision.transaction.refused == []


def test_what_is_there_is_said_to_be_there() -> None:
    """Also what the same offer has just brought: it is not there twice."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    said = event(hub, alice, hub.general, Post("x"))
    before = len(hub.log(hub.general))
    answers = hub.offer(bob, said, said)
    assert answers == hub.offer(bob, said) * 2
    assert answers[0] == OfferAnswer(name(hub, alice, said), IN_LOG)
    assert len(hub.log(hub.general)) == before + 1


def test_each_answer_stands_for_its_event() -> None:
    """One refusal holds up nothing."""
    hub = Hub()
    olga = hub.owner()
    alice, bob = hub.member("alice"), hub.member("bob")
    den = hub.private(olga, "den")
    hub.told(olga, den, Invite(alice.account))
    hub.told(alice, den, Join())
    hub.told(alice, den, Leave())
    offered = [
        event(hub, alice, hub.general, Post("x")),
        event(hub, alice, den, Post("y")),
        (hub.general, b"\xc1"),
        event(hub, alice, hub.general, Post("z")),
    ]
    answers = hub.offer(bob, *offered)
    assert [(one.status, one.code) for one in answers] == [
        (IN_LOG, ""),
        (REFUSED, Refusal.NOT_MEMBER),
        (REFUSED, Refusal.INVALID),
        (IN_LOG, ""),
    ]
    assert answers[1].target == name(hub, alice, offered[1])
    assert answers[2].target == bytes(16)


def test_a_forged_event_is_refused() -> None:
    """Whoever brings it."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    stream, data = event(hub, alice, hub.general, Post("x"))
    (answer,) = hub.offer(bob, (stream, data[:-1] + bytes((data[-1] ^ 1,))))
    assert (answer.status, answer.code) == (REFUSED, Refusal.BAD_SIGNATURE)


def test_what_names_something_that_is_not_there_is_asked_for_later() -> None:
    """Another replica may bring it; then it is taken."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    said = event(hub, alice, hub.general, Post("x"))
    edit = event(hub, alice, hub.general, Edit(name(hub, alice, said), "y"))
    before = len(hub.log(hub.general))
    assert hub.offer(bob, edit) == (OfferAnswer(name(hub, alice, edit), LATER),)
    assert len(hub.log(hub.general)) == before
    assert [one.status for one in hub.offer(bob, said, edit)] == [IN_LOG, IN_LOG]


def test_what_was_said_in_a_channel_waits_for_the_channel() -> None:
    """Whoever brings it first: the hub's own join of its founder makes no channel, and nobody's
    words are lost because those of another came before."""
    hub = Hub()
    olga = hub.owner()
    snapshot = hub.store.snapshot()
    talk = hub.channel(olga, "talk")
    alice = hub.member("alice")
    created = hub.log(DIRECTORY)[-1].event
    founder = hub.log(talk)[0].event
    came = event(hub, alice, talk, Join())
    said = event(hub, alice, talk, Post("x"))
    enrolment = hub.log(PEOPLE)[-1].event
    hub.restore(snapshot)
    hub.login(olga)
    hub.sent(olga.conn)
    hub.offer(olga, (PEOPLE, enrolment))
    early = hub.offer(olga, (talk, founder), came, said)
    assert [one.status for one in early] == [LATER, LATER, LATER]
    assert talk not in hub.engine.state.streams
    answers = hub.offer(olga, (DIRECTORY, created), (talk, founder), came, said)
    assert [one.status for one in answers] == [IN_LOG] * 4


def test_what_was_said_waits_for_its_author_to_have_come_in() -> None:
    """One replica has kept the words, another the join."""
    hub = Hub()
    olga = hub.owner()
    alice = hub.member("alice")
    talk = hub.channel(olga, "talk")
    came, said = event(hub, alice, talk, Join()), event(hub, alice, talk, Post("x"))
    assert [one.status for one in hub.offer(olga, said)] == [LATER]
    assert [one.status for one in hub.offer(olga, came)] == [IN_LOG]
    assert [one.status for one in hub.offer(olga, said)] == [IN_LOG]


def test_nobody_waits_for_ever_for_what_another_might_bring() -> None:
    """Thirty days after the loss what a device signed itself is refused, with what it lacks; what
    others said may still come back once it can, and then theirs does."""
    hub = Hub()
    olga = hub.owner()
    snapshot = hub.store.snapshot()
    alice = hub.member("alice")
    enrolment = hub.log(PEOPLE)[-1].event
    talk = hub.channel(olga, "talk")
    created, founder = hub.log(DIRECTORY)[-1].event, hub.log(talk)[0].event
    came, said = event(hub, alice, talk, Join()), event(hub, alice, talk, Post("x"))
    asked = event(hub, alice, hub.general, Edit(TargetId(b"lost".ljust(16)), "y"))
    hub.restore(snapshot)
    hub.login(olga)
    hub.sent(olga.conn)
    hub.offer(olga, (PEOPLE, enrolment), done=True)
    hub.login(alice)
    hub.sent(alice.conn)
    hub.now_ms += LATER_MS - 1
    assert [one.status for one in hub.offer(alice, came, said, asked)] == [LATER] * 3
    hub.now_ms += 1
    answers = hub.offer(alice, came, said, asked)
    assert [(one.status, one.code) for one in answers] == [
        (REFUSED, Refusal.NOT_ALLOWED),
        (REFUSED, Refusal.NOT_MEMBER),
        (REFUSED, Refusal.NOT_MEMBER),
    ]
    assert [one.status for one in hub.offer(olga, came, said, asked)] == [LATER] * 3
    brought = hub.offer(olga, (DIRECTORY, created), (talk, founder), came, said)
    assert [one.status for one in brought] == [IN_LOG] * 4


def test_a_hub_that_noted_no_loss_counts_from_when_somebody_first_waits() -> None:
    """It may have been restored by an older version."""
    hub = Hub()
    alice = hub.member("alice")
    asked = event(hub, alice, hub.general, Edit(TargetId(b"lost".ljust(16)), "y"))
    hub.now_ms += LATER_MS
    assert [one.status for one in hub.offer(alice, asked)] == [LATER]
    hub.now_ms += LATER_MS
    (answer,) = hub.offer(alice, asked)
    assert (answer.status, answer.code) == (REFUSED, Refusal.NO_TARGET)


def restored() -> tuple[Hub, Member, Member, bytes]:
    """A hub that has lost one of two members: its owner, the lost one, and their enrolment."""
    hub = Hub()
    olga = hub.owner()
    snapshot = hub.store.snapshot()
    alice = hub.member("alice")
    enrolment = hub.log(PEOPLE)[-1].event
    hub.restore(snapshot)
    hub.login(olga)
    hub.sent(olga.conn)
    return hub, olga, alice, enrolment


def test_what_a_lost_member_said_waits_for_their_enrolment() -> None:
    """It is named by its body's hash, for its id cannot be told without its author."""
    hub, olga, alice, enrolment = restored()
    said = event(hub, alice, PEOPLE, ProfileField("pronouns", "she"))
    body_hash = decode_event(said[1]).header.body_hash
    assert hub.offer(olga, said) == (OfferAnswer(TargetId(body_hash[:16]), LATER),)
    (answer,) = hub.offer(olga, (PEOPLE, enrolment))
    assert answer.status == IN_LOG
    assert hub.engine.state.accounts.account_of("alice") == alice.account
    assert user_stream(alice.account) in hub.engine.state.streams
    (answer,) = hub.offer(olga, said)
    assert answer == OfferAnswer(name(hub, alice, said), IN_LOG)


@pytest.mark.parametrize("frames", [1, 2], ids=["one offer", "two offers of one batch"])
def test_an_author_who_comes_back_in_the_same_batch_is_known_with_the_next(frames: int) -> None:
    """For what was asked of the store was asked without knowing them."""
    hub, olga, alice, enrolment = restored()
    said = event(hub, alice, hub.general, Post("x"))
    offered = [Offered(PEOPLE, 1, 1, enrolment), Offered(*said[:1], 1, 1, said[1])]
    sent = [Offer(tuple(offered), False)] if frames == 1 else [Offer((o,), False) for o in offered]
    hub.step([Received(olga.conn, frame, 1) for frame in sent])
    answers = [one for frame in hub.take(olga, OfferAck) for one in frame.answers]
    assert [one.status for one in answers] == [IN_LOG, LATER]


def test_what_a_device_said_that_is_linked_in_the_same_batch_waits_too() -> None:
    """Nothing that comes together can make the hub forget to ask."""
    hub = Hub()
    alice = hub.member("alice")
    signer = KeyedSigner(b"phone")
    phone = Member("alice", signer, alice.account, 0)
    link = Push((hub.pushed(alice, PEOPLE, hub.device_link(alice, signer)),))
    said = hub.compose(phone, hub.general, Post("x"))
    later = Offer((Offered(hub.general, 1, 1, said),), False)
    posing = Push((hub.pushed(alice, hub.general, said),))
    hub.step([Received(alice.conn, frame, 1) for frame in (link, later, posing)])
    heard = hub.sent(alice.conn)
    answers = [one for frame in heard if isinstance(frame, OfferAck) for one in frame.answers]
    assert [one.status for one in answers] == [LATER]
    acked = [one for frame in heard if isinstance(frame, Ack) for one in frame.answers]
    assert [(one.status, one.code) for one in acked] == [(0, ""), (1, Refusal.BAD_SIGNATURE)]
    (answer,) = hub.offer(alice, (hub.general, said))
    assert answer.status == IN_LOG


def test_the_hubs_own_consequences_are_not_taken() -> None:
    """It draws them again itself: a grant that is offered gives no right."""
    hub = Hub()
    olga = hub.owner()
    snapshot = hub.store.snapshot()
    talk = hub.channel(olga, "talk")
    created = hub.log(DIRECTORY)[-1].event
    granted = hub.log(user_stream(olga.account))[-1].event
    joined = hub.log(talk)[0].event
    hub.restore(snapshot)
    hub.login(olga)
    hub.sent(olga.conn)
    answers = hub.offer(
        olga, (user_stream(olga.account), granted), (DIRECTORY, created), (talk, joined)
    )
    assert [(one.status, one.code) for one in answers] == [
        (REFUSED, Refusal.NOT_ALLOWED),
        (IN_LOG, ""),
        (IN_LOG, ""),
    ]
    assert hub.grant(olga, talk) is not None
    held = hub.bodies(user_stream(olga.account), Grant)
    assert [grant.stream for grant in held].count(talk) == 1


def test_an_enrolment_by_somebody_else_founds_nobody() -> None:
    """Only the hub's own is one."""
    hub, olga, alice, _ = restored()
    link, signature = chain.genesis(alice.signer, hub.name, 0)
    (answer,) = hub.offer(olga, event(hub, olga, PEOPLE, Enrol(link, signature, "alice")))
    assert (answer.status, answer.code) == (REFUSED, Refusal.NOT_ALLOWED)


@pytest.mark.parametrize("how", ["left", "banned here", "banned"])
def test_what_its_author_withdrew_stays_withdrawn(how: str) -> None:
    """Wherever the author is now; an edit of theirs is not brought back."""
    hub = Hub()
    olga = hub.owner()
    alice = hub.member("alice")
    said = hub.told(alice, hub.general, Post("x"))
    withdrawn = event(hub, alice, hub.general, Delete(said))
    edited = event(hub, alice, hub.general, Edit(said, "y"))
    if how == "left":
        hub.told(alice, hub.general, Leave())
    else:
        where = hub.general if how == "banned here" else MODERATION
        hub.told(olga, where, Ban(alice.account, True, "spam"))
    answers = hub.offer(olga, edited, withdrawn)
    code = Refusal.NOT_MEMBER if how == "left" else Refusal.BANNED
    assert [(one.status, one.code) for one in answers] == [(REFUSED, code), (IN_LOG, "")]
    assert hub.target(hub.general, said).dead
    assert hub.bodies(hub.general, Post) == []


def test_who_is_out_withdraws_nothing_of_others() -> None:
    """Nor what was never there, nor by any other act."""
    hub = Hub()
    olga = hub.owner()
    alice = hub.member("alice")
    other = hub.told(olga, hub.general, Post("x"))
    own = hub.told(alice, hub.general, Post("y"))
    hub.told(alice, hub.general, Leave())
    bodies = (Delete(other), Delete(TargetId(bytes(16))), Erase(own), React(own, "+"), Post("z"))
    answers = hub.offer(olga, *(event(hub, alice, hub.general, body) for body in bodies))
    assert [(one.status, one.code) for one in answers] == [
        (REFUSED, Refusal.NOT_MEMBER) for _ in bodies
    ]
    assert not hub.target(hub.general, own).dead


def test_a_withdrawal_that_was_revoked_with_its_device_is_refused() -> None:
    """Only being out is forgiven."""
    hub = Hub()
    alice = hub.member("alice")
    phone = hub.second_device(alice, "phone")
    said = hub.told(phone, hub.general, Post("x"))
    withdrawn = event(hub, phone, hub.general, Delete(said))
    hub.told(alice, PEOPLE, hub.revocation(alice, phone.device))
    (answer,) = hub.offer(alice, withdrawn)
    assert (answer.status, answer.code) == (REFUSED, Refusal.BAD_SIGNATURE)


def test_rights_are_those_of_now() -> None:
    """What its author may not do any more is refused, with the reason."""
    hub = Hub()
    olga = hub.owner()
    alice, bob = hub.member("alice"), hub.member("bob")
    den = hub.private(olga, "den")
    for each in (alice, bob):
        hub.told(olga, den, Invite(each.account))
        hub.told(each, den, Join())
    hub.told(alice, den, Leave())
    hub.told(olga, den, Kick(bob.account, "spam"))
    answers = hub.offer(olga, event(hub, alice, den, Post("x")), event(hub, bob, den, Post("y")))
    assert [one.code for one in answers] == [Refusal.NOT_MEMBER] * 2


def test_an_enrolment_that_comes_back_after_its_member_makes_nothing_twice() -> None:
    """They have joined again by it already; their own stream and their rights stay as they are."""
    hub, olga, alice, enrolment = restored()
    hub.step([Reopen()])
    wish = hub.wish(alice, enrolment)
    alice.conn = hub.connection()
    hub.step([Login(alice.conn, wish, SAID)])
    assert hub.bye(alice) is None
    own = user_stream(alice.account)
    row, held = hub.engine.state.streams[own], hub.engine.state.held(alice.account)
    (answer,) = hub.offer(olga, (PEOPLE, enrolment))
    assert answer.status == IN_LOG
    assert hub.engine.state.streams[own] == row
    assert hub.engine.state.held(alice.account) == held
