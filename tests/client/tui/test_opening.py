"""Addresses are opened by the desktop's own program, with one argument, and never by a shell."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from hobnob_client.tui.opening import open_outside, opener


@pytest.fixture
def desktop(tmp_path: Path) -> dict[str, str]:
    """Where there is a desktop, and what it opens addresses with."""
    program = tmp_path / "xdg-open"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return {"PATH": str(tmp_path), "DISPLAY": ":0"}


def test_an_address_is_one_argument(desktop: dict[str, str]) -> None:
    """Whatever it says."""
    started: list[Sequence[str]] = []
    assert open_outside("https://a.example/$(x);y&z", desktop, started.append)
    assert started == [(f"{desktop['PATH']}/xdg-open", "https://a.example/$(x);y&z")]


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "javascript:1", "--help", "https://a.example/\n", "hobnob://a/c/b", ""],
)
def test_what_is_no_web_or_mail_address_is_not_opened(
    address: str, desktop: dict[str, str]
) -> None:
    """Nor what was not cleaned."""
    started: list[Sequence[str]] = []
    assert not open_outside(address, desktop, started.append)
    assert started == []


def test_without_a_desktop_or_its_program_nothing_is_opened(desktop: dict[str, str]) -> None:
    """As over SSH."""
    assert opener({"PATH": desktop["PATH"]}, "linux") == ""
    assert opener({"PATH": "/nowhere", "DISPLAY": ":0"}, "linux") == ""
    assert opener({"PATH": desktop["PATH"], "WAYLAND_DISPLAY": "w"}, "linux")


def test_a_program_that_cannot_be_started_is_none(desktop: dict[str, str]) -> None:
    """Then the address is copied instead."""

    def fail(words: Sequence[str]) -> object:
        raise OSError(words)

    assert not open_outside("https://a.example/", desktop, fail)
