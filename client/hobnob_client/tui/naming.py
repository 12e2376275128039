"""Whom and what one may name where one writes, out of a replica: who speaks there comes first."""

from collections.abc import Callable, Sequence
from typing import Final

from hobnob_client import term_safe
from hobnob_client.catalogue import t
from hobnob_client.reading import Reader
from hobnob_client.tui.composing.completing import Known
from hobnob_client.tui.voice import Place
from hobnob_protocol.handle import fold_case
from hobnob_protocol.ids import PEOPLE, AccountId, StreamId
from hobnob_sync.opened import is_conversation

HEARD_MAX: Final = 150
"""So many of the newest messages tell who speaks here."""


def not_here(name: str) -> str:
    """What is said of somebody imported, whose `name` is safe to draw: nobody reads it there."""
    return t("{name} is not a member here: only what they wrote was brought along.", name=name)


def imported_as(reader: Reader, stream: StreamId, name: str) -> str:
    """Who of those who spoke in a place of late was imported and is called so, safe to draw; "" for
    nobody: they look like members to who reads, and cannot be addressed."""
    messages = reader.before(stream, None, HEARD_MAX).messages
    for account in dict.fromkeys(message.author for message in reversed(messages)):
        there = reader.elsewhere(account)
        called = "" if there is None else there.name
        if fold_case(name) in (fold_case(called), fold_case(called.partition(" ")[0])):
            return term_safe.name(called, "?")
    return ""


class Names:
    """What is named in the place that `place` says is open; read anew when something came there."""

    def __init__(
        self,
        reader: Reader,
        place: Callable[[], Place | None],
        others: Callable[[StreamId], Sequence[AccountId]],
    ) -> None:
        self._reader = reader
        self._place = place
        self._others = others
        self._people: tuple[object, tuple[Known, ...]] = (None, ())

    def people(self) -> Sequence[Known]:
        """Members, by handle; in private those who read there."""
        place = self._place()
        if place is None:
            return ()
        state = (place.stream, self._reader.held(place.stream), self._reader.held(PEOPLE))
        if self._people[0] != state:
            self._people = (state, tuple(self._known(place.stream)))
        return self._people[1]

    def _known(self, stream: StreamId) -> list[Known]:
        reader = self._reader
        roles = dict(reader.everybody())
        if is_conversation(stream):
            wanted = [account for account in self._others(stream) if account in roles]
            here = frozenset(wanted)
        else:
            blocked = reader.kept().blocked
            wanted = [each for each in roles if each != reader.me and each not in blocked]
            here = frozenset(each.account for each in reader.members(stream).joined)
        heard = self._heard(stream)
        verified = reader.known().verified
        found: list[Known] = []
        for account in wanted:
            words = [
                "" if roles[account] == "member" else roles[account],
                t("✓ verified") if account in verified else "",
                t("speaks here") if account in heard else "",
                "" if account in here else t("not in this channel"),
            ]
            about = " · ".join(filter(None, words))
            handle = term_safe.name(reader.handle(account), account.hex()[:8])
            found.append(Known(handle, about, heard.get(account)))
        return found

    def _heard(self, stream: StreamId) -> dict[AccountId, int]:
        """Who has spoken here of late, the last one first."""
        messages = self._reader.before(stream, None, HEARD_MAX).messages
        authors = (self._reader.owner(message.author) for message in reversed(messages))
        return {account: nth for nth, account in enumerate(dict.fromkeys(authors))}

    def channels(self) -> Sequence[Known]:
        """By name, those one is in first."""
        lines = [line for line in self._reader.channels(counted=False) if not line.channel.archived]
        lines.sort(key=lambda line: (not line.joined, line.name))
        return [
            Known(
                term_safe.name(line.name, line.stream.hex()[:8]),
                term_safe.line(line.channel.purpose) if line.joined else t("you are not in it"),
            )
            for line in lines
        ]
