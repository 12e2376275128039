"""Guides: long texts that two people used, by answering them or giving thanks for them. Neither is
kin of the author."""

from collections.abc import Mapping
from typing import Final

from hobnob_server.engines.recognition.deeds import DAY_MS, Person, Ref, Said
from hobnob_server.engines.recognition.doubt import kin

LENGTH_MIN: Final = 1_000
"""Characters of a text that explains something: some 170 words."""
USED_WITHIN_MS: Final = 90 * DAY_MS
USERS_MAX: Final = 4
"""People whose uses of a text are remembered, the first ones: two are enough, and some of it may be
taken back."""
USES_MAX: Final = 3
"""Uses of each that are remembered."""


class Guides:
    """The long texts of the last months and who has used each."""

    def __init__(self) -> None:
        self._texts: Final[dict[Ref, tuple[Person, int, dict[Person, list[Ref]]]]] = {}
        """Of each its author, its time, and who has used it by which events."""
        self._used_by: Final[dict[Ref, Ref]] = {}
        """Of those events, which text each used."""

    def wrote(self, deed: Said) -> None:
        """A long text."""
        self._texts[deed.ref] = (deed.author, deed.at_ms, {})

    def used(
        self, text: Ref, use: Ref, by: Person, at_ms: int, inviters: Mapping[Person, Person]
    ) -> tuple[Person, tuple[Ref, ...]] | None:
        """Somebody used a text, by the event `use`: its author, and the earlier uses of others with
        each of which this one makes it a guide."""
        found = self._texts.get(text)
        if found is None:
            return None
        author, written_ms, people = found
        if at_ms - written_ms > USED_WITHIN_MS or by == author or kin(by, author, inviters):
            return None
        others = tuple(ref for one, refs in people.items() if one != by for ref in refs)
        if by in people or len(people) < USERS_MAX:
            refs = people.setdefault(by, [])
            if len(refs) < USES_MAX:
                refs.append(use)
                self._used_by[use] = text
        return author, others

    def withdrawn(self, target: Ref) -> None:
        """A text, or a use of one, counts no more, for good."""
        text = self._used_by.pop(target, None)
        if text is not None:
            _, _, people = self._texts[text]
            for person in [one for one, refs in people.items() if target in refs]:
                people[person].remove(target)
                if not people[person]:
                    del people[person]
        if target in self._texts:
            self._drop(target)

    def forget(self, now_ms: int) -> None:
        """Texts that are too old to be used for the first time."""
        old = [
            ref
            for ref, (_, written_ms, _) in self._texts.items()
            if now_ms - written_ms > USED_WITHIN_MS
        ]
        for ref in old:
            self._drop(ref)

    def _drop(self, text: Ref) -> None:
        _, _, people = self._texts.pop(text)
        for refs in people.values():
            for use in refs:
                del self._used_by[use]
