"""Sealed messages are reported: moderators see what is proved, and nothing that is not."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from hobnob.testing.clock import VirtualLoop
from hobnob.testing.hub import VERIFIER, MemoryHub
from hobnob_client.reading.reports import Reported
from hobnob_client.sealing.tables import Tables
from hobnob_protocol import fields
from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import DIRECTORY, MODERATION, StreamId, TargetId
from hobnob_protocol.kind import Body, Fact, Write
from hobnob_protocol.kinds.moderation import ReportSealed
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.padding import pad
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.inputs import HubSettings
from hobnob_sync.ports import HubImage, RangeKey
from tests.client.sealing.pair import CANARY, Member


@fields.body
class Unread(Body):
    """A report as a hub takes it that looks at nothing."""

    stream: StreamId = fields.stream()


def nothing(_fact: Fact) -> tuple[Write, ...]:
    """What such a hub folds."""
    return ()


class CredulousHub(MemoryHub):
    """A hub that takes every report."""

    def booted(self, image: HubImage) -> HubEngine:
        """An engine that knows no better."""
        kind = replace(STANDARD.of(ReportSealed), body=Unread, writes=nothing)
        registry = STANDARD.without("report_sealed").with_kind(kind)
        entropy, settings = self._random.randbytes, self._settings
        return HubEngine(image, self.hub, self._signer, VERIFIER, registry, entropy, settings)


class Court:
    """Alice and Bob talk under seal; Mara moderates, and is in no conversation."""

    def __init__(self, hub: type[MemoryHub] = MemoryHub) -> None:
        random = Random(0)
        self.loop = VirtualLoop()
        self.hub = hub(self.loop, random, HubSettings())
        names = ("alice", "bob", "mara")
        self.alice, self.bob, self.mara = (Member(self.loop, self.hub, n, random) for n in names)
        self.loop.run_for(0)
        self.hub.operate(DIRECTORY, RoleGrant(self.mara.account, "moderator"))
        self.loop.run_for(0)
        self.insult = self.alice.say("you are an insult", "@bob")
        self.secret = self.alice.say(CANARY, "@bob")

    @property
    def stream(self) -> StreamId:
        """The conversation."""
        return self.bob.stream("@alice")

    def evidence(self, target: TargetId, who: Member | None = None) -> ReportSealed:
        """What somebody would show."""
        body = (who or self.bob).seat.reader.report(self.stream, target, "rude")
        assert isinstance(body, ReportSealed)
        return body

    def says(self, body: Body, who: Member | None = None) -> None:
        """Somebody reports."""
        (who or self.bob).seat.say(MODERATION, body)
        self.loop.run_for(5)

    def why_not(self, target: TargetId, who: Member | None = None) -> str:
        """Why something cannot be shown."""
        with pytest.raises(UsageError) as refused:
            self.evidence(target, who)
        return str(refused.value)

    @property
    def seen(self) -> tuple[Reported, ...]:
        """What Mara sees."""
        return self.mara.seat.reader.reports(100)

    def close(self) -> None:
        """Let go of everything."""
        for who in (self.alice, self.bob, self.mara):
            who.seat.close()
        self.loop.run_for(0)
        self.loop.close()


@pytest.fixture
def court() -> Iterator[Court]:
    """At an honest hub."""
    made = Court()
    yield made
    made.close()


@pytest.fixture
def credulous() -> Iterator[Court]:
    """At a hub that takes every report."""
    made = Court(CredulousHub)
    yield made
    made.close()


def test_a_moderator_reads_what_is_shown_and_nothing_else(court: Court) -> None:
    """Who said it, who shows it, why; no other message, and no key."""
    court.says(court.evidence(court.insult))
    (found,) = court.seen
    assert (found.text, found.author, found.by) == (
        "you are an insult",
        court.alice.account,
        court.bob.account,
    )
    assert (found.reason, found.sealed, found.holds) == ("rude", True, True)
    assert CANARY.encode() not in court.mara.dump()


def test_the_last_word_is_what_is_shown(court: Court) -> None:
    """An edit is sealed by itself."""
    court.alice.edit(court.insult, "you are a disgrace", "@bob")
    court.says(court.evidence(court.insult))
    (found,) = court.seen
    assert (found.text, found.author) == ("you are a disgrace", court.alice.account)


def test_nobody_but_moderators_sees_reports(court: Court) -> None:
    """Who is reported does not learn of it."""
    court.says(court.evidence(court.insult))
    assert court.alice.seat.reader.reports(100) == court.bob.seat.reader.reports(100) == ()


def test_the_newest_report_comes_first(court: Court) -> None:
    """As many as are wanted, of a log of any length."""
    for number in range(70):
        court.says(replace(court.evidence(court.insult), reason=f"reason {number}"))
    assert [found.reason for found in court.seen] == [f"reason {n}" for n in range(69, -1, -1)]
    assert len(court.mara.seat.reader.reports(3)) == 3


def test_a_channels_message_is_reported_by_its_name(court: Court) -> None:
    """Moderators read it where it stands, if they are there."""
    general = court.bob.stream("general")
    spam = court.alice.say("buy my coin")
    court.says(court.bob.seat.reader.report(general, spam, "spam"))
    court.says(court.bob.seat.reader.report(general, TargetId(b"n" * 16), "nothing"))
    nothing, found = court.seen
    assert (found.text, found.author, found.event) == ("buy my coin", court.alice.account, spam)
    assert (nothing.text, nothing.holds) == (None, True)


def test_an_honest_hub_takes_no_forged_report(court: Court) -> None:
    """It lies in the tray of whoever made it."""
    court.says(replace(court.evidence(court.insult), padded=pad(b"a threat")))
    assert [row.code for row in court.bob.seat.reader.tray()] == ["invalid"]
    assert court.seen == ()


def test_a_forged_report_is_shown_by_no_moderators_client(credulous: Court) -> None:
    """Another text, another author, another conversation: whatever the hub has let through."""
    court = credulous
    true = court.evidence(court.insult)
    own = court.bob.say("what a day", "@alice")
    bobs = court.evidence(own, court.alice)
    other = StreamId(b"d:" + b"o" * 16)
    forged = (
        replace(true, padded=pad(b"a threat")),
        replace(true, opening=bytes(32)),
        replace(true, event=bobs.event),
        replace(true, stream=other),
        replace(true, event=b"no event"),
    )
    for body in forged:
        court.says(body)
    assert court.bob.seat.reader.tray() == ()
    assert len(court.seen) == len(forged)
    for found in court.seen:
        assert (found.holds, found.text, found.author, found.event) == (False, None, None, None)
    court.says(true)
    assert court.seen[0].text == "you are an insult"


def test_what_was_sealed_and_is_no_text_is_told_by_its_kind(court: Court) -> None:
    """A proof is a proof, whatever it proves."""
    court.bob.react(court.insult, "👍", "@alice")
    store = court.alice.store
    held = court.alice.seat.reader.held(court.stream)
    assert held is not None
    key = RangeKey(court.stream, held.hi, 1, 1)
    (entry,) = store.load((key,)).get(key)
    kept = Tables(store.sql).opened(entry.event_id)
    assert kept is not None
    shown = (entry.event, kept.salt, pad(kept.said))
    court.says(ReportSealed(court.stream, *shown, "rude"), court.alice)
    (found,) = court.seen
    assert (found.text, found.author) == ("(react)", court.bob.account)


def test_ones_own_message_cannot_be_reported(court: Court) -> None:
    """Its author keeps no proof of it."""
    assert "your own" in court.why_not(court.insult, court.alice)


def test_what_is_gone_or_closed_cannot_be_reported(court: Court) -> None:
    """Withdrawn, or never here."""
    court.alice.delete(court.insult, "@bob")
    court.loop.run_for(5)
    assert "nothing of this message is left" in court.why_not(court.insult)
    assert "nothing of this message is left" in court.why_not(TargetId(b"n" * 16))


def test_what_was_kept_without_its_proof_cannot_be_reported(court: Court) -> None:
    """As what a device was given that could not open it itself."""
    court.bob.store.sql.run("UPDATE opened SET salt = x''", [()])
    assert "without what proves it" in court.why_not(court.insult)


def test_what_is_too_long_for_a_report_is_refused_in_words(court: Court) -> None:
    """Before anything is composed."""
    long = court.alice.say("x" * 9_000, "@bob")
    assert "too long to be shown" in court.why_not(long)
    with pytest.raises(UsageError, match=r"text\.length"):
        court.bob.seat.reader.report(court.stream, court.insult, "x" * 501)
