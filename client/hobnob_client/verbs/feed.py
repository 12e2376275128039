"""`hobnob feed`: the threads one would take part in, with reasons, out of the replica alone."""

from typing import Final

from hobnob_client import feed_words, term_safe
from hobnob_client.catalogue import t
from hobnob_client.failures import Exit
from hobnob_client.feed import kept, ranking
from hobnob_client.feed.reasons import Reason
from hobnob_client.feed.scoring import Explained, Scored, explain
from hobnob_client.feed.source import Gathered, Spot
from hobnob_client.feed.talk import Name, Talk
from hobnob_client.feed.weights import shipped
from hobnob_client.reading import Reader
from hobnob_client.time_of_day import now_ms
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.place_names import PlaceNames
from hobnob_client.verbs.searchable import make_searchable
from hobnob_protocol.ids import AccountId, StreamId

TITLE_LETTERS: Final = 60


def run(call: Call) -> Exit:
    """Rank, or order by time, and show."""
    at_ms = now_ms()
    with call.reader() as reader:
        make_searchable(call)
        gathered = call.finder(reader).feed(at_ms)
        shown = _Shown(call, reader, gathered)
        if call.words.newest:
            for talk in ranking.chronological(gathered.talks)[: call.words.count]:
                call.terminal.show(shown.record(talk), shown.line(talk))
        else:
            draw = ranking.draw_of(at_ms)
            fewer = kept.all_of(reader.sees_fewer())
            rows = ranking.rank(gathered.talks, gathered.habits, at_ms, fewer=fewer, draw=draw)
            for row in rows[: call.words.count]:
                shown.show(row)
        if not gathered.talks:
            call.terminal.say("nothing was said in your channels for seven days")
    return Exit.OK if gathered.talks else Exit.FAILED


class _Shown:
    """How threads are told."""

    def __init__(self, call: Call, reader: Reader, gathered: Gathered) -> None:
        self._call = call
        self._reader = reader
        self._gathered = gathered
        self._names = PlaceNames(reader)

    def show(self, row: ranking.Row) -> None:
        """One row with its two reasons; with --why all that it is made of."""
        talk = row.scored.talk
        reasons = row.reasons(self._gathered.habits)
        why = explain(row.scored, self._gathered.habits, shipped())
        told = "; ".join(self.reason(reason) for reason in reasons)
        record = {**self.record(talk), **_scored(row.scored, why)}
        record["explored"] = row.explored
        record["reasons"] = [self._reason_record(reason) for reason in reasons]
        text = f"{self.line(talk)}\n{lines.INDENT}{told}"
        if self._call.words.why:
            text += "".join(f"\n{lines.INDENT}{line}" for line in _terms(why))
        self._call.terminal.show(record, text)

    def line(self, talk: Talk) -> str:
        """Where, what, since when, and how much of it is new."""
        when = lines.moment(talk.last_ms, self._call.settings)
        unread = self._gathered.unread.get(talk.key, 0)
        spot = _spot(talk)
        name = (spot.root or self._gathered.newest[spot]).hex()[: lines.NAME_LETTERS]
        parts = (when, self._label(spot.stream), name, self._title(spot))
        return " ".join(parts) + (f" ({unread} unread)" if unread else "")

    def record(self, talk: Talk) -> dict[str, object]:
        """The same for programs."""
        spot = _spot(talk)
        return {
            "channel": self._names.name(spot.stream),
            "stream": spot.stream.hex(),
            "thread": spot.root.hex() if spot.root else None,
            "newest": self._gathered.newest[spot].hex(),
            "title": self._title(spot),
            "at": lines.stamp(talk.last_ms),
            "messages": talk.said,
            "people": talk.people,
            "unread": self._gathered.unread.get(spot, 0),
        }

    def reason(self, reason: Reason) -> str:
        """A reason in words."""

        def name(who: Name) -> str:
            return lines.name(self._reader, AccountId(who)) if isinstance(who, bytes) else ""

        return feed_words.reason(
            reason, name, lambda at_ms: lines.moment(at_ms, self._call.settings)
        )

    def _reason_record(self, reason: Reason) -> dict[str, object]:
        return {
            "code": reason.code.value,
            "logit": round(reason.logit, 4),
            "count": reason.count,
            "who": self._who(reason),
        }

    def _who(self, reason: Reason) -> str:
        who = reason.who
        return lines.name(self._reader, AccountId(who)) if isinstance(who, bytes) else ""

    def _label(self, stream: StreamId) -> str:
        return self._names.label(stream, f"~{stream[2:].hex()[: lines.NAME_LETTERS]}")

    def _title(self, spot: Spot) -> str:
        if spot.root is not None:
            title = self._reader.heading(spot.stream, spot.root).title
            if title:
                return term_safe.line(title)
        message = self._reader.message(spot.stream, spot.root or self._gathered.newest[spot])
        said = lines.said(message).partition("\n")[0] if message is not None else t("(deleted)")
        return said if len(said) <= TITLE_LETTERS else f"{said[: TITLE_LETTERS - 1]}…"


def _spot(talk: Talk) -> Spot:
    assert isinstance(talk.key, Spot)
    return talk.key


def _scored(scored: Scored, why: Explained) -> dict[str, object]:
    return {
        "probability": round(scored.probability, 6),
        "bias": round(why.bias, 4),
        "terms": {term.feature.value: round(term.logit, 4) for term in why.terms},
    }


def _terms(why: Explained) -> list[str]:
    """Every term, the largest first, and what they come to."""
    return [f"{logit}  {what} {number}".rstrip() for logit, what, number in feed_words.terms(why)]
