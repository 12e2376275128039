"""A message as a line of the shell, and as a record for programs."""

from datetime import UTC, datetime

from hobnob_client import called
from hobnob_client.catalogue import clock, t
from hobnob_client.config import Settings
from hobnob_client.config.zone import zone_of
from hobnob_client.reading import Reader
from hobnob_client.term_safe import body as safe_body
from hobnob_client.term_safe import name as safe_name
from hobnob_client.under_seal import unreadable
from hobnob_protocol.ids import AccountId
from hobnob_sync.views.message import Message

INDENT = "    "
"""Before every further line of a text, so that none can pass for a message of its own."""
NAME_LETTERS = 8
"""So much of an event's name tells it from all others of a channel, nearly always."""


def moment(at_ms: int, settings: Settings) -> str:
    """A time as people read it, to the minute."""
    at = _time(at_ms, settings)
    return f"{at:%Y-%m-%d} {clock(at)}"


def stamp(at_ms: int) -> str:
    """A time for programs: ISO 8601 in UTC, to the millisecond; "" where it is none."""
    try:
        found = datetime.fromtimestamp(at_ms / 1_000, UTC)
    except (OverflowError, ValueError):
        return ""
    return found.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _time(at_ms: int, settings: Settings) -> datetime:
    try:
        found = datetime.fromtimestamp(at_ms / 1_000, UTC)
        return found.astimezone(zone_of(settings.times))
    except (OverflowError, ValueError):
        # An imported or forged time may lie outside of what a calendar knows.
        return datetime.fromtimestamp(0, UTC)


def name(reader: Reader, account: AccountId) -> str:
    """How somebody is called: by their handle, by their name elsewhere behind an arrow, or by the
    beginning of their account."""
    handle, number = reader.handle(account), called.number(account)
    there = reader.elsewhere(account) if not handle else None
    return handle or (number if there is None else f"⇢{safe_name(there.name, number)}")


def text(reader: Reader, settings: Settings, label: str, shown: Message) -> str:
    """One message for people: when, where, its name, who, what."""
    head = (
        moment(shown.at_ms, settings),
        label,
        shown.target.hex()[:NAME_LETTERS],
        f"{name(reader, shown.author)}:",
    )
    return f"{' '.join(head)} {indented(said(shown))}{_bracketed(marks(shown))}"


def said(shown: Message) -> str:
    """What a message says now, safe to show. In English, but where a language is spoken: in linear
    mode."""
    if shown.dead is not None:
        return t("(deleted)") if shown.dead.how == "deleted" else t("(erased)")
    if shown.hidden is not None:
        return t("(hidden by a moderator)")
    if shown.closed:
        return f"({unreadable(shown.closed)})"
    return safe_body(shown.text)


def indented(safe: str) -> str:
    """Safe text whose further lines are set in."""
    return safe.replace("\n", f"\n{INDENT}")


def marks(shown: Message) -> list[str]:
    """What else is to be known of a message, a few words each."""
    return [
        mark
        for mark, holds in (
            (t("edited"), shown.edited),
            (t("two versions"), shown.conflict),
            (t("imported"), shown.imported is not None),
            (t("waits"), shown.pending),
            (t("refused: {why}", why=", ".join(shown.refused)), bool(shown.refused)),
        )
        if holds
    ]


def _bracketed(marks: list[str]) -> str:
    return f" ({'; '.join(marks)})" if marks else ""


def record(reader: Reader, channel: str, shown: Message) -> dict[str, object]:
    """One message for programs."""
    gone = shown.dead is not None or shown.hidden is not None
    return {
        "channel": channel,
        "event": shown.target.hex(),
        "seq": shown.seq,
        "at": stamp(shown.at_ms),
        "account": shown.author.hex(),
        "handle": reader.handle(shown.author),
        "text": None if gone else shown.text,
        "thread": shown.thread.hex() if shown.thread else None,
        "reply": shown.reply.hex() if shown.reply else None,
        "mentions": [reader.handle(account) or account.hex() for account in shown.mentions],
        "edited": shown.edited,
        "conflict": shown.conflict,
        "imported": shown.imported is not None,
        "pending": shown.pending,
        "closed": shown.closed or None,
        "refused": list(shown.refused),
    }
