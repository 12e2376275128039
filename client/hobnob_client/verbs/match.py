"""`hobnob match`: who can help with a need, out of the replica alone; nobody hears of it."""

from typing import Final

from hobnob_client import match_words
from hobnob_client.catalogue import t
from hobnob_client.failures import Exit, Failure
from hobnob_client.match import kept
from hobnob_client.match.choosing import Proposal
from hobnob_client.match.kept import Shown
from hobnob_client.match.source import Found
from hobnob_client.match.told import Place
from hobnob_client.match.wizard import Aspect, Question, Wizard
from hobnob_client.match_lines import EvidenceLine, evidence_lines
from hobnob_client.permalink import Permalink
from hobnob_client.profiles.described import described
from hobnob_client.reading import Reader
from hobnob_client.replica import Replica
from hobnob_client.time_of_day import now_ms
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.place_names import PlaceNames
from hobnob_client.verbs.searchable import make_searchable
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.ids import AccountId

ANSWERS_MAX: Final = 40
"""Answers that are read: who goes back and forth more often is shown what there is."""


def run(call: Call) -> Exit:
    """Ask, rank, remember who is shown, and show them."""
    asks = call.terminal.given.isatty() and not call.terminal.as_json
    need = " ".join(call.words.words).strip()
    if not need and asks:
        need = call.terminal.ask("What do you need?") or ""
    if not need:
        raise Failure("Say what you need: hobnob match 'SQLite locks up'.", Exit.USAGE)
    at_ms = now_ms()
    with call.reader() as reader:
        make_searchable(call)
        found = call.finder(reader).match(need, at_ms, _shown(call))
        wizard = Wizard(found.people, at_ms)
        if asks and not call.words.no_questions:
            wizard = _answered(call, wizard)
        three = wizard.three()
        if three:
            # Before they are shown: whoever ends it in the middle has seen some of them.
            _remember(call, [each.person for each in three])
        for each in three:
            _Telling(call, reader, found).show(each)
    for line in match_words.few(found, len(three)):
        call.terminal.say(line)
    if not three:
        return Exit.FAILED
    call.terminal.say("Nobody was told. Write to one of them: hobnob dm HANDLE 'what you need'")
    return Exit.OK


def _answered(call: Call, wizard: Wizard[AccountId, Place]) -> Wizard[AccountId, Place]:
    """What the person at the terminal answers, question by question."""
    for _ in range(ANSWERS_MAX):
        question = wizard.question()
        if question is None:
            break
        said = _asked(call, wizard, question)
        if said == "s":
            return wizard.stop()
        if said == "b":
            wizard = wizard.back()
        elif said in ("", "0"):
            wizard = wizard.answer(None)
        elif said in (offered := _numbered(question)):
            wizard = wizard.answer(offered[said])
        else:
            call.terminal.say(f"That is none of 0 to {len(question.options)}, b and s.")
    return wizard


def _numbered(question: Question) -> dict[str, str]:
    """What can be chosen, by what one types for it."""
    return {str(nth): option.value for nth, option in enumerate(question.options, 1)}


def _asked(call: Call, wizard: Wizard[AccountId, Place], question: Question) -> str:
    number = len(wizard.said) + 1
    call.terminal.say(f"{number}. {t(match_words.QUESTIONS[question.aspect])}")
    for nth, option in enumerate(question.options, 1):
        words = match_words.option(question.aspect, option.value)
        call.terminal.say(f"  {nth}  {words} ({option.people})")
    call.terminal.say(f"  0  no matter ({question.left})")
    return (call.terminal.ask("Number, b back, s show now:") or "").lower()


class _Telling:
    """How people are told."""

    def __init__(self, call: Call, reader: Reader, found: Found) -> None:
        self._call = call
        self._reader = reader
        self._words = found.words
        self._names = PlaceNames(reader)
        self._has = {each.candidate.person: each.has for each in found.people}

    def show(self, each: Proposal[AccountId, Place]) -> None:
        """One of the three: who, what else is known, and what speaks for them."""
        told = evidence_lines(self._reader, each.lines, self._name, self._words)
        known = match_words.about(
            self._has[each.person], described(self._reader.profile(each.person))
        )
        head = f"@{self._name(each.person)}" + (f"  {known}" if known else "")
        text = "\n".join((head, *(self._line(line) for line in told)))
        if self._call.words.why:
            text += "".join(f"\n{lines.INDENT}{term}" for term in _terms(each))
        self._call.terminal.show(self._record(each, told), text)

    def _line(self, line: EvidenceLine) -> str:
        when = lines.moment(line.at_ms, self._call.settings)
        read = f"{lines.INDENT}{lines.INDENT}hobnob read {self._link(line)}"
        return f"{lines.INDENT}{when} {line.channel} {line.text}\n{read}"

    def _record(
        self, each: Proposal[AccountId, Place], told: tuple[EvidenceLine, ...]
    ) -> dict[str, object]:
        return {
            "account": each.person.hex(),
            "handle": self._reader.handle(each.person),
            "value": round(each.value, 6),
            "score": round(each.score, 6),
            "price": round(each.price, 6),
            "p": round(each.p, 6),
            "q": round(each.q, 6),
            "terms": {term.feature: round(term.lift, 4) for term in each.terms},
            "known": self._known(each.person),
            "evidence": [
                {
                    "event": line.place.target.hex(),
                    "stream": line.place.stream.hex(),
                    "channel": self._names.name(line.place.stream),
                    "at": lines.stamp(line.at_ms),
                    "text": line.text,
                    "link": self._link(line),
                }
                for line in told
            ],
        }

    def _known(self, person: AccountId) -> dict[str, list[str]]:
        has = self._has[person]
        # A channel that one chooses has its sign; a record has none.
        return {
            aspect.value: sorted(
                each.removeprefix("#") if aspect is Aspect.AREA else each for each in values
            )
            for aspect, values in has.items()
        }

    def _link(self, line: EvidenceLine) -> str:
        place = line.place
        return str(Permalink(self._call.device.address, place.stream, place.target))

    def _name(self, account: AccountId) -> str:
        return lines.name(self._reader, account)


def _terms(each: Proposal[AccountId, Place]) -> list[str]:
    return [f"{by:>7}  {what} {number}".rstrip() for by, what, number in match_words.terms(each)]


def _shown(call: Call) -> tuple[Shown, ...]:
    replica = Replica.open(call.profile, call.device, Ed25519Verifier())
    try:
        return kept.from_bytes(replica.notes().get(kept.NOTE, b""))
    finally:
        replica.close()


def _remember(call: Call, people: list[AccountId]) -> None:
    replica = Replica.open(call.profile, call.device, Ed25519Verifier())
    try:
        replica.change_note(kept.NOTE, kept.showing(people, now_ms()))
    finally:
        replica.close()
