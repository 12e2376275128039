"""Many hostile frames through the codec: `python -m tests.fuzz.codec --help`.

Each is either taken, and then it is canonical and comes back byte for byte, or refused by a rule
that the specification names. A second decoder agrees. Memory grows by 64 MiB at most.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Final

from hobnob_protocol.codec import RULES, decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.wire import decode_frame, encode_frame
from tests.fuzz import hostile, reference

GROWTH_MIB_MAX: Final = 64
PROGRESS_FRAMES: Final = 100_000
COMPARED_EVERY: Final = 4
"""Refused frames that the second decoder reads as well; it reads all that are taken."""


Decoder = Callable[[bytes], object]


class Broken(Exception):
    """The codec broke a promise."""


@dataclass(slots=True)
class Report:
    """What a campaign has seen."""

    frames: int = 0
    taken: int = 0
    whole_frames: int = 0
    refused: dict[str, int] = field(default_factory=dict[str, int])
    seconds: float = 0.0
    growth_mib: float = 0.0

    def __str__(self) -> str:
        rate = self.frames / self.seconds if self.seconds else 0.0
        rules = " ".join(f"{rule}={times}" for rule, times in sorted(self.refused.items()))
        return (
            f"{self.frames} frames, {rate:.0f}/s, {self.taken} taken, "
            f"{self.whole_frames} of them frames, memory +{self.growth_mib:.1f} MiB, "
            f"refused: {rules}"
        )


def judge(data: bytes, compare: bool, decoder: Decoder = decode) -> str:
    """The rule that refuses `data`, "" if it is taken; Broken if anything else happens."""
    try:
        value = decoder(data)
    except ProtocolError as refusal:
        if refusal.rule not in RULES or refusal.detail == "0 bytes":
            raise Broken(f"refused without a rule: {refusal}") from refusal
        if compare and refusal.rule != "size":
            _expect_refusal(data)
        return refusal.rule
    if encode(value) != data:
        raise Broken("what was taken is encoded otherwise")
    if repr(reference.read(data)) != repr(value):
        raise Broken("the second decoder reads another value")
    return ""


def _expect_refusal(data: bytes) -> None:
    try:
        reference.read(data)
    except reference.Refused:
        return
    raise Broken("only the second decoder takes this")


def is_frame(data: bytes) -> bool:
    """Do these canonical bytes make a frame? Then it comes back as it was."""
    try:
        frame = decode_frame(data)
    except ProtocolError:
        return False
    if decode_frame(encode_frame(frame)) != frame:
        raise Broken("a frame comes back otherwise")
    return True


def peak_mib() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fuzz(
    frames: int, seed: int, tell: Callable[[str], None] = print, decoder: Decoder = decode
) -> Report:
    """Try so many frames; Broken, with what repeats it, at the first that is not as promised."""
    rng = Random(seed)
    valid = hostile.corpus(rng)
    for data in valid:
        if judge(data, True):
            raise Broken(f"refused what is valid: {data.hex()}")
    report = Report()
    started = time.perf_counter()
    before_mib = peak_mib()
    for number in range(frames):
        data = hostile.attack(rng, valid)
        try:
            rule = judge(data, number % COMPARED_EVERY == 0, decoder)
            if not rule:
                report.taken += 1
                report.whole_frames += is_frame(data)
            else:
                report.refused[rule] = report.refused.get(rule, 0) + 1
        except Exception as broken:  # Whatever escapes is the find.
            what = f"seed {seed}, frame {number}: {type(broken).__name__}: {broken}"
            raise Broken(f"{what}\n{data.hex()}") from broken
        report.frames += 1
        report.growth_mib = peak_mib() - before_mib if number % 1_000 == 0 else report.growth_mib
        report.seconds = time.perf_counter() - started
        if report.frames % PROGRESS_FRAMES == 0:
            tell(f"{report}")
    report.growth_mib = peak_mib() - before_mib
    if report.growth_mib > GROWTH_MIB_MAX:
        raise Broken(f"memory grew by {report.growth_mib:.1f} MiB")
    return report


def main() -> int:
    """Run a campaign as the command line says; 0 if every promise was kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.codec", description=__doc__)
    parser.add_argument("--frames", type=int, default=1_000_000, help="how many to try")
    parser.add_argument("--seed", type=int, default=1, help="which ones: the same seed, the same")
    options = parser.parse_args()
    try:
        report = fuzz(options.frames, options.seed, lambda line: print(line, flush=True))
    except Broken as broken:
        print(f"BROKEN: {broken}", flush=True)
        return 1
    print(f"KEPT: seed {options.seed}, {report}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
