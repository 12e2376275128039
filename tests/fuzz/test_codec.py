"""The short campaign, and that it would notice."""

import subprocess
import sys
from pathlib import Path

import pytest

from hobnob_protocol.codec import RULES, decode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.wire import FRAMES
from tests.fuzz import hostile, reference
from tests.fuzz.codec import Broken, Decoder, fuzz


def test_hostile_frames_are_taken_or_refused_by_a_rule() -> None:
    """100,000 in a process of their own, where memory can be measured; every rule is reached."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.codec", "--frames", "100000"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    result = done.stdout.splitlines()[-1]
    assert done.returncode == 0, done.stdout + done.stderr
    assert result.startswith("KEPT: seed 1, 100000 frames")
    assert [rule for rule in RULES if f" {rule}=" not in result] == []


def forgiving(forgiven: str) -> Decoder:
    """A decoder with a hole where one rule was."""

    def forgive(data: bytes) -> object:
        try:
            return decode(data)
        except ProtocolError as broken:
            if broken.rule == forgiven:
                return None
            raise

    return forgive


@pytest.mark.parametrize("rule", RULES)
def test_a_forgotten_rule_is_noticed(rule: str) -> None:
    """Soon, and with what repeats it."""
    with pytest.raises(Broken, match="seed 3, frame "):
        fuzz(30_000, 3, decoder=forgiving(rule))


def stern(data: bytes) -> object:
    """A decoder that refuses maps for no reason."""
    value = decode(data)
    if isinstance(value, tuple) and any(type(part) is dict for part in value):
        raise ProtocolError("ext")
    return value


def clumsy(data: bytes) -> object:
    """A decoder that lets an error of another kind escape."""
    if data[:1] == b"\xc1":
        raise ValueError("reserved")
    return decode(data)


def careless(data: bytes) -> object:
    """A decoder that names a rule nobody knows."""
    try:
        return decode(data)
    except ProtocolError as broken:
        raise ProtocolError("bad") from broken


@pytest.mark.parametrize("decoder", [stern, clumsy, careless])
def test_a_wrong_refusal_is_noticed(decoder: Decoder) -> None:
    """For no reason, by no rule, or by no `ProtocolError`."""
    with pytest.raises(Broken):
        fuzz(30_000, 3, decoder=decoder)


def test_a_seed_gives_the_same_frames() -> None:
    """So that a find can be repeated."""
    first, again = (fuzz(2_000, 5) for _ in range(2))
    assert (first.taken, first.refused) == (again.taken, again.refused)


def test_every_frame_is_attacked() -> None:
    """One that is added to the protocol is added here."""
    assert {type(frame) for frame in hostile.FRAMES} == set(FRAMES)


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\xd0\xe0", b"\xd9\x1f" + b"x" * 31, b"\x01\x01"])
def test_the_second_decoder_is_strict_by_itself(data: bytes) -> None:
    """It refuses what is not canonical without asking the first."""
    with pytest.raises(reference.Refused):
        reference.read(data)
