"""Whose turn it is: control streams, then others, then history; and no one takes all."""

import pytest

from hobnob_protocol.frames import Back, BackPage, Frame, Opened, Page
from hobnob_protocol.ids import DIRECTORY, PEOPLE, user_stream
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.limits import (
    BACKFILL_SHARE,
)
from hobnob_sync.hub_engine.inputs import Received, Tick
from hobnob_sync.hub_engine.pages import PLANNED_MAX
from tests.sync.hub_engine.readers import opening, seqs, two
from tests.sync.hub_engine.scene import Hub, Member


def test_control_streams_go_before_others_in_the_order_they_were_opened() -> None:
    """The people before two channels that were asked for first."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    talk = hub.channel(alice, "talk")
    hub.join(bob, talk)
    wishes = [hub.open_stream(bob, stream) for stream in (talk, hub.general, PEOPLE, DIRECTORY)]
    hub.open(bob, *wishes)
    hub.rest()
    numbers = [hub.engine.state.streams[wish.stream].number for wish in wishes]
    assert [page.number for page in hub.take(bob, Page)] == [
        numbers[2],
        numbers[3],
        numbers[0],
        numbers[1],
    ]


def test_tails_go_before_history() -> None:
    """Although history was asked for first."""
    hub, alice, bob = two()
    hub.fill(alice, hub.general, 20)
    talk = hub.channel(alice, "talk")
    hub.join(bob, talk)
    hub.sent(bob.conn)
    hub.session(bob).pages = 0
    hub.step(
        [
            Received(bob.conn, _back(hub, bob), 1),
            Received(bob.conn, opening(hub, bob, talk), 1),
        ]
    )
    hub.rest()
    assert [type(frame) for frame in hub.sent(bob.conn)] == [Opened, Page, BackPage]


def _back(hub: Hub, member: Member) -> Back:
    grant = hub.grant(member, hub.general)
    assert grant is not None
    return Back(hub.general, grant.grant, 9, 2)


@pytest.mark.parametrize(
    ("pages", "first"),
    [
        (BACKFILL_SHARE - 2, Page),
        (BACKFILL_SHARE - 1, BackPage),
        (2 * BACKFILL_SHARE - 1, BackPage),
    ],
)
def test_history_gets_every_twentieth_page(pages: int, first: type[Frame]) -> None:
    """Even while tails wait; then it is their turn again."""
    hub, alice, bob = two()
    hub.fill(alice, hub.general, 20)
    talk = hub.channel(alice, "talk")
    hub.join(bob, talk)
    hub.step(
        [Received(bob.conn, opening(hub, bob, talk), 1), Received(bob.conn, _back(hub, bob), 1)]
    )
    hub.session(bob).pages = pages
    hub.sent(bob.conn)
    hub.rest()
    found = [type(frame) for frame in hub.sent(bob.conn)]
    assert found == [first, BackPage if first is Page else Page]


def test_the_turn_of_history_is_the_tails_where_nobody_asks_for_history() -> None:
    """No page is left out."""
    hub, alice, bob = two()
    talk = hub.channel(alice, "talk")
    hub.join(bob, talk)
    hub.open(bob, hub.open_stream(bob, talk))
    hub.session(bob).pages = BACKFILL_SHARE - 1
    hub.rest()
    assert len(hub.take(bob, Page)) == 1


def test_everybody_gets_one_page_a_step() -> None:
    """Who waits for much holds up nobody."""
    hub = Hub()
    alice, bob, carol = (hub.member(name) for name in ("alice", "bob", "carol"))
    for _ in range(3):
        hub.fill(alice, hub.general, 60, "x" * 500)
    for member in (bob, carol):
        hub.receive(member, opening(hub, member, hub.general, PEOPLE, user_stream(member.account)))
    for member in (bob, carol):
        hub.sent(member.conn)
    hub.step([Tick()])
    assert [len(hub.sent(member.conn)) for member in (bob, carol)] == [1, 1]


def test_the_pages_of_one_step_are_bounded() -> None:
    """The first to have come are the first to be served; the others come next."""
    hub = Hub()
    members = [hub.member(f"member{n}") for n in range(PLANNED_MAX + 1)]
    hub.step([Received(member.conn, opening(hub, member, PEOPLE), 1) for member in members])
    heard = [len(hub.sent(member.conn)) for member in members]
    assert heard == [1] * (PLANNED_MAX + 1)
    hub.step([Tick()])
    heard = [len(hub.sent(member.conn)) for member in members]
    assert heard == [1] * PLANNED_MAX + [0]
    assert hub.decision.again
    hub.step([Tick()])
    assert len(hub.sent(members[-1].conn)) == 1
    assert not hub.decision.again


def test_a_profile_goes_live_to_whoever_follows_the_people() -> None:
    """Control streams have no other road."""
    hub, alice, bob = two()
    hub.follow(bob, PEOPLE)
    hub.sent(bob.conn)
    hub.told(alice, PEOPLE, ProfileField("pronouns", "she"))
    assert seqs(hub.sent(bob.conn)) == [len(hub.log(PEOPLE))]
