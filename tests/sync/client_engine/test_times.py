"""A hub that says a day has passed which has not is caught by whoever was there."""

from typing import Final

from hobnob_protocol import chain
from hobnob_protocol.account import Chain
from hobnob_protocol.ids import PEOPLE, device_id
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.hub_acts import Admit
from hobnob_protocol.kinds.people import DeviceLink, ProfileField
from hobnob_protocol.limits import VETO_SECONDS
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_sync.client_engine.inputs import Disconnect, Linked, Unlinked
from hobnob_sync.client_engine.times import SLACK_MS
from tests.protocol.vectors.ssh_holders import DESK
from tests.sync.client_engine.scene import Outputs, Scene, alarms, said
from tests.sync.client_engine.scripted_hub import HUB, Member

PHONE: Final = KeyedSigner(b"phone")
LOST: Final = KeyedSigner(b"lost")
DAY_MS: Final = VETO_SECONDS * 1_000
TOLD_MS: Final = 1_700_000_000_000
"""What the hub's clock says at each WELCOME."""


class Story:
    """Carol's account names an SSH key, of which Alice's replica knows."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.scene.hub.time_ms = TOLD_MS
        self.account = self.scene.carol.account
        carol = self.scene.carol
        link = chain.name_ssh(self.chain(), carol.signer, DESK, 1)
        self.scene.hub.say(PEOPLE, carol, DeviceLink(*link))
        self.scene.connect()

    def chain(self) -> Chain:
        """Carol's account as her own device knows it."""
        found = self.scene.state.accounts.chain(self.account)
        if found is None:
            carol = self.scene.carol
            link = (carol.enrol.link, carol.enrol.link_signature)
            found = chain.extend(None, *link, HUB, self.scene.identity.verifier)
        return found

    def stamped(self, body: Body, at_ms: int) -> None:
        """The hub puts this into its log with this time."""
        hub = self.scene.hub
        hub.logs[PEOPLE].append(*hub.voice.event(PEOPLE, body), at_ms)

    def hears(self, body: Body, at_ms: int) -> Outputs:
        """The same, and the page comes at once."""
        self.stamped(body, at_ms)
        log = self.scene.hub.logs[PEOPLE]
        return self.scene.receive(log.page(log.seq))

    def asks(self) -> Admit:
        """A device is named by the key."""
        present = self.chain()
        link = chain.come_back(HUB, present.links, present.head, DESK, PHONE, 3)
        return Admit(self.account, *link)

    def enters(self) -> Admit:
        """It enters."""
        present = self.chain()
        return Admit(self.account, *chain.enter(HUB, present.links, present.head, PHONE, 4))

    @property
    def has_entered(self) -> bool:
        """Is the device one of Carol's?"""
        return self.scene.state.accounts.is_active(device_id(PHONE.public_key))

    def again(self) -> Outputs:
        """A new connection, a day later by both clocks."""
        self.scene.step(Unlinked())
        self.scene.now_ms += DAY_MS
        self.scene.hub.time_ms += DAY_MS
        return self.scene.connect()


def test_a_day_that_has_passed_is_believed() -> None:
    """While one is connected, give or take an hour, and also where one was away."""
    story = Story()
    assert alarms(story.hears(story.asks(), TOLD_MS - SLACK_MS)) == []
    story.scene.tick(DAY_MS)
    assert alarms(story.hears(story.enters(), TOLD_MS + DAY_MS + SLACK_MS)) == []
    assert story.has_entered
    assert story.scene.state.mistimed == b""


def test_a_time_that_has_not_come_is_refused() -> None:
    """The alarm shows what the hub has signed; the device is nobody here, on the next connection
    and after a start."""
    story = Story()
    story.hears(story.asks(), TOLD_MS)
    heard = story.hears(story.enters(), TOLD_MS + DAY_MS)
    (alarm,) = alarms(heard)
    assert (alarm.reason, alarm.stream) == ("time", PEOPLE)
    assert alarm.evidence == (story.scene.hub.logs[PEOPLE].entries[-1].event,)
    assert said(heard, Disconnect) == [Disconnect("time")]
    assert not story.has_entered
    assert len(story.chain().waiting) == 1
    assert [alarm.reason for alarm in alarms(story.again())] == ["time"]
    assert not story.has_entered
    story.scene.reboot()
    assert [alarm.reason for alarm in alarms(story.again())] == ["time"]
    assert not story.has_entered


def test_a_time_that_was_before_one_came_is_refused() -> None:
    """What came since the WELCOME was not taken up before it."""
    story = Story()
    heard = story.hears(story.asks(), TOLD_MS - SLACK_MS - 1)
    assert [alarm.reason for alarm in alarms(heard)] == ["time"]
    assert story.chain().waiting == ()


def test_a_page_that_is_not_taken_brings_nobody() -> None:
    """Of one with a stranger in it no link counts, nor does its time: the same link stands where it
    was shown again, with the time that is true."""
    story = Story()
    asked, log = story.asks(), story.scene.hub.logs[PEOPLE]
    event = story.scene.hub.voice.event(PEOPLE, asked)
    log.append(*event, TOLD_MS - DAY_MS)
    story.scene.hub.say(PEOPLE, Member("mallory"), ProfileField("name", "M"))
    assert alarms(story.scene.receive(log.page(log.seq - 1))) == []
    assert story.chain().waiting == ()
    del log.entries[-2:]
    log.append(*event, TOLD_MS)
    story.scene.receive(log.page(log.seq))
    assert [each.since_ms for each in story.chain().waiting] == [TOLD_MS]


def test_who_was_revoked_stays_so_whatever_is_refused() -> None:
    """A hub that repeats the revocation in a page it means to see refused gets nobody back."""
    story = Story()
    carol, log = story.scene.carol, story.scene.hub.logs[PEOPLE]
    story.scene.hub.say(PEOPLE, carol, DeviceLink(*chain.add(story.chain(), carol.signer, LOST, 2)))
    story.scene.receive(log.page(log.seq))
    link = chain.revoke(story.chain(), carol.signer, device_id(LOST.public_key), 3)
    said_so = story.scene.hub.say(PEOPLE, carol, DeviceLink(*link))
    story.scene.receive(log.page(log.seq))
    log.append(said_so.event, said_so.event_id)
    story.stamped(story.asks(), TOLD_MS - DAY_MS)
    heard = story.scene.receive(log.page(log.seq - 1))
    assert [alarm.reason for alarm in alarms(heard)] == ["time"]
    assert not story.scene.state.accounts.is_active(device_id(LOST.public_key))


def test_a_link_that_was_shown_too_late_is_refused() -> None:
    """Held back within a connection, from the last one to this, or from one of an earlier process:
    who would have said no was kept from it."""
    story = Story()
    story.scene.tick(DAY_MS)
    assert [alarm.reason for alarm in alarms(story.hears(story.asks(), TOLD_MS))] == ["time"]
    story = Story()
    story.scene.tick(DAY_MS)
    assert [alarm.reason for alarm in alarms(shown_late(story))] == ["time"]
    assert story.chain().waiting == ()
    story = Story()
    story.again()
    story.scene.reboot()
    assert [alarm.reason for alarm in alarms(shown_late(story))] == ["time"]
    story = Story()
    story.scene.step(Unlinked())
    story.scene.hub.time_ms += DAY_MS
    story.scene.step(Linked(story.scene.hub.welcome(same=True)))
    story.scene.reboot()
    assert [alarm.reason for alarm in alarms(shown_late(story))] == ["time"]


def shown_late(story: Story) -> Outputs:
    """What was taken up at the beginning is announced two days later only."""
    story.scene.step(Unlinked())
    story.stamped(story.asks(), TOLD_MS)
    story.scene.hub.time_ms += 2 * DAY_MS
    return story.scene.connect()


def test_what_one_held_is_noted_where_it_is_news() -> None:
    """A new event, or an hour later; nothing where not all had come, or nothing was there."""
    story = Story()
    scene, log = story.scene, story.scene.hub.logs[PEOPLE]
    assert scene.state.heard == (log.seq, TOLD_MS)
    scene.step(Unlinked())
    assert scene.state.left == (log.seq, TOLD_MS)
    scene.hub.time_ms += SLACK_MS - 1
    scene.connect()
    assert scene.state.heard == (log.seq, TOLD_MS)
    scene.step(Unlinked())
    story.stamped(story.asks(), scene.hub.time_ms)
    scene.hub.time_ms += SLACK_MS
    scene.announce()
    scene.step(Unlinked())
    assert scene.state.heard == (log.seq - 1, TOLD_MS)
    assert scene.state.left == (log.seq - 1, TOLD_MS + SLACK_MS - 1)
    scene.connect()
    assert scene.state.heard == (log.seq, scene.hub.time_ms)
    fresh = Scene()
    fresh.step(Linked(fresh.hub.welcome()))
    fresh.step(Unlinked())
    assert fresh.state.left == (0, 0)


def test_what_was_there_before_one_came_may_be_old() -> None:
    """It was announced."""
    story = Story()
    story.scene.step(Unlinked())
    story.stamped(story.asks(), TOLD_MS)
    story.scene.hub.time_ms += 2 * DAY_MS
    assert alarms(story.scene.connect()) == []
    assert len(story.chain().waiting) == 1


def test_all_that_comes_is_new_where_nothing_was_announced() -> None:
    """The replica was at the head of every stream."""
    story = Story()
    story.scene.step(Unlinked())
    scene = story.scene
    scene.step(Linked(scene.hub.welcome(same=True)))
    heard = story.hears(story.asks(), TOLD_MS - SLACK_MS - 1)
    assert [alarm.reason for alarm in alarms(heard)] == ["time"]


def test_the_times_of_other_links_do_not_matter() -> None:
    """They decide nothing."""
    story = Story()
    present = story.chain()
    link = chain.revoke(present, story.scene.carol.signer, present.recovery[0].id, 2)
    assert alarms(story.hears(Admit(story.account, *link), TOLD_MS + 10 * DAY_MS)) == []
    assert not story.chain().recovery[0].active
