"""A badge is a file: what is wrong with one is said, and those that come with hobnob are right."""

import pytest

from hobnob_server.engines.recognition.marks import Measure
from hobnob_server.engines.recognition.rules import LANGUAGES, Tier, rule
from hobnob_server.engines.recognition.shipped import shipped
from hobnob_server.errors import ConfigError

GOOD = """
measure = "accepted"
[[tier]]
count = 1
[[tier]]
count = 10
people = 5
sure = true
[en]
name = "Helper"
counts = "Answers that were accepted"
[de]
name = "Hilfreich"
counts = "Antworten, die angenommen wurden"
"""
MEASURED_BY_ONESELF = {Measure.HELPED, Measure.RETURNED}
"""Days and years, which are nobody else's."""


def test_a_file_is_a_rule() -> None:
    """With its tiers and its words."""
    found = rule("helper", GOOD)
    assert (found.id, found.measure) == ("helper", Measure.ACCEPTED)
    assert found.tiers == (Tier(1), Tier(10, 5, sure=True))
    assert found.words["de"].name == "Hilfreich"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"accepted"', '"messages"', "measure must be one of"),
        ("count = 10", "count = 0", "count is 1 to"),
        ("count = 10", "count = 5000", "count is 1 to"),
        ("people = 5", "people = 11", "a mark brings one person"),
        ("people = 5", "persons = 5", "persons is no key"),
        ("people = 5", 'people = "5"', "people is no key of a tier, or not"),
        ("people = 5", "people = true", "people is no key of a tier, or not"),
        ("count = 1\n", "count = 11\n", "no less than the one before"),
        ("[de]", "[fr]", "fr is no key"),
        ('name = "Hilfreich"', "", "[de] must have a name"),
        ('name = "Hilfreich"', 'name = "a\\u001bb"', "[de] must have a name"),
        ("[[tier]]", "[tier", "badge helper: "),
        ("[[tier]]\ncount = 1\n[[tier]]\ncount = 10", "x = 1\nmore = 10", "is no key of a badge"),
    ],
)
def test_what_is_wrong_is_said(right: str, wrong: str, said: str) -> None:
    """And which badge it is."""
    assert right in GOOD
    with pytest.raises(ConfigError, match="badge helper: ") as refused:
        rule("helper", GOOD.replace(right, wrong, 1))
    assert said in str(refused.value)


def test_at_least_fifteen_rules_come_with_hobnob() -> None:
    """Each of its own: no two ask for the same."""
    rules = shipped()
    assert len([each for each in rules if not each.first_step]) >= 15
    assert len({(each.measure, each.tiers) for each in rules}) == len(rules)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_badges_have_one_name(language: str) -> None:
    """In either language."""
    names = [each.words[language].name for each in shipped()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "found", [each for each in shipped() if not each.first_step], ids=lambda each: each.id
)
def test_higher_tiers_ask_for_different_people(found: object) -> None:
    """Nobody gets them by one friend alone."""
    each = next(one for one in shipped() if one is found)
    if each.measure not in MEASURED_BY_ONESELF:
        assert all(tier.people > 1 for tier in each.tiers[1:])
