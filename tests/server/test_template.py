"""A hub from a template is one somebody would stay in."""

import tomllib
from pathlib import Path

import pytest

from hobnob_protocol.event import decode_event
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.threads import ThreadTitle
from hobnob_protocol.limits import PURPOSE_TEXT_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_server.errors import ConfigError
from hobnob_server.founding import Founded
from hobnob_server.template import GREETER, NAMES, Planting
from hobnob_sync.keys import RangeKey
from tests.repository.source import ROOT
from tests.server.places import NOW_MS, directory, opened


def bodies(hub: Founded, channel: str) -> list[object]:
    """What a channel holds."""
    stream = hub.boot(0).state.names[channel]
    key = RangeKey(stream, 1, 1_000, 1 << 30)
    events = [decode_event(entry.event) for entry in hub.store.load([key]).get(key)]
    return [STANDARD.decode(event.header.kind, event.body) for event in events]


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_planted_whole(tmp_path: Path, name: str) -> None:
    """Every channel with its purpose, every post in its channel, titles on threads."""
    source = ROOT / f"server/hobnob_server/templates/{name}.toml"
    wanted = tomllib.loads(source.read_text())
    with opened(directory(tmp_path / "hub")) as hub:
        Planting(hub, NOW_MS).plant(name)
        state = hub.boot(0).state
        assert sorted(state.names) == sorted(row["name"] for row in wanted["channel"])
        for row in wanted["channel"]:
            assert state.channel(state.names[row["name"]], "purpose") == row["purpose"]
            assert len(row["purpose"]) <= PURPOSE_TEXT_MAX
        for row in wanted["channel"]:
            posts = [body for body in bodies(hub, row["name"]) if isinstance(body, Post)]
            expected = [p["text"].strip() for p in wanted["post"] if p["channel"] == row["name"]]
            assert [post.text for post in posts] == expected
        titles = [body.title for body in bodies(hub, "general") if isinstance(body, ThreadTitle)]
        assert titles == ["Welcome: start here"]


def test_the_guild_has_what_it_takes() -> None:
    """Guidelines, a welcome thread, ten questions."""
    source = ROOT / "server/hobnob_server/templates/guild.toml"
    wanted = tomllib.loads(source.read_text())
    prompts = [
        row for row in wanted["post"] if "title" not in row and row["channel"] != "introductions"
    ]
    assert len(prompts) == 10
    assert {"Guidelines", "Welcome: start here"} <= {row.get("title") for row in wanted["post"]}
    assert any(row.get("auto_join") for row in wanted["channel"])


def test_who_greets_is_a_bot_and_nobody_has_its_key(tmp_path: Path) -> None:
    """The hub itself says nothing as a person; the greeter's key is nowhere."""
    drawn: list[bytes] = []
    place = directory(tmp_path / "hub")
    with opened(place) as hub:
        entropy = hub.entropy

        def noted(count: int) -> bytes:
            drawn.append(entropy(count))
            return drawn[-1]

        hub.entropy = noted
        Planting(hub, NOW_MS).plant("guild")
        state = hub.boot(0).state
        greeter = state.accounts.account_of(GREETER)
        assert greeter is not None
        assert state.role(greeter) == "bot"
    files = b"".join(path.read_bytes() for path in place.path.iterdir())
    seed = drawn[[len(one) for one in drawn].index(32)]
    assert seed not in files
    assert seed.hex().encode() not in files


def test_a_hub_that_has_members_is_not_planted_over(tmp_path: Path) -> None:
    """The greeter's name is taken by the first template."""
    with opened(directory(tmp_path / "hub")) as hub:
        Planting(hub, NOW_MS).plant("guild")
        with pytest.raises(ConfigError, match="already"):
            Planting(hub, NOW_MS).plant("guild")
