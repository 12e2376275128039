"""What is made of the table of settings."""

from hobnob_client.config import SETTINGS, Settings, parse
from hobnob_client.config.describing import markdown_table, schema
from hobnob_client.tui.rebinding import checked
from tests.client.tui.manual import README, settings_table, written


def test_every_setting_stands_in_schema_and_manual() -> None:
    """With its default and its help."""
    top, table = schema()["properties"], markdown_table()
    for one in SETTINGS.values():
        first, _, second = one.name.partition(".")
        found = top[first]["properties"][second] if second else top[first]
        assert found["default"] == one.default
        assert found["description"] == one.help
        assert found.get("enum", list(one.choices)) == list(one.choices)
        assert f"| `{one.name}` |" in table
        assert one.takes(one.default)
        assert one.of(Settings()) == one.default
    assert schema()["additionalProperties"] is False
    assert top["look"]["additionalProperties"] is False


def test_the_guide_lists_the_settings_as_they_are() -> None:
    """`make tables` writes them."""
    text = README.read_text()
    assert settings_table() in text
    assert written(text) == text


def test_every_variable_is_that_of_one_setting() -> None:
    """And none is the hub's."""
    variables = [one.variable for one in SETTINGS.values()]
    assert len(set(variables)) == len(variables)
    assert not [each for each in variables if each.startswith("HOBNOB_HUB_")]


def test_the_example_of_the_guide_is_right() -> None:
    """Who copies it finds no mistake in it."""
    _, _, after = README.read_text().partition("### Settings")
    example = after.partition("```toml\n")[2].partition("```")[0]
    settings = parse(example, "client.toml")
    assert settings.theme == "contrast-dark"
    assert checked(settings.keys)[1] == ()
