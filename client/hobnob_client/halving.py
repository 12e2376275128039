"""What fades: of 1, half is left after a half-life, and a quarter after two."""

from math import exp2


def left(passed_ms: int, half_life_ms: int) -> float:
    """What is left of 1 after that time, 0 to 1; 1 where a clock was put back. `half_life_ms` is
    above 0."""
    return exp2(-max(0, passed_ms) / half_life_ms)
