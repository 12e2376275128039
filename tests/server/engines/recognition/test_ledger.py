"""The ledger: what deeds have come to."""

from random import Random

from hobnob_server.engines.recognition.ledger import Ledger
from hobnob_server.engines.recognition.seasons import Period
from hobnob_server.engines.recognition.shipped import shipped
from tests.server.engines.recognition.story import ADA, BO, CY, DI, EVE, Story


def _a_season() -> Story:
    """Some weeks of five people who ask, answer, thank, and take something back."""
    story, random = Story(), Random(7)
    story.settled(ADA, BO, CY, DI, EVE)
    given: list[int] = []
    for thread in range(1, 60):
        asker, helper, other = random.sample((ADA, BO, CY, DI, EVE), 3)
        story.say(asker, thread, channel=thread % 2)
        answer = story.say(helper, thread, channel=thread % 2)
        story.wait(hours=random.randrange(1, 9))
        given.append(story.thank(other, helper, channel=thread % 2))
        if thread % 3 == 0:
            story.accept(asker, helper, thread, answer)
        if thread % 11 == 0:
            story.withdraw(random.choice(given))
        if thread % 5 == 0:
            story.hide(answer)
        if thread % 10 == 0:
            story.show(answer)
    return story


def test_slices_come_to_the_same_as_all_at_once() -> None:
    """However they are cut, and whatever is told twice."""
    deeds = _a_season().deeds
    whole = Ledger(shipped())
    whole.advance(deeds)
    for seed in range(5):
        random, sliced, at = Random(seed), Ledger(shipped()), 0
        while at < len(deeds):
            step = random.randrange(1, 20)
            sliced.advance(deeds[max(0, at - 3) : at + step])
            sliced.tally(Period.WEEK, deeds[at].at_ms, (ADA,))
            at += step
        now_ms = deeds[-1].at_ms + 1
        for period in Period:
            for channel in (None, 0, 1):
                args = (period, now_ms, (ADA,), channel)
                assert sliced.tally(*args) == whole.tally(*args)
        assert sliced.badges.everybody() == whole.badges.everybody()


def test_a_channel_counts_what_was_done_there_and_a_period_what_was_done_then() -> None:
    """Nothing else."""
    story = Story()
    story.settled(ADA, BO, CY)
    story.thank(ADA, BO, channel=1)
    story.wait(days=60)
    story.thank(ADA, CY, channel=2)
    ledger = Ledger(shipped())
    ledger.advance(story.deeds)
    now_ms = story.now_ms
    assert set(ledger.tally(Period.ALL, now_ms, (ADA,)).scores) == {BO, CY}
    assert set(ledger.tally(Period.WEEK, now_ms, (ADA,)).scores) == {CY}
    assert set(ledger.tally(Period.ALL, now_ms, (ADA,), 1).scores) == {BO}


def test_thanks_of_nobody_whom_stewards_reach_count_nothing() -> None:
    """Two who thank each other have none for it."""
    story = Story()
    story.settled(ADA, BO, CY)
    for _ in range(5):
        story.thank(BO, CY)
        story.thank(CY, BO)
        story.wait(days=7)
    ledger = Ledger(shipped())
    ledger.advance(story.deeds)
    before = ledger.tally(Period.ALL, story.now_ms, (ADA,)).scores
    assert all(score.total == 0 for score in before.values())
    story.thank(ADA, BO)
    ledger.advance(story.deeds)
    after = ledger.tally(Period.ALL, story.now_ms, (ADA,)).scores
    assert after[BO].total > after[CY].total > 0


def test_what_is_shown_again_has_its_points_again() -> None:
    """And nothing while it is hidden; what is deleted as well stays gone."""
    story = Story()
    story.settled(ADA, BO, CY)
    said = story.say(BO, 1)
    story.thank(ADA, BO, message=said)
    ledger = Ledger(shipped())

    def points() -> set[int]:
        ledger.advance(story.deeds)
        return set(ledger.tally(Period.ALL, story.now_ms, (ADA,)).scores)

    assert points() == {BO}
    story.hide(said)
    assert points() == set()
    story.show(said)
    assert points() == {BO}
    story.hide(said)
    story.withdraw(said)
    story.show(said)
    assert points() == set()
