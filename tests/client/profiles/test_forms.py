"""The forms of a profile's fields: one's own are read strictly."""

import pytest

from hobnob_client.profiles import forms
from hobnob_client.profiles.forms import Form, Span, Unfit


@pytest.mark.parametrize(
    ("form", "typed", "said"),
    [
        (Form.WORDS, " SQLite,sqlite ;\n ham  radio ", "SQLite, ham radio"),
        (Form.LANGUAGES, "German, EN, deutsch, ladin", "de, en, ladin"),
        (Form.TEXT, "two\n lines\tof  it", "two lines of it"),
        (Form.LEVEL, "Expert", "expert"),
        (Form.LEVEL, " Newcomer ", "newcomer"),
        (Form.ZONE, "utc", "UTC+0"),
        (Form.ZONE, "+5:30", "UTC+5:30"),
        (Form.ZONE, "GMT-3", "UTC-3"),
        (Form.ZONE, "europe", "Europe"),
        (Form.HOURS, "18 \u2013 22", "18-22"),
        (Form.HOURS, "9:00-12:00,22-2", "9-12, 22-2"),
        (Form.HOURS, " ", ""),
    ],
)
def test_what_is_typed_becomes_what_is_said(form: Form, typed: str, said: str) -> None:
    """In one way of writing it, which is read as the same again."""
    assert forms.fitted(form, typed) == said
    assert forms.fitted(form, said) == said


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        (Form.WORDS, ", ".join(map(str, range(forms.WORDS_MAX + 1)))),
        (Form.WORDS, "x" * (forms.WORD_TEXT_MAX + 1)),
        (Form.TEXT, "x" * (forms.TEXT_MAX + 1)),
        (Form.LEVEL, "wizard"),
        (Form.ZONE, "Europe/Berlin"),
        (Form.ZONE, "UTC+15"),
        (Form.ZONE, "1"),
        (Form.HOURS, "evenings"),
        (Form.HOURS, "18-25"),
        (Form.HOURS, "9-9"),
        (Form.HOURS, "0-1, 2-3, 4-5, 6-7"),
    ],
)
def test_what_does_not_fit_says_how_it_should_be(form: Form, typed: str) -> None:
    """In a sentence."""
    with pytest.raises(Unfit, match=r"\.$"):
        forms.fitted(form, typed)


def test_hours_go_over_midnight() -> None:
    """Each full hour of them, by when it begins."""
    assert Span(22, 2).hours == (22, 23, 0, 1)
    assert Span(18, 24).hours == (18, 19, 20, 21, 22, 23)
    assert len(Span(0, 24).hours) == 24
