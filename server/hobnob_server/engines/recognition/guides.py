"""Guides: long texts that several people used, by answering them or giving thanks for them."""

from collections.abc import Mapping
from typing import Final

from hobnob_server.engines.recognition.deeds import DAY_MS, Person, Ref, Said
from hobnob_server.engines.recognition.doubt import kin

LENGTH_MIN: Final = 1_000
"""Characters of a text that explains something: some 170 words."""
PEOPLE_MIN: Final = 2
"""Different people who used it, none of them kin of its author."""
USED_WITHIN_MS: Final = 90 * DAY_MS


class Guides:
    """The long texts of the last months and who has used each."""

    def __init__(self) -> None:
        self._texts: Final[dict[Ref, tuple[Person, int, dict[Person, Ref]]]] = {}
        """Of each its author, its time, and who has used it by which event first."""
        self._used_by: Final[dict[Ref, Ref]] = {}
        """Of those events, which text each used."""

    def wrote(self, deed: Said) -> None:
        """A long text."""
        self._texts[deed.ref] = (deed.author, deed.at_ms, {})

    def used(
        self, text: Ref, use: Ref, by: Person, at_ms: int, inviters: Mapping[Person, Person]
    ) -> tuple[Person, tuple[Ref, ...]] | None:
        """Somebody used a text, by the event `use`: where that makes it a guide, which it is once,
        its author and what it rests on, the text first."""
        found = self._texts.get(text)
        if found is None:
            return None
        author, written_ms, people = found
        if at_ms - written_ms > USED_WITHIN_MS or by == author or kin(by, author, inviters):
            return None
        if by not in people:
            people[by] = use
            self._used_by[use] = text
        if len(people) < PEOPLE_MIN:
            return None
        self._drop(text)
        return author, (text, *people.values())

    def withdrawn(self, target: Ref) -> None:
        """A text, or a use of one, counts no more."""
        text = self._used_by.pop(target, None)
        if text is not None:
            _, _, people = self._texts[text]
            for person in [one for one, use in people.items() if use == target]:
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
        for use in people.values():
            del self._used_by[use]
