"""The seal keys a device holds: one to be sealed to now, and those that may still be needed.

Stored as the oldest seed that is kept and when each key was succeeded: later seeds follow from it.
"""

from collections.abc import Callable
from itertools import chain, repeat
from typing import Final, NamedTuple

from hobnob_protocol.errors import SealError, UsageError
from hobnob_protocol.limits import SEAL_KEY_KEPT_SECONDS, SEAL_KEY_SECONDS, SEAL_STEPS_MAX
from hobnob_protocol.sealing.seal_key import Kid, SealKey, kid_of, next_seed

RULES: Final = {
    "record.own": "a record of this very device names a key it holds or will come to",
}
"""The rule a device's own record must keep when it comes back from the hub."""


class Stored(NamedTuple):
    """What goes to the disk: a secret, as the device's signing key is one. `kids` names the keys as
    far as that was found out: each is made only when something is sealed to it, or told of it."""

    seed: bytes
    since_seconds: tuple[int, ...]
    kids: tuple[Kid, ...] = ()


PublicOf = Callable[[bytes], bytes]
"""The public part of the seal key that a seed makes."""


def public_of(seed: bytes) -> bytes:
    """Made here, which loads all that makes keys."""
    return SealKey(seed).public


class _Held:
    """One key, which is made when it is asked for."""

    def __init__(
        self, seed: bytes, since_seconds: int, find: PublicOf, kid: Kid | None = None
    ) -> None:
        self.seed: Final = seed
        self.since_seconds = since_seconds
        self._find: Final = find
        self._kid = kid
        self._key: SealKey | None = None
        self._public = b""

    @property
    def public(self) -> bytes:
        """What others seal to."""
        if not self._public:
            self._public = self._find(self.seed) if self._key is None else self._key.public
        return self._public

    @property
    def key(self) -> SealKey:
        """The same each time."""
        if self._key is None:
            self._key = SealKey(self.seed)
        return self._key

    @property
    def kid(self) -> Kid:
        """Its name."""
        if self._kid is None:
            self._kid = kid_of(self.public)
        return self._kid


class SealKeys:
    """Changed in place; write `stored` to the disk before a key it tells of is published."""

    def __init__(self, stored: Stored, find: PublicOf = public_of) -> None:
        """The keys as they were stored; a new device begins with one seed and the time of now.
        `find` is how public parts are found that nothing is opened with yet."""
        if not stored.since_seconds:
            raise UsageError("there is always a present key")
        self._find: Final = find
        self._held: list[_Held] = []
        seed = stored.seed
        kids = chain(stored.kids, repeat(None))
        # Many that have no name yet, as in a file of before, are made here, as those ahead are.
        several = len(stored.since_seconds) > 1
        for since_seconds, kid in zip(stored.since_seconds, kids, strict=False):
            finds = public_of if several and kid is None else find
            self._held.append(_Held(seed, since_seconds, finds, kid))
            seed = next_seed(seed)

    @property
    def stored(self) -> Stored:
        """What the next start needs."""
        held = self._held
        return Stored(
            held[0].seed,
            tuple(each.since_seconds for each in held),
            tuple(each.kid for each in held),
        )

    @property
    def present(self) -> SealKey:
        """The key others should seal to."""
        return self._held[-1].key

    @property
    def public(self) -> bytes:
        """Its public part."""
        return self._held[-1].public

    @property
    def kid(self) -> Kid:
        """The name of the present key."""
        return self._held[-1].kid

    @property
    def since_seconds(self) -> int:
        """Since when: the `not_before` of its record."""
        return self._held[-1].since_seconds

    def find(self, kid: Kid) -> SealKey | None:
        """A key that is still held."""
        for held in self._held:
            if held.kid == kid:
                return held.key
        return None

    def is_due(self, now_seconds: int) -> bool:
        """Is it time for the next key?"""
        return now_seconds - self.since_seconds >= SEAL_KEY_SECONDS

    def step(self, now_seconds: int) -> None:
        """Go on to the next key; its time is after every one before, whatever the clock says."""
        seed = next_seed(self._held[-1].seed)
        since_seconds = max(now_seconds, self.since_seconds + 1)
        self._held.append(_Held(seed, since_seconds, self._find))

    def catch_up(self, kid: Kid, not_before_seconds: int) -> None:
        """Take note of this device's newest record at the hub, which a copy of it, or itself before
        a backup was restored, has published.

        All keys on the way are held, for what was sealed to them. SealError, and nothing changed:
        `record.own` where the key is none of this device's, so that somebody else signs as it;
        `record.order` where the record is an old one of a key that is gone.
        """
        if kid not in self._kids:
            self._walk(kid, not_before_seconds)
        # A copy that is behind may have published an older key anew: what follows that key counts
        # as taken up after, and is published with a later time.
        place = self._kids.index(kid)
        for at, held in enumerate(self._held[place:]):
            least = not_before_seconds + (at > 0)
            held.since_seconds = max(held.since_seconds, least)

    @property
    def _kids(self) -> list[Kid]:
        return [held.kid for held in self._held]

    def _walk(self, kid: Kid, not_before_seconds: int) -> None:
        """Go on to a key of this device that was published already."""
        last = self._held[-1]
        if not_before_seconds <= last.since_seconds:
            raise SealError("record.order", kid.hex())
        seed = last.seed
        ahead: list[_Held] = []
        while not ahead or ahead[-1].kid != kid:
            if len(ahead) == SEAL_STEPS_MAX:
                raise SealError("record.own", kid.hex())
            seed = next_seed(seed)
            # When each of them was taken up is not known: they count as new as the last one. They
            # may be many, so each is made here, whatever that loads.
            ahead.append(_Held(seed, not_before_seconds, public_of))
        self._held += ahead

    def forget(self, drained_seconds: int) -> int:
        """Delete the keys that nothing can be sealed to any more; how many.

        `drained_seconds` is the last time when everything that waited at the hub had been opened.
        """
        kept = self._held
        while len(kept) > 1 and drained_seconds - kept[1].since_seconds >= SEAL_KEY_KEPT_SECONDS:
            kept = kept[1:]
        gone = len(self._held) - len(kept)
        self._held = kept
        return gone
