"""What follows from a newcomer's answers."""

from hobnob_client.onboarding.first import First
from hobnob_client.onboarding.plan import (
    CHANNELS_MAX,
    Answers,
    Channel,
    Plan,
    World,
    asked,
    keys,
    plan,
    topics,
)
from hobnob_client.onboarding.questions import shipped
from hobnob_protocol.ids import StreamId


def channel(name: str, purpose: str = "") -> Channel:
    """A public one that nobody of us is in."""
    return Channel(StreamId(b"c:" + name.encode().ljust(16, b".")[:16]), name, purpose)


HERE = World(
    (
        channel("coffee"),
        channel("help", "ask anything"),
        channel("rust"),
        channel("sqlite", "locks, backups and help with both"),
    )
)
ALL = World(HERE.channels, buddies=True)


def follows(answers: Answers, world: World = ALL) -> Plan:
    """From these answers to what is shipped."""
    return plan(asked(shipped(), world), answers, world)


def joined(found: Plan) -> list[str]:
    """The channels it proposes."""
    return [each.channel.name for each in found.channels]


def test_two_goals_lead_to_two_beginnings_and_two_sets_of_channels() -> None:
    """Adaptive onboarding: nobody gets the same list as everybody."""
    learns, meets = follows({"goal": ("learn",)}), follows({"goal": ("meet",)})
    assert (learns.first, meets.first) == (First.THREAD, First.PERSON)
    assert joined(learns) == ["help", "sqlite"]
    assert joined(meets) == ["coffee"]


def test_chosen_topics_come_before_what_a_goal_proposes() -> None:
    """And the profile says them, as what one looks for or helps with."""
    found = follows({"goal": ("help",), "topics": ("rust",)})
    assert joined(found) == ["rust", "help", "sqlite"]
    assert found.fields == (("helps_with", "rust"),)
    asks = follows({"goal": ("ask",), "topics": ("rust",)})
    assert asks.fields == (("looks_for", "rust"),)


def test_what_the_profile_said_before_is_added_to() -> None:
    """Nothing of it is overwritten."""
    world = World(HERE.channels, {"looks_for": "tests", "weekly_requests": "9"})
    found = follows({"goal": ("ask",), "topics": ("rust",), "found": ("few",)}, world)
    assert found.fields == (("looks_for", "tests, rust"),)
    assert found.allow == ("matching",)


def test_nothing_follows_from_skipping_all() -> None:
    """Not even a channel."""
    skipped = {each.name: () for each in shipped()}
    assert not follows(skipped).does_something
    assert not follows({}).does_something


def test_at_most_seven_channels_are_proposed() -> None:
    """Who is put into more reads none."""
    world = World(tuple(channel(f"help-{nth}") for nth in range(20)))
    assert len(follows({"goal": ("ask",)}, world).channels) == CHANNELS_MAX
    assert len(topics(world)) == 9


def test_each_part_can_be_left_out() -> None:
    """By its key; the others stay."""
    answers = {"goal": ("learn",), "topics": ("rust",), "buddy": ("yes",), "found": ("few",)}
    found = follows(answers)
    assert found.buddy
    for key in keys(found):
        left = found.without((key,))
        assert keys(left) == tuple(each for each in keys(found) if each != key)
    assert not found.without(keys(found)).does_something


def test_only_what_makes_sense_is_asked() -> None:
    """Topics where there are some, a buddy where it is offered, consent where none was said."""
    names = [each.name for each in asked(shipped(), ALL)]
    assert names == ["goal", "topics", "buddy", "found"]
    few = [each.name for each in asked(shipped(), World(agreed={"matching": False}))]
    assert few == ["goal"]
