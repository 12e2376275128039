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
        self._texts: Final[dict[Ref, tuple[Person, int, set[Person]]]] = {}

    def wrote(self, deed: Said) -> None:
        """A long text."""
        self._texts[deed.ref] = (deed.author, deed.at_ms, set())

    def used(
        self, text: Ref, by: Person, at_ms: int, inviters: Mapping[Person, Person]
    ) -> Person | None:
        """Somebody used a text: its author where that makes it a guide, which it is once."""
        found = self._texts.get(text)
        if found is None:
            return None
        author, written_ms, people = found
        if at_ms - written_ms > USED_WITHIN_MS or by == author or kin(by, author, inviters):
            return None
        people.add(by)
        if len(people) < PEOPLE_MIN:
            return None
        del self._texts[text]
        return author

    def forget(self, now_ms: int) -> None:
        """Texts that are too old to be used for the first time."""
        old = [
            ref
            for ref, (_, written_ms, _) in self._texts.items()
            if now_ms - written_ms > USED_WITHIN_MS
        ]
        for ref in old:
            del self._texts[ref]
