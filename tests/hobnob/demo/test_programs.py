"""Code that members show each other runs, and prints what they say it prints."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from hobnob.demo.prose import Snippet, snippets
from tests.hobnob.demo import MESSAGES

PROGRAMS = [
    pytest.param(program, id=f"{message.id}-{program.language}")
    for message in MESSAGES.values()
    for program in snippets(message.text)
]
PATIENCE_SECONDS = 60


def run(folder: Path, *command: str) -> str:
    """What a command prints in an empty folder, with nothing of this machine's settings."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
        **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Luz"),
        **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "luz@invalid"),
        # Where rustup set up the compiler, it looks for it beside the person's own files.
        "RUSTUP_HOME": os.environ.get("RUSTUP_HOME", str(Path.home() / ".rustup")),
    }
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        stdin=subprocess.DEVNULL,
        # Who runs the suite in the background may ignore interrupts; a shell keeps to that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    return done.stdout + done.stderr


def run_python(code: str, folder: Path) -> str:
    """A Python program, warnings being errors."""
    return run(folder, sys.executable, "-I", "-W", "error", "-c", code)


def run_sh(code: str, folder: Path) -> str:
    """A script of bash and of git, which most of them are about."""
    for tool in ("bash", "git"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    return run(folder, "bash", "-c", code)


def run_sql(code: str, folder: Path) -> str:
    """Statements in an empty SQLite database; a plan shows its last column, as a reader does."""
    printed: list[str] = []
    database = sqlite3.connect(folder / "empty.db")
    for statement in code.split(";\n"):
        for row in database.execute(statement):
            cells = row[-1:] if statement.startswith("EXPLAIN") else row
            printed.append("|".join(str(cell) for cell in cells) + "\n")
    database.close()
    return "".join(printed)


def run_rust(code: str, folder: Path) -> str:
    """A Rust program, compiled without a warning."""
    compiler = shutil.which("rustc")
    if not compiler or "rustc" not in run(folder, compiler, "--version"):
        pytest.skip("rustc is not installed")
    (folder / "main.rs").write_text(code)
    told = run(folder, compiler, "--edition", "2021", "-D", "warnings", "main.rs")
    return told + run(folder, "./main")


RUNNERS = {"python": run_python, "sh": run_sh, "sql": run_sql, "rust": run_rust}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_prints_what_its_message_says(program: Snippet, tmp_path: Path) -> None:
    """To the letter."""
    assert program.output, "a program whose output is not shown cannot be wrong"
    assert RUNNERS[program.language](program.code, tmp_path) == program.output


def test_members_show_programs_in_many_languages() -> None:
    """Most are Python, none of the others is missing."""
    languages = Counter(
        program.language for message in MESSAGES.values() for program in snippets(message.text)
    )
    assert set(languages) == set(RUNNERS)
    assert languages.total() >= 25
    assert min(languages.values()) >= 3
