"""What the operator's manual says is so."""

import re
import shlex

import pytest

from hobnob_server import limits
from hobnob_server.cli import LOCAL, parser
from hobnob_server.control.table import VERBS
from hobnob_server.settings import SETTINGS, Config
from tests.repository.source import ROOT
from tests.server.manual import MANUAL, with_tables

TEXT = MANUAL.read_text()
DEPLOY = ROOT / "server/deploy"
COMMAND = re.compile(r"^#?\s*(?:ExecStart=/usr/local/bin/)?(hobnob hub .*)$", re.M)


def commands(text: str) -> list[str]:
    """The commands in a text, lines that go on joined."""
    return COMMAND.findall(text.replace("\\\n#", "").replace("\\\n", ""))


def test_its_tables_are_those_of_the_code() -> None:
    """`make tables` writes them."""
    assert with_tables(TEXT) == TEXT


@pytest.mark.parametrize(
    "command",
    [
        *commands(TEXT),
        *[one for path in sorted(DEPLOY.iterdir()) for one in commands(path.read_text())],
        *[one for verb in LOCAL.values() for one in verb.examples],
        *[one for verb in VERBS.values() for one in verb.examples],
    ],
)
def test_every_command_it_shows_can_be_typed(command: str) -> None:
    """The manual's, the service's, and the examples that help begins with."""
    said = command.partition(" | ")[0].partition(" > ")[0]
    typed = re.sub(r"\$\([^)]*\)", "today", said)
    words = shlex.split(typed, comments=True)
    assert words[:2] == ["hobnob", "hub"]
    parser().parse_args(words[2:])


def test_every_file_that_it_promises_to_deploy_is_there() -> None:
    """A unit, a Caddyfile, a file for nginx; each starts or passes on to a hub."""
    assert sorted(path.name for path in DEPLOY.iterdir()) == [
        "Caddyfile", "hobnob-hub.service", "nginx.conf",
    ]  # fmt: skip
    for name in ("Caddyfile", "nginx.conf"):
        assert Config().listen in (DEPLOY / name).read_text()


def test_every_setting_it_speaks_of_exists() -> None:
    """In text, not only in the table."""
    named = re.findall(r"`((?:tls|proxy|frames|connections)_\w+|proxies)`", TEXT)
    assert set(named) <= set(SETTINGS)
    assert len(named) > 3


def test_its_numbers_are_those_of_the_limits() -> None:
    """Each as the manual writes it."""
    for number, unit in (
        (limits.OPEN_SECONDS, "seconds"),
        (limits.OWNER_INVITE_HOURS, "hours"),
        (limits.SLICE_BYTES / 1_024, "KiB"),
    ):
        assert re.search(rf"\b{number:.0f}\s+{unit}", TEXT), (number, unit)


def test_every_limit_of_the_shell_has_its_reason_and_binds_something() -> None:
    """As those of the protocol."""
    source = (ROOT / "server/hobnob_server/limits.py").read_text()
    names = re.findall(r"^([A-Z_]+): Final = .+\n(\"\"\")?", source, re.M)
    assert [name for name, doc in names if not doc] == []
    used = "\n".join(
        path.read_text()
        for path in (ROOT / "server/hobnob_server").rglob("*.py")
        if path.name != "limits.py"
    )
    assert [name for name, _ in names if name not in used] == []
