"""What a replica tells of a need: whose posts are about it, and who answered them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from hobnob_client.match.library import Hit, Link
from hobnob_client.match.members import Members
from hobnob_client.match.passages import Passage, answers, passages
from hobnob_client.reading.people import People
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_sync.ports_sql import Database


@dataclass(frozen=True, slots=True)
class Place:
    """A post by where it stands."""

    stream: StreamId
    target: TargetId


class Told:
    """The public posts that a need is about, by person. Who has claimed an imported account is who
    wrote."""

    def __init__(
        self, database: Database, people: People, who: Members, need: Sequence[str], now_ms: int
    ) -> None:
        self._silent = who.silent
        self.hits: Final[list[Hit[AccountId, Place]]] = []
        self.about: Final[defaultdict[AccountId, list[Passage]]] = defaultdict(list)
        self.answered: Final[Counter[AccountId]] = Counter()
        """Threads about it in which they answered."""
        self.asked: Final[Counter[AccountId]] = Counter()
        """Threads about it that they began and somebody answered."""
        all_of_it = passages(database, who.channels, need, now_ms)
        owned = [replace(each, author=people.owner(each.author)) for each in all_of_it]
        found = [each for each in owned if who.may_show(each)]
        for each in found:
            self._hit(each.author, each, Link.WROTE)
        roots = {each.target: each for each in found if not each.thread}
        for root, authors in answers(database, roots).items():
            self._thread(roots[root], dict.fromkeys(map(people.owner, authors)))

    def where(self, now_ms: int) -> bytes:
        """The channel in which most was said of it; no bytes for none."""
        masses = defaultdict[bytes, float](float)
        for hit in self.hits:
            masses[hit.event.stream] += hit.weight(now_ms)
        return max(masses, key=lambda stream: (masses[stream], stream), default=b"")

    def _thread(self, begun: Passage, authors: dict[AccountId, None]) -> None:
        by = begun.author
        others = [one for one in authors if one != by]
        for one in others:
            self._hit(one, begun, Link.ANSWERED)
            self.answered[one] += 1
        self.asked[by] += bool(others)

    def _hit(self, one: AccountId, passage: Passage, link: Link) -> None:
        if one not in self._silent:
            place = Place(passage.stream, passage.target)
            self.hits.append(Hit(one, place, passage.at_ms, passage.score, link))
            self.about[one].append(passage)
