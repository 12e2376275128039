"""A token bucket: what one account may do, in costs, before it must wait."""

from hobnob_protocol.value import value


@value
class Budget:
    """`tokens` as of `at_ms`; it fills by `per_second` up to `capacity`."""

    capacity: float
    per_second: float
    tokens: float
    at_ms: int

    def tokens_at(self, now_ms: int) -> float:
        """What is in the bucket now; a clock that goes back adds nothing."""
        gained = max(0, now_ms - self.at_ms) * self.per_second / 1_000
        return min(self.capacity, self.tokens + gained)

    def take(self, cost: int, now_ms: int) -> tuple["Budget", int]:
        """(the bucket after, 0) if there are `cost` tokens, else (the bucket, milliseconds until
        there are)."""
        tokens = self.tokens_at(now_ms)
        missing = cost - tokens
        if missing > 0:
            full = Budget(self.capacity, self.per_second, tokens, now_ms)
            return full, max(1, round(missing * 1_000 / self.per_second))
        return Budget(self.capacity, self.per_second, tokens - cost, now_ms), 0


def full(capacity: float, per_second: float, now_ms: int) -> Budget:
    """A bucket nobody has drawn from."""
    return Budget(capacity, per_second, capacity, now_ms)
