"""Modules that are loaded when something is asked of them."""

import importlib
import sys
from pathlib import Path
from threading import Barrier, Thread

import pytest

from hobnob_client.put_off import put_off

SAID = 'from heron import told\ntold.append("loaded")\nLEGS = 2\nfrom heron import wading\n'


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a module of a package told while it was loaded."""
    package = tmp_path / "heron"
    package.mkdir()
    (package / "__init__.py").write_text("told = []\n")
    (package / "wading.py").write_text(SAID)
    (package / "broken.py").write_text('raise OSError("no water")\n')
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    for name in ("heron", "heron.wading", "heron.broken"):
        # What a test has loaded goes with it.
        monkeypatch.setitem(sys.modules, name, sys)
        del sys.modules[name]
    found: list[str] = importlib.import_module("heron").told
    return found


def test_it_is_imported_without_being_loaded(told: list[str]) -> None:
    """However often, by its name and through what it is in."""
    put_off("heron.wading")
    for _ in range(2):
        importlib.import_module("heron.wading")
    assert importlib.import_module("heron").wading is sys.modules["heron.wading"]
    assert told == []


def test_what_is_asked_of_it_loads_it_once(told: list[str]) -> None:
    """Then it is as any other, for all who have imported it."""
    put_off("heron.wading")
    module = importlib.import_module("heron.wading")
    assert (module.LEGS, module.LEGS) == (2, 2)
    assert told == ["loaded"]
    with pytest.raises(AttributeError, match="wings"):
        assert module.wings
    assert importlib.import_module("heron.wading") is module
    assert told == ["loaded"]


def test_two_who_ask_at_once_find_the_whole_of_it(told: list[str]) -> None:
    """Whoever comes second waits for the first."""
    put_off("heron.wading")
    module = importlib.import_module("heron.wading")
    both, found = Barrier(2), list[int]()

    def ask() -> None:
        both.wait()
        found.append(module.LEGS)

    threads = [Thread(target=ask) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [2, 2]
    assert told == ["loaded"]


@pytest.mark.usefixtures("told")
def test_what_cannot_be_loaded_says_why_to_all_who_ask() -> None:
    """Not only to the first."""
    put_off("heron.broken")
    module = importlib.import_module("heron.broken")
    for _ in range(2):
        with pytest.raises(OSError, match="no water"):
            assert module.anything


def test_what_is_there_or_is_nowhere_stays_as_it_is(told: list[str]) -> None:
    """One that is loaded is not put off, one that is not there is missed by who imports it."""
    loaded = importlib.import_module("heron.wading")
    put_off("heron.wading", "heron.swimming")
    assert sys.modules["heron.wading"] is loaded
    assert told == ["loaded"]
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("heron.swimming")
