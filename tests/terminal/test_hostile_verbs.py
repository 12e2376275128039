"""Nothing that others wrote becomes an escape in a shell: verbs, pipes, terminals, errors."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from hobnob_client.cli import serve
from hobnob_client.paths import Profile
from hobnob_server import cli as hub_cli
from hobnob_server.logs import Log
from hobnob_server.printing import show
from tests.client.verbs.shell import Said, Typed
from tests.stories.waiting import TestClock
from tests.terminal.emulator import shapes
from tests.terminal.hostile_hub import CONFIDANT, plant, settle
from tests.terminal.payloads import FEW, PAYLOADS, SURROGATES, naughty
from tests.terminal.terminal import Terminal

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What a terminal could obey: all but line breaks and tabs, which verbs write themselves."""
MISLEADING = re.compile(
    "[\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]"
)
"""What a reader could be misled by."""
FILE_NAME_MAX = 60
ALL = tuple(PAYLOADS.values())
VERBS = (
    ("tail", "-n", "100000"),
    ("tail", "#general", "-n", "100000"),
    ("read", "--keep"),
    ("read", "--keep", "--plain"),
    ("search", "brought", "-n", "100000"),
    ("channels",),
    ("members",),
    ("members", "#general"),
    ("outbox",),
    ("conversations",),
    ("verify", CONFIDANT),
    ("reports", "-n", "100000"),
    ("device", "list"),
    ("sql", "SELECT * FROM messages"),
    ("sql", "SELECT * FROM channels"),
    ("sql", "SELECT * FROM members"),
    ("sql", "SELECT text FROM text"),
    ("completion", "bash"),
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """A replica with every trick, and the naughty strings where they are here."""
    others = naughty()
    profile = settle(tmp_path_factory.mktemp("verbs"), len(ALL), 90, len(others), moderates=True)
    plant(profile, (*ALL, *others))
    return profile


def hobnob(home: Path, *words: str, given: str = "") -> Said:
    """`hobnob WORDS` with pipes on all sides."""
    out, talk = io.StringIO(), io.StringIO()
    code = serve(words, {}, home, Typed(given, terminal=False), out, talk)
    return Said(code, out.getvalue(), talk.getvalue())


def harmless(text: str) -> bool:
    """Is there nothing in it that a terminal obeys, or a reader is misled by?"""
    return not CONTROL.search(text) and not MISLEADING.search(text)


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_a_pipe_gets_text_alone(hostile: Profile, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Also a pipe: its other end may be a terminal."""
    said = hobnob(tmp_path, *words, "--profile", str(hostile.directory))
    assert said.code == 0 or words == ("outbox",)
    assert harmless(said.out)
    assert harmless(said.talk)


@pytest.mark.parametrize("words", VERBS[:-1], ids=" ".join)
def test_a_program_gets_ascii(hostile: Profile, tmp_path: Path, words: tuple[str, ...]) -> None:
    """And in it every text as it was written."""
    said = hobnob(tmp_path, *words, "--json", "--profile", str(hostile.directory))
    assert said.out.isascii()
    assert said.out.replace("\n", "").isprintable() or not said.out
    records: list[dict[str, Any]] = said.records
    if words[0] == "search":
        assert len(records) >= len(ALL)
        assert any("\x1b[2J" in record["text"] for record in records)


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_a_terminal_gets_text_alone(hostile: Profile, words: tuple[str, ...]) -> None:
    """In a real one, where a program may find itself more at home."""
    command = ("hobnob", *words, "--profile", str(hostile.directory))
    with Terminal(*command) as terminal:
        assert terminal.wait_for_end() == 0
        assert shapes(terminal.output) <= {"\r", "\n", "\t"}
        text = terminal.output.decode().replace("\r\n", "\n")
        assert harmless(text)


def test_no_argument_comes_back_as_it_was(hostile: Profile, tmp_path: Path) -> None:
    """Errors quote what was said; what was pasted from others is said too."""
    place = ("--profile", str(hostile.directory))
    for text in (*tuple(FEW.values())[::6], *SURROGATES):
        for words in (
            (text,),
            ("tail", text, *place),
            ("search", text, *place),
            ("sql", text, *place),
            ("sql", "SELECT 1", text, *place),
            ("join", text, "--profile", str(tmp_path / "new")),
            ("device", text, *place),
            ("device", "add", text, *place),
            ("device", "revoke", text, *place),
            ("outbox", "retry", text, *place),
            ("post", text, "hello", *place),
            (f"--{text}",),
            ("tail", "--help", text),
        ):
            said = hobnob(tmp_path, *words)
            assert harmless(said.out), words
            assert harmless(said.talk), words


def test_what_is_posted_comes_back_as_text(hostile: Profile, tmp_path: Path) -> None:
    """It is refused, or it stands in the outbox and the channel as any other text."""
    place = ("--profile", str(hostile.directory))
    for text in (*tuple(FEW.values())[::3], *SURROGATES):
        said = hobnob(tmp_path, "post", "#general", "--", text, *place)
        assert harmless(said.out), text
        assert harmless(said.talk), text
    for words in (("outbox",), ("tail", "#general", "-n", "1000")):
        assert harmless(hobnob(tmp_path, *words, *place).out)


def test_a_hub_answers_and_logs_text_alone() -> None:
    """Tables, lists and lines of its log, whatever is in them."""
    for text in (*ALL, *naughty(), *SURROGATES):
        out = io.StringIO()
        show([{"name": text, "more": [text]}], out, as_json=False)
        show({"name": text}, out, as_json=False)
        assert harmless(out.getvalue())
        for form in ("text", "json"):
            line = io.StringIO()
            Log(line, TestClock(), form=form).warning("refused", why=text, who=text)
            assert line.getvalue().isascii()
            assert line.getvalue()[:-1].isprintable()
        as_json = io.StringIO()
        show({"name": text}, as_json, as_json=True)
        assert json.loads(as_json.getvalue()) == {"name": text}
        assert as_json.getvalue()[:-1].isprintable()


def test_a_hubs_errors_quote_no_escapes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever stands on its command line."""
    short = [text for text in FEW.values() if len(text) < FILE_NAME_MAX]
    for text in (*short[::3], *SURROGATES):
        for words in (
            (text,),
            ("status", text),
            ("member", text),
            ("channel", text),
            ("invite", f"--{text}"),
            ("invite", "--uses", text),
            ("import", text),
        ):
            out, talk = io.StringIO(), io.StringIO()
            place = ("--data", str(tmp_path / "nowhere"))
            hub_cli.serve((*words, *place), {}, out, talk)
            captured = capsys.readouterr()
            for said in (out.getvalue(), talk.getvalue(), captured.out, captured.err):
                assert harmless(said), words
