"""`hobnob match`: who can help with a need, ranked out of the replica alone. The hub reserves whom
one is shown; nobody hears of the need."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeAlias

from hobnob_client import match_words
from hobnob_client.catalogue import t
from hobnob_client.failures import Exit, Failure
from hobnob_client.knocking import silent
from hobnob_client.match import kept
from hobnob_client.match.choosing import Proposal
from hobnob_client.match.kept import Shown
from hobnob_client.match.learning import learn
from hobnob_client.match.rules import NOTE, Rules
from hobnob_client.match.rules_file import those_of
from hobnob_client.match.source import Found
from hobnob_client.match.told import Place
from hobnob_client.match.wizard import Aspect, Question, Wizard
from hobnob_client.match_lines import EvidenceLine, evidence_lines
from hobnob_client.permalink import Permalink
from hobnob_client.profiles.described import described
from hobnob_client.reading import Reader
from hobnob_client.replica import Replica
from hobnob_client.requests import lease
from hobnob_client.requests.answers import reached
from hobnob_client.requests.kept import RANKED, ranked_bytes
from hobnob_client.requests.showing import Chosen, choose, leased
from hobnob_client.time_of_day import now_ms
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.place_names import PlaceNames
from hobnob_client.verbs.searchable import make_searchable
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.ids import AccountId

ANSWERS_MAX: Final = 40
"""Answers that are read: who goes back and forth more often is shown what there is."""
Again: TypeAlias = Callable[[Rules], Wizard[AccountId, Place]]
"""How it stands by the rules that the hub has handed out just now."""


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
        rules = those_of(_notes(call).get(NOTE, b""))
        finder = call.finder(reader)
        found = finder.match(need, at_ms, _shown(call), rules)
        wizard = found.wizard(at_ms)
        if asks and not call.words.no_questions:
            wizard = _answered(call, wizard)

        def again(held: Rules) -> Wizard[AccountId, Place]:
            """The hub has other rules by now: the same answers, about people ranked by them."""
            if held == rules:
                return wizard
            return replace(wizard, people=finder.match(need, at_ms, _shown(call), held).people)

        chosen = _chosen(call, wizard, _shown(call), again)
        if chosen.three:
            # Before they are shown: whoever ends it in the middle has seen some of them.
            _remember(call, chosen)
        for each in chosen.three:
            _Telling(call, reader, found, load=not chosen.leased).show(each)
    for line in match_words.few(found, len(chosen.three)):
        call.terminal.say(line)
    if chosen.is_short:
        call.terminal.say(t("Without the hub a device shows only a few people a week."))
    if not chosen.three:
        return Exit.FAILED
    call.terminal.say(
        "Nobody was told what you need. Ask one of them: hobnob ask HANDLE 'what you need'"
    )
    return Exit.OK


def _chosen(
    call: Call, wizard: Wizard[AccountId, Place], shown: tuple[Shown, ...], again: Again
) -> Chosen:
    """Whom the hub lets one show, or the lease without it."""
    if not wizard.people:
        return Chosen([], ())
    device = call.device
    if silent(device.host, device.port):
        return leased(lease.from_bytes(_notes(call).get(lease.NOTE, b"")), wizard, shown)
    return asyncio.run(_reserved(call, shown, again))


async def _reserved(call: Call, shown: tuple[Shown, ...], again: Again) -> Chosen:
    # Only who reaches the hub pays for importing it.
    from hobnob_client.engine import Engine

    async with Engine(call.profile, call.signing(), brief=True) as engine:
        await reached(engine)
        rules = await learn(engine)
        return await choose(engine, again(rules), shown, rules.step)


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
    call.terminal.say(f"{number}. {match_words.question(question)}")
    for nth, option in enumerate(question.options, 1):
        words = match_words.option(question.aspect, option.value)
        call.terminal.say(f"  {nth}  {words} ({option.people})")
    call.terminal.say(f"  0  no matter ({question.left})")
    return (call.terminal.ask("Number, b back, s show now:") or "").lower()


class _Telling:
    """How people are told."""

    def __init__(self, call: Call, reader: Reader, found: Found, *, load: bool) -> None:
        self._load = load
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
        if self._load:
            head += f"  (takes {each.load.asks_free} more this week)"
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
            "asks_free": each.load.asks_free if self._load else None,
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
    return kept.from_bytes(_notes(call).get(kept.NOTE, b""))


def _notes(call: Call) -> dict[str, bytes]:
    replica = Replica.open(call.profile, call.device, Ed25519Verifier())
    try:
        return replica.notes.all()
    finally:
        replica.close()


def _remember(call: Call, chosen: Chosen) -> None:
    """Who is shown, who would be the next, and what the lease has left."""
    people = [each.person for each in chosen.three]
    replica = Replica.open(call.profile, call.device, Ed25519Verifier())
    try:
        replica.notes.change(kept.NOTE, kept.showing(people, now_ms()))
        replica.notes.put(RANKED, ranked_bytes(chosen.ranked))
        if chosen.anew:
            replica.notes.change(lease.NOTE, lease.showing(chosen.anew, now_ms()))
    finally:
        replica.close()
