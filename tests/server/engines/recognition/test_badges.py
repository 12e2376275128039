"""Badges follow from what happened, however it was read."""

from random import Random

import pytest

from hobnob_server.engines.recognition.badges import Badges
from hobnob_server.engines.recognition.deeds import Ref, Restored, Withdrawn
from hobnob_server.engines.recognition.marks import Mark, Measure
from hobnob_server.engines.recognition.noticing import Noticing
from hobnob_server.engines.recognition.progress import Award, Lost, Missing
from hobnob_server.engines.recognition.rules import MARKS_MAX, Rule, Tier
from tests.server.engines.recognition.story import ADA, BO, CY, DI, EVE, LONG, Story

HELPER = Rule("helper", Measure.ACCEPTED, (Tier(1, 1), Tier(3, 2), Tier(4, 2, sure=True)), words={})
BRIDGE = Rule("bridge", Measure.THANKED, (Tier(2, 2, 2), Tier(4, 3, 3)), words={})
TOPIC = Rule("topic", Measure.GATHERED, (Tier(1, size=3), Tier(1, size=6)), words={})
STEADY = Rule("steady", Measure.HELPED, (Tier(2), Tier(5)), words={})
FIRST = Rule("first", Measure.OPENED, (Tier(1),), words={})
GUIDE = Rule("guide", Measure.GUIDED, (Tier(1, 1),), words={})
RULES = (HELPER, BRIDGE, TOPIC, STEADY, FIRST, GUIDE)


def of(story: Story) -> Badges:
    """What the story has earned."""
    badges = Badges(RULES)
    badges.advance(story.deeds)
    return badges


def test_an_award_unfolds_to_what_it_was_earned_by() -> None:
    """The events, and for how many people."""
    story = Story()
    story.settled(BO, CY)
    refs = [story.accept(asker, ADA, thread) for thread, asker in enumerate((BO, BO, CY))]
    awards = of(story).awards(ADA)
    assert [(each.tier, each.evidence, each.people) for each in awards] == [
        (1, (refs[0],), 1),
        (2, tuple(refs), 2),
    ]
    assert awards[1].at_ms == story.now_ms


def test_one_person_alone_earns_nobody_the_second_tier() -> None:
    """However often they accept: what is missing is a person."""
    story = Story()
    story.settled(BO)
    for thread in range(50):
        story.accept(BO, ADA, thread)
    badges = of(story)
    assert [each.tier for each in badges.awards(ADA)] == [1]
    assert badges.next_step(ADA, "helper") == Missing("helper", 2, 0, 1, 0)


def test_whoever_has_nothing_yet_is_told_the_first_step() -> None:
    """All of it is missing; and nothing where all is earned."""
    story = Story()
    story.settled(ADA, BO)
    story.say(ADA, 1)
    story.say(BO, 1)
    badges = of(story)
    assert badges.next_step(CY, "bridge") == Missing("bridge", 1, 2, 2, 2)
    assert badges.next_step(ADA, "first") is None


def test_fresh_accounts_bring_no_higher_tier() -> None:
    """A farm of accounts that were made today."""
    story = Story()
    for number in range(100, 150):
        story.join(number)
        story.accept(number, ADA, number)
    assert [each.tier for each in of(story).awards(ADA)] == [1, 2]


def test_an_award_goes_with_what_it_was_earned_by() -> None:
    """And comes back by something else."""
    story = Story()
    story.settled(BO, CY)
    one = story.accept(BO, ADA, 1)
    story.withdraw(one)
    assert of(story).awards(ADA) == ()
    other = story.accept(CY, ADA, 2)
    assert [each.evidence for each in of(story).awards(ADA)] == [(other,)]


def test_an_answer_that_is_withdrawn_takes_its_badge_along() -> None:
    """As the acceptance itself would; what is lost says by what, until it is earned again."""
    story = Story()
    story.settled(ADA, BO)
    story.say(BO, 1)
    answer = story.say(ADA, 1)
    story.accept(BO, ADA, 1, answer)
    (had,) = [each for each in of(story).awards(ADA) if each.rule == "helper"]
    story.withdraw(answer)
    badges = of(story)
    assert badges.awards(ADA) == ()
    assert badges.lost(ADA) == (Lost(had, answer, story.now_ms),)
    story.accept(BO, ADA, 1, story.say(ADA, 1))
    badges = of(story)
    assert [each.rule for each in badges.awards(ADA)] == ["helper"]
    assert badges.lost(ADA) == ()


@pytest.mark.parametrize("which", ["text", "first use", "second use"])
def test_a_guide_is_one_as_long_as_it_and_its_uses_stand(which: str) -> None:
    """Before it counts and after."""
    story = Story()
    story.settled(ADA, BO, CY)
    text = story.say(ADA, 1, length=LONG)
    uses = [story.say(each, 1, answered=text) for each in (BO, CY)]
    assert [each.rule for each in of(story).awards(ADA) if each.rule == "guide"] == ["guide"]
    gone = {"text": text, "first use": uses[0], "second use": uses[1]}[which]
    story.withdraw(gone)
    assert [each.rule for each in of(story).awards(ADA) if each.rule == "guide"] == []
    assert [each.withdrawn for each in of(story).lost(ADA) if each.award.rule == "guide"] == [gone]


def test_a_use_that_was_withdrawn_makes_no_guide() -> None:
    """Nor does a text that was, whoever answers it later."""
    story = Story()
    story.settled(ADA, BO, CY, DI)
    text, other = (story.say(ADA, thread, length=LONG) for thread in (1, 2))
    story.withdraw(story.say(BO, 1, answered=text))
    story.withdraw(other)
    story.say(CY, 1, answered=text)
    for person in (BO, CY):
        story.say(person, 2, answered=other)
    assert [each.rule for each in of(story).awards(ADA) if each.rule == "guide"] == []
    story.say(DI, 1, answered=text)
    assert [each.rule for each in of(story).awards(ADA) if each.rule == "guide"] == ["guide"]


def test_what_is_new_is_told_once() -> None:
    """Deeds that come again change nothing."""
    story = Story()
    story.settled(BO)
    story.accept(BO, ADA, 1)
    badges = Badges(RULES)
    assert [each.rule for each in badges.advance(story.deeds)] == ["helper"]
    assert badges.advance(story.deeds) == ()
    assert len(badges.awards(ADA)) == 1


@pytest.mark.parametrize("seed", range(60))
def test_batches_change_nothing(seed: int) -> None:
    """By pieces that overlap, all at once, and by a slow reckoning from nothing: the same."""
    random = Random(seed)
    story = random_story(random)
    badges, at = Badges(RULES), 0
    while at < len(story.deeds):
        upto = at + random.randint(1, 12)
        badges.advance(story.deeds[max(0, at - random.randint(0, 5)) : upto])
        at = upto
    assert badges.everybody() == of(story).everybody()
    told = {award for awards in badges.everybody().values() for award in awards}
    assert told == reckoned(story)


def test_the_stories_earn_what_can_be_earned() -> None:
    """So the promise above is not empty: each tier is there, and things were taken back."""
    stories = [random_story(Random(seed)) for seed in range(60)]
    earned = {(each.rule, each.tier) for story in stories for each in reckoned(story)}
    assert earned == {(rule.id, at + 1) for rule in RULES for at in range(len(rule.tiers))}
    undone = {type(deed) for story in stories for deed in story.deeds}
    assert {Withdrawn, Restored} < undone


def random_story(random: Random) -> Story:
    """Nine people in nine threads for a few weeks, and some of it is withdrawn."""
    story = Story()
    people = [ADA, BO, CY, DI, EVE, 6, 7, 8, 9]
    story.settled(*people[:7])
    story.join(people[7], ADA)
    said: list[Ref] = []
    for _ in range(random.randint(40, 160)):
        one, other = random.sample(people, 2)
        story.wait(hours=random.choice((0, 1, 9)))
        act = random.random()
        if act < 0.5:
            length = random.choice((20, LONG))
            answered = random.choice((None, random.choice(said))) if said else None
            thread = random.randrange(9)
            said.append(story.say(one, thread, length=length, answered=answered, named=(other,)))
        elif act < 0.7:
            message = random.choice((None, random.choice(said))) if said else None
            story.thank(one, other, channel=random.randrange(4), message=message)
        elif act < 0.8:
            story.accept(one, other, random.randrange(9), random.choice(said) if said else 0)
        else:
            undo = random.choice((story.withdraw, story.hide, story.show))
            undo(random.randint(1, len(story.deeds)))
    return story


def reckoned(story: Story) -> set[Award]:
    """All awards, told tier by tier from the marks that stand; slowly, and nothing is kept."""
    noticing = Noticing()
    marks = [mark for deed in story.deeds for mark in noticing.notice(deed)]
    gone, standing = story.gone, dict[object, Mark]()
    for mark in marks:
        if gone.isdisjoint(mark.rests_on):
            once = None if mark.once is None else (mark.person, mark.measure, mark.once)
            standing.setdefault(once or len(standing), mark)
    counted = [*standing.values()]
    people = sorted({mark.person for mark in counted})
    return {award for rule in RULES for person in people for award in _tiers(rule, person, counted)}


def _tiers(rule: Rule, person: int, standing: list[Mark]) -> list[Award]:
    mine = [each for each in standing if (each.person, each.measure) == (person, rule.measure)]
    found: list[Award] = []
    # A tier is there at the earliest with the one before it.
    least = 1
    for number, tier in enumerate(rule.tiers, 1):
        for upto in range(least, len(mine) + 1):
            taken = [
                each
                for each in mine[:upto]
                if (not tier.size or each.size == tier.size) and (not tier.sure or each.weight == 1)
            ]
            others = {each.other for each in taken} - {None}
            places = {each.channel for each in taken}
            enough = len(taken) >= tier.count and len(others) >= tier.people
            if enough and len(places) >= tier.places:
                refs = tuple(each.ref for each in taken)
                at_ms = mine[upto - 1].at_ms
                found.append(Award(person, rule.id, number, at_ms, refs, len(others)))
                least = upto
                break
        else:
            return found
    return found


def test_thanks_taken_back_leave_room_for_those_of_others() -> None:
    """Whoever thanks and takes back a thousand times keeps nobody from what is theirs."""
    story = Story()
    story.settled(BO, CY, DI)
    for _ in range(MARKS_MAX + 1):
        story.withdraw(story.thank(BO, ADA))
    for giver in (CY, DI):
        story.thank(giver, ADA, channel=giver)
    assert [each.tier for each in of(story).awards(ADA) if each.rule == "bridge"] == [1]


def test_thanks_for_what_was_withdrawn_count_nothing() -> None:
    """Nobody posts, is thanked, and takes the post away."""
    story = Story()
    story.settled(CY, DI)
    said = story.say(ADA, 1)
    for giver in (CY, DI):
        story.thank(giver, ADA, channel=giver, message=said)
    story.withdraw(said)
    story.show(said)
    assert not [each for each in of(story).awards(ADA) if each.rule == "bridge"]


def test_what_was_hidden_and_is_shown_again_earns_what_it_earned() -> None:
    """It is lost meanwhile, and no more lost then; what was done upon it meanwhile counts too."""
    story = Story()
    story.settled(CY, DI)
    said = story.say(ADA, 1)
    story.thank(CY, ADA, channel=1, message=said)
    first = story.thank(DI, ADA, channel=2, message=said)
    had = of(story).awards(ADA)
    story.hide(said)
    badges = of(story)
    assert badges.awards(ADA) == ()
    assert badges.lost(ADA) == (Lost(had[-1], said, story.now_ms),)
    story.withdraw(first)
    again = story.thank(DI, ADA, channel=2, message=said)
    assert of(story).awards(ADA) == ()
    shown = story.show(said)
    (told,) = [each for each in badges.advance(story.deeds) if each.rule == "bridge"]
    assert told.evidence[-1] == again < shown
    assert badges.awards(ADA) == of(story).awards(ADA)
    assert badges.lost(ADA) == ()
