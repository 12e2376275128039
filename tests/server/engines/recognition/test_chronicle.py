"""Events of the log become deeds."""

from dataclasses import dataclass, field
from itertools import count

from hobnob_protocol.ids import (
    DIRECTORY,
    PEOPLE,
    AccountId,
    ChannelId,
    DeviceId,
    EventId,
    StreamId,
    TargetId,
    account_id,
    channel_stream,
)
from hobnob_protocol.kind import Body, Fact
from hobnob_protocol.kinds.hub_acts import Enrol
from hobnob_protocol.kinds.messages import Delete, Post
from hobnob_protocol.kinds.moderation import Hide
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.kinds.thanks import Thanks
from hobnob_protocol.kinds.threads import AcceptAnswer
from hobnob_protocol.registry import STANDARD
from hobnob_server.engines.recognition.chronicle import Chronicle, Heard
from hobnob_server.engines.recognition.deeds import (
    Accepted,
    Deed,
    Joined,
    Restored,
    Said,
    Thanked,
    Withdrawn,
)

GARDEN = channel_stream(ChannelId(b"g" * 16))
ADA, BO, CY = (AccountId(letter * 20) for letter in (b"a", b"b", b"c"))


@dataclass
class Log:
    """A log as it grows, and what a chronicle makes of it."""

    chronicle: Chronicle = field(default_factory=Chronicle)
    deeds: list[Deed] = field(default_factory=list[Deed])
    heard: list[Heard] = field(default_factory=list[Heard])
    _seqs: "count[int]" = field(default_factory=lambda: count(1))

    def tell(self, account: AccountId, body: Body | None, stream: StreamId = GARDEN) -> TargetId:
        """Something happens; without a body a message whose text is gone."""
        seq = next(self._seqs)
        kind = STANDARD.of(type(body) if body is not None else Post).number
        event = EventId(seq.to_bytes(32, "little"))
        device = DeviceId(account[:8])
        fact = Fact(stream, seq, seq * 1_000, event, account, device, kind, seq, body)
        self.heard.append(Heard(fact))
        self.deeds += self.chronicle.deeds(self.heard[-1])
        return fact.target

    def last(self) -> Deed:
        """What happened last."""
        return self.deeds[-1]


def test_a_message_is_told_with_its_thread_and_whom_it_answers() -> None:
    """By numbers, which the chronicle knows."""
    log = Log()
    root = log.tell(ADA, Post("how?"))
    begun = log.last()
    assert isinstance(begun, Said)
    assert (begun.begins, begun.length, begun.answers) == (True, 4, None)
    log.tell(BO, Post("so", root, root, (CY,)))
    answer = log.last()
    assert isinstance(answer, Said)
    assert (answer.thread, answer.answered, answer.begins) == (begun.ref, begun.ref, False)
    people = log.chronicle.people
    assert answer.answers is not None
    assert people[answer.answers] == ADA
    assert [people[each] for each in answer.named] == [CY]
    place = log.chronicle.place(begun.ref)
    assert place is not None
    assert (place.stream, place.target, place.at_ms) == (GARDEN, root, 1_000)


def test_an_answer_beside_a_thread_is_in_the_one_of_what_it_answers() -> None:
    """Who answers in the channel itself has answered."""
    log = Log()
    root = log.tell(ADA, Post("how?"))
    log.tell(BO, Post("so", None, root))
    one, other = log.deeds
    assert isinstance(one, Said)
    assert isinstance(other, Said)
    assert (other.thread, other.begins) == (one.thread, False)


def test_thanks_count_once_and_go_when_they_are_taken_back() -> None:
    """Another reason is no other thanks; thanks for what nobody knows are none."""
    log = Log()
    root = log.tell(ADA, Post("how?"))
    log.tell(BO, Thanks(root, "clear"))
    given = log.last()
    assert isinstance(given, Thanked)
    assert log.chronicle.people[given.receiver] == ADA
    log.tell(BO, Thanks(root, "very clear"))
    log.tell(BO, Thanks(TargetId(b"?" * 16)))
    assert log.last() is given
    log.tell(BO, Thanks(root, on=False))
    taken = log.last()
    assert isinstance(taken, Withdrawn)
    assert taken.target == given.ref
    log.tell(BO, Thanks(root, on=False))
    assert log.last() is taken


def test_an_acceptance_is_the_askers_word_and_takes_the_place_of_the_one_before() -> None:
    """Of who keeps the peace it is none."""
    log = Log()
    root = log.tell(ADA, Post("how?"))
    one, other = log.tell(BO, Post("so", root)), log.tell(CY, Post("or so", root))
    log.tell(BO, AcceptAnswer(root, one))
    assert isinstance(log.last(), Said)
    log.tell(ADA, AcceptAnswer(root, one))
    first = log.last()
    assert isinstance(first, Accepted)
    log.tell(ADA, AcceptAnswer(root, other))
    gone, second = log.deeds[-2:]
    assert isinstance(gone, Withdrawn)
    assert isinstance(second, Accepted)
    assert (gone.target, log.chronicle.people[second.helper]) == (first.ref, CY)
    assert gone.ref < second.ref
    log.tell(ADA, AcceptAnswer(root, None))
    assert isinstance(log.last(), Withdrawn)


def test_who_was_let_in_has_whoever_did_it() -> None:
    """By the enrolment that the hub signed."""
    log = Log()
    log.tell(ADA, Enrol(b"link", bytes(64), "bo", CY, TargetId(b"i" * 16)), PEOPLE)
    joined = log.last()
    assert isinstance(joined, Joined)
    assert log.chronicle.people[joined.person] == account_id(b"link")
    assert joined.inviter is not None
    assert log.chronicle.people[joined.inviter] == CY


def test_what_is_deleted_or_hidden_is_withdrawn_and_bots_do_nothing() -> None:
    """What is hidden is so until it is shown."""
    log = Log()
    root, other = log.tell(ADA, Post("how?")), log.tell(ADA, Post("why?"))
    log.tell(ADA, Delete(root))
    assert isinstance(log.last(), Withdrawn)
    assert log.last() == Withdrawn(log.last().ref, 3_000, log.deeds[0].ref, for_good=True)
    log.tell(CY, Hide(other, True, "spam"))
    assert log.last() == Withdrawn(log.last().ref, 4_000, log.deeds[1].ref, for_good=False)
    log.tell(CY, Hide(other, False, "no spam"))
    assert log.last() == Restored(log.last().ref, 5_000, log.deeds[1].ref)
    known = len(log.deeds)
    log.tell(ADA, RoleGrant(BO, "bot"), DIRECTORY)
    log.tell(BO, Post("beep"))
    log.tell(BO, Thanks(other))
    assert len(log.deeds) == known
    log.tell(ADA, RoleGrant(BO, "member"), DIRECTORY)
    log.tell(BO, Post("hello"))
    assert len(log.deeds) == known + 1


def test_a_message_whose_text_is_gone_keeps_its_place_in_its_thread() -> None:
    """What it was the first answer to is not given to the next."""
    log = Log()
    root = log.tell(ADA, Post("how?"))
    fact = Fact(
        GARDEN, 9, 9_000, EventId(b"9" * 32), BO, DeviceId(b"d" * 8), STANDARD.of(Post).number, 9,
        None,
    )  # fmt: skip
    (said,) = log.chronicle.deeds(Heard(fact, root))
    begun = log.deeds[0]
    assert isinstance(said, Said)
    assert isinstance(begun, Said)
    assert (said.thread, said.length, said.begins) == (begun.thread, 0, False)


def test_who_is_only_asked_about_is_given_no_number() -> None:
    """Else questions would fill the memory, and change who stands first of two alike."""
    log = Log()
    log.tell(ADA, Post("how?"))
    assert log.chronicle.known(ADA) == 0
    assert log.chronicle.known(BO) is None
    assert log.chronicle.people == [ADA]
