"""How an event is told in one line: its number, who, where, when, and what."""

from collections.abc import Callable, Set
from typing import Final

from hobnob_client import term_safe
from hobnob_client.catalogue import later, t
from hobnob_client.config import Settings
from hobnob_client.reading import Place, Reader
from hobnob_client.verbs import lines
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_sync.views.message import Message

BREAK: Final = " / "
"""In place of a line break: one line is one event."""


@value
class Told:
    """One event: for programs, and as a line for people."""

    record: dict[str, object]
    text: str

    @property
    def line(self) -> str:
        """The text, whatever is in it, on one line."""
        return term_safe.line(self.text)


@value
class Seen:
    """What was told of a message last, to tell of what changes."""

    version: TargetId
    gone: str
    reactions: frozenset[tuple[AccountId, str]]


class Telling:
    """`name` is how a message is called: by a number, where somebody types, else as verbs take
    it; `now_ms` tells today from other days."""

    def __init__(
        self,
        reader: Reader,
        settings: Settings,
        name: Callable[[StreamId, TargetId], str],
        now_ms: Callable[[], int],
    ) -> None:
        self._reader = reader
        self._settings = settings
        self._name = name
        self._now_ms = now_ms

    def message(self, place: Place, shown: Message) -> Told:
        """A message that is new, or found."""
        record = lines.record(self._reader, place.name, shown)
        return Told({"what": "message", **record}, f"{self._head(place, shown)}: {_flat(shown)}")

    def whole(self, place: Place, shown: Message) -> list[Told]:
        """A message with all its lines, and who gave which emoji."""
        record = lines.record(self._reader, place.name, shown)
        given = self._reader.reactions(place.stream, shown.target)
        reactions = {each.emoji: [self._who(one) for one in each.accounts] for each in given}
        told = [
            Told(
                {"what": "message", **record, "reactions": reactions},
                f"{self._head(place, shown)}:",
            )
        ]
        told += [Told({}, line) for line in lines.said(shown).split("\n")]
        told += [
            Told({}, _thanks(self._who(each.account), each.reason))
            for each in self._reader.heard_thanks(place.stream, shown.target)
        ]
        told += [
            Told({}, t("{who} gave {emoji}", who=", ".join(who), emoji=emoji))
            for emoji, who in reactions.items()
        ]
        return told

    def seen(self, place: Place, shown: Message) -> Seen:
        """What of it may change."""
        given = self._reader.reactions(place.stream, shown.target)
        reactions = frozenset((who, each.emoji) for each in given for who in each.accounts)
        gone = lines.said(shown) if shown.dead is not None or shown.hidden is not None else ""
        return Seen(shown.version, gone, reactions)

    def changes(
        self, place: Place, shown: Message, before: Seen, now: Seen, blocked: Set[AccountId]
    ) -> list[Told]:
        """What others have done to a message since, but nothing of those who are blocked."""
        name, me = self._name(place.stream, shown.target), self._reader.me
        about: dict[str, object] = {"channel": place.name, "event": shown.target.hex()}
        who = self._who(shown.author)
        found: list[Told] = []
        if now.gone != before.gone and shown.account != me:
            record: dict[str, object] = {"what": "gone" if now.gone else "back", **about}
            found.append(Told(record, f"{name} {who}, {place.label}: {_flat(shown)}"))
        elif now.version != before.version and shown.account != me:
            record = {"what": "edited", **about, "text": shown.text}
            head = f"{name} {who}, {place.label}, {t('edited')}"
            found.append(Told(record, f"{head}: {_flat(shown)}"))
        for reactions, what, said in (
            (now.reactions - before.reactions, "reacted", later("gave {emoji}")),
            (before.reactions - now.reactions, "unreacted", later("took back {emoji}")),
        ):
            for account, emoji in sorted(reactions):
                if account != me and account not in blocked:
                    record = {"what": what, **about, "emoji": emoji, "account": account.hex()}
                    given = t(said, emoji=emoji)
                    text = f"{name} {self._who(account)}, {place.label}, {given}"
                    found.append(Told(record, text))
        return found

    def _head(self, place: Place, shown: Message) -> str:
        stream = place.stream
        parts = [
            f"{self._name(stream, shown.target)} {self._who(shown.author)}",
            place.label,
            self._when(shown.at_ms),
        ]
        if shown.reply is not None:
            parts.append(t("answers {message}", message=self._name(stream, shown.reply)))
        if shown.thread is not None:
            title = self._reader.heading(place.stream, shown.thread).title
            called = f" ({title})" if title else ""
            root = self._name(stream, shown.thread)
            parts.append(t("thread {message}", message=root) + called)
        if self._reader.me in shown.mentions:
            parts.append(t("for you"))
        return ", ".join((*parts, *lines.marks(shown)))

    def _when(self, at_ms: int) -> str:
        """The time alone for today."""
        day, _, time = lines.moment(at_ms, self._settings).partition(" ")
        today = lines.moment(self._now_ms(), self._settings).partition(" ")[0]
        return time if day == today else f"{day} {time}"

    def _who(self, account: AccountId) -> str:
        return lines.name(self._reader, account)


def _thanks(who: str, reason: str) -> str:
    return (
        t("{who} thanks: {reason}", who=who, reason=reason) if reason else f"{who}: {t('thanks')}"
    )


def _flat(shown: Message) -> str:
    return BREAK.join(line for line in lines.said(shown).split("\n") if line.strip())
