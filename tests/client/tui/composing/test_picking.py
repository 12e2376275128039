"""Which reactions are offered."""

from hobnob_client.tui.composing.picking import NAMES_MAX, Given, choices

THERE = (Given("🎉", ("ana", "you"), mine=True),)


def test_what_is_there_comes_first_with_who_gave_it() -> None:
    """Then what one gives, then what is common, each once."""
    found = choices(THERE, ("🚀", "🎉"), "")
    assert [each.emoji for each in found[:3]] == ["🎉", "🚀", "👍"]
    assert len({each.emoji for each in found}) == len(found)
    assert found[0].line == "🎉 tada  ana, you · Enter takes yours back"


def test_letters_find_by_name() -> None:
    """With or without the colons."""
    assert choices((), (), ":rock")[0].emoji == "🚀"
    assert choices((), (), "thumbs up")[0].line == "👍 thumbs_up"
    assert choices((), (), "zzzz") == ()


def test_many_names_are_counted() -> None:
    """The line stays a line."""
    many = Given("👍", tuple(f"m{nth}" for nth in range(NAMES_MAX + 3)), mine=False)
    assert choices((many,), (), "")[0].line.endswith("m5 and 3 more")
