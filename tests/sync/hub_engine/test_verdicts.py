"""What was found of a post is not found again, as long as no right has changed; then it is."""

from collections.abc import Callable

import pytest

from hobnob_protocol.errors import Refusal
from hobnob_protocol.ids import DIRECTORY, MODERATION, ChannelId, StreamId
from hobnob_protocol.kinds.channels import ChannelArchive
from hobnob_protocol.kinds.membership import Join, Leave
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.moderation import Ban, Kick
from hobnob_sync.hub_engine.state import VERDICTS_MAX
from tests.sync.hub_engine.scene import Hub, Member

Ends = Callable[[Hub, Member, Member, StreamId], str]

ENDS: dict[str, tuple[Ends, Refusal]] = {
    "kick": (
        lambda hub, olga, bob, lab: hub.why(olga, lab, Kick(bob.account, "so")),
        Refusal.NOT_MEMBER,
    ),
    "leave": (lambda hub, olga, bob, lab: hub.why(bob, lab, Leave()), Refusal.NOT_MEMBER),
    "ban": (
        lambda hub, olga, bob, lab: hub.why(olga, lab, Ban(bob.account, True, "so")),
        Refusal.BANNED,
    ),
    "archive": (
        lambda hub, olga, bob, lab: hub.why(
            olga, DIRECTORY, ChannelArchive(ChannelId(lab[2:]), True)
        ),
        Refusal.CLOSED,
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_post_is_judged_anew_once_a_right_has_ended(end: str) -> None:
    """However often it was allowed before."""
    hub = Hub()
    olga, bob = hub.owner(), hub.member("bob")
    lab = hub.channel(olga, "lab")
    assert hub.why(bob, lab, Join()) == ""
    assert [hub.why(bob, lab, Post("x")) for _ in range(3)] == [""] * 3
    ends, refusal = ENDS[end]
    assert ends(hub, olga, bob, lab) == ""
    assert hub.why(bob, lab, Post("x")) == refusal


def test_what_was_refused_is_judged_anew_too() -> None:
    """As soon as there is a right to it, even within one batch."""
    hub = Hub()
    olga, bob = hub.owner(), hub.member("bob")
    lab = hub.channel(olga, "lab")
    assert hub.why(bob, lab, Post("x")) == Refusal.NOT_MEMBER
    answers = hub.push(
        bob,
        hub.pushed(bob, lab, Post("x")),
        hub.pushed(bob, lab, Join()),
        hub.pushed(bob, lab, Post("x")),
    )
    assert [answer.code for answer in answers] == [Refusal.NOT_MEMBER, "", ""]


def test_an_offer_is_judged_apart_from_a_push() -> None:
    """What was said before a channel was archived comes back, though nobody may say it now."""
    hub = Hub()
    olga, bob = hub.owner(), hub.member("bob")
    archive = ChannelArchive(ChannelId(hub.general[2:]), True)
    before = hub.compose(bob, hub.general, Post("before"))
    assert hub.why(olga, DIRECTORY, archive) == ""
    assert hub.why(bob, hub.general, Post("x")) == Refusal.CLOSED
    assert hub.offer(olga, (hub.general, before))[0].code == ""
    assert hub.why(bob, hub.general, Post("x")) == Refusal.CLOSED


def test_posts_are_remembered_and_acts_on_somebody_are_not() -> None:
    """Whom it is about decides those, each time."""
    hub = Hub()
    olga, bob = hub.owner(), hub.member("bob")
    assert hub.why(olga, MODERATION, Ban(bob.account, False, "never was")) == ""
    verdicts = hub.engine.state.verdicts
    assert verdicts == {}
    assert hub.why(bob, hub.general, Post("x")) == ""
    kind = hub.registry.of(Post).number
    assert hub.engine.state.verdicts == {(kind, hub.general, bob.device, False): None}


def test_what_is_remembered_is_bounded() -> None:
    """Beyond it all is found anew."""
    hub = Hub()
    alice = hub.member("alice")
    state = hub.engine.state
    for number in range(VERDICTS_MAX):
        assert len(state.verdicts) == number
        state.verdicts[(number, DIRECTORY, alice.device, True)] = None
    assert state.verdicts == {}
