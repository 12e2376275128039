"""The benchmark counts right: its small form, without a look at any time."""

import shutil
from pathlib import Path

import pytest

from tests.benchmarks import fanout, ingest, native, peers, sealed
from tests.benchmarks.hub import CAPS, FRAME_CAPS, Hub
from tests.benchmarks.load import Load, LoadError
from tests.benchmarks.process import cores
from tests.benchmarks.table import number, table, times

SUBSCRIBERS = 5
MESSAGES = 40

needs_compiler = pytest.mark.skipif(native.compiler() is None, reason="no C compiler (cc)")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The generator."""
    return native.build("load", tmp_path)


@needs_compiler
def test_each_subscriber_gets_each_message_of_the_relay_once(tmp_path: Path, program: Path) -> None:
    """With one in flight and with many."""
    relay = native.build("floor", tmp_path)
    core, other = cores()
    runner = fanout.start(
        "relay", lambda at: peers.floor(relay, at, core), program, tmp_path, SUBSCRIBERS, other
    )
    try:
        assert runner.missing == ""
        for in_flight in (1, 8):
            measured = fanout.flow(runner, in_flight, MESSAGES)
            assert measured is not None
            assert measured.count == SUBSCRIBERS * MESSAGES
    finally:
        runner.close()


@needs_compiler
def test_each_follower_gets_each_message_of_the_hub_once(tmp_path: Path, program: Path) -> None:
    """And each message of each sender is acknowledged once."""
    core, other = cores()

    def ours(at: Path) -> Hub:
        return Hub(at, core, SUBSCRIBERS + 1, CAPS | FRAME_CAPS)

    runner = fanout.start("hub", ours, program, tmp_path, SUBSCRIBERS, other)
    try:
        assert runner.missing == ""
        for in_flight in (1, 8):
            measured = fanout.flow(runner, in_flight, MESSAGES)
            assert measured is not None
            assert measured.count == SUBSCRIBERS * MESSAGES
        assert isinstance(runner.server, Hub)
        assert runner.load is not None
        found = ingest.measure(runner.server, runner.load, tmp_path, SUBSCRIBERS, 16, MESSAGES, 1)
        assert 0 <= found.second_us < found.cpu_us
        assert 0 < found.whole(1, shared=False) <= 1e6 / found.cpu_us
        assert found.whole(1, shared=True) < found.whole(2, shared=True)
        assert found.load_us > 0
    finally:
        runner.close()


@needs_compiler
def test_a_message_too_many_is_noticed(tmp_path: Path, program: Path) -> None:
    """No figure comes of a run whose count is wrong."""
    core, other = cores()
    relay = peers.floor(native.build("floor", tmp_path), tmp_path, core)
    load = Load(program, "lines", relay.connections(SUBSCRIBERS + 1), tmp_path, other)
    try:
        with pytest.raises(LoadError, match="more came than was sent"):
            load.flow(1, [(0, b"one\ntwo\n")])
    finally:
        load.close()
        relay.stop()


def test_a_peer_that_is_not_there_is_a_missing_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its reason, and no end of the run."""
    monkeypatch.setattr(shutil, "which", _nothing_installed)
    runner = fanout.start(
        "ngircd", lambda at: peers.ngircd(at, 0), tmp_path / "load", tmp_path, SUBSCRIBERS, 0
    )
    assert runner.missing == "not installed"
    assert runner.cost_us(1) is None
    assert fanout.flow(runner, 1, MESSAGES) is None


def _nothing_installed(name: str, path: str = "") -> None:
    """What the system answers where nothing is installed."""


def test_a_table_says_what_is_missing() -> None:
    """A dash, not a number."""
    rows = [("a", number(1.5), times(1.5, 3.0)), ("bcd", number(None), times(None, 3.0))]
    assert table(("who", "us", "x"), rows).splitlines() == [
        "| who | us   | x     |",
        "| --- | ---- | ----- |",
        "| a   | 1.50 | 0.500 |",
        "| bcd | -    | -     |",
    ]


def test_every_sealed_message_of_the_benchmark_is_opened() -> None:
    """By the last device of each conversation; a start has a slice for each device."""
    small, large = sealed.measure("", 2, 3, 1), sealed.measure("", 4, 4, 1)
    assert (small.devices, large.devices) == (6, 16)
    assert 6 * 1_168 < small.start_bytes < 8 * 1_024
    assert large.start_bytes > 16 * 1_168
