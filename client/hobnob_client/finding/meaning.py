"""What a query means in one replica: its names become accounts and streams, its days moments.

A condition that means nothing here is left out and told as a problem, so that what is typed so far
finds something at every letter.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from hobnob_client.catalogue import t
from hobnob_client.finding import days, marks, terms
from hobnob_client.finding.marks import Trait
from hobnob_client.finding.query import Operator, Part, Problem, Query, nearest, quoted
from hobnob_client.texts import PLACES
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.value import value

NAMES_MAX: Final = 64
"""Names that one begun value may stand for; a letter more narrows them."""
LAST_PLACE: Final = (1 << 63) - 1
ME: Final = "me"

Named = TypeVar("Named", AccountId, StreamId)


class State(StrEnum):
    """What `is:` knows beside what a message is by itself."""

    UNREAD = "unread"
    SAVED = "saved"
    BOT = "bot"


HAS: Final = (Trait.LINK, Trait.CODE, Trait.IMAGE, Trait.QUESTION, Trait.POLL)
IS: Final = (
    *(State.UNREAD, State.SAVED, State.BOT),
    *(Trait.REPLY, Trait.RESOLVED, Trait.ANSWERED),
    *(Trait.EDITED, Trait.IMPORTED, Trait.SEALED),
)


class World(Protocol):
    """What a replica knows of names. All names are in small letters."""

    def mine(self) -> tuple[AccountId, ...]:
        """One's own account, and the imported ones one has claimed."""
        ...

    @property
    def today(self) -> date:
        """The day it is where one reads."""
        ...

    @property
    def zone(self) -> tzinfo:
        """Where one reads."""
        ...

    def people(self) -> Mapping[str, tuple[AccountId, ...]]:
        """The accounts by what they are called, here or where they came from."""
        ...

    def places(self) -> Mapping[str, tuple[StreamId, ...]]:
        """The streams where one talks by how they are called, with their sign: `#`, `@` or `&`."""
        ...

    def threads(self, term: str) -> tuple[TargetId, ...]:
        """The threads whose title is so, in the language of the index; the newest `NAMES_MAX`."""
        ...

    def bots(self) -> tuple[AccountId, ...]:
        """Who is a program."""
        ...

    def blocked(self) -> tuple[AccountId, ...]:
        """Whom one neither sees nor hears."""
        ...


@value
class Wanted:
    """What is looked for. `match` is in the language of the index of words, "" where nothing is
    asked; `initial` the one letter that some word must begin with. Places are those of the texts:
    from `first` up to `beyond`, and in none of the stretches `apart`. `unread` and `saved` are
    whether it must be or must not; None where that is not asked."""

    match: str
    initial: str = ""
    first: int = 0
    beyond: int = LAST_PLACE
    apart: tuple[tuple[int, int], ...] = ()
    unread: bool | None = None
    saved: bool | None = None


@value
class Meaning:
    """What a query means, and what of it means nothing."""

    wanted: Wanted
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Draft:
    """A meaning under way."""

    wanted: Wanted
    terms: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    either: dict[Operator, list[str]] = field(default_factory=dict)
    """Values of which one must hold: nobody else has said what one has said."""
    asked: bool = False

    def add(self, part: Part, found: list[str]) -> None:
        """What has one of these; or must not."""
        self.asked = True
        if part.negated:
            self.without += found
        elif part.operator is Operator.FROM or part.operator is Operator.IN:
            self.either.setdefault(part.operator, []).extend(found)
        else:
            self.terms.append(terms.any_of(found))

    def bound(self, **changes: object) -> None:
        """What is not said in words."""
        self.asked = True
        self.wanted = replace(self.wanted, **changes)  # type: ignore[arg-type]  # by name


def understand(query: Query, world: World, *, typing: bool) -> Meaning:
    """What the query means; while one is `typing` its last word is only begun."""
    draft = _Draft(Wanted(""))
    problems = list(query.problems)
    for part in query.parts:
        if not typing:
            part = replace(part, finished=True)
        problem = _READ[part.operator](draft, part, world)
        if problem is not None:
            problems.append(problem)
    if not draft.asked:
        return Meaning(draft.wanted, _in_order(problems))
    blocked = [terms.quoted(marks.of_author(account)) for account in world.blocked()]
    wanted = [*draft.terms, *(terms.any_of(each) for each in draft.either.values())]
    match = terms.all_of(wanted, [*draft.without, *blocked])
    return Meaning(replace(draft.wanted, match=match), _in_order(problems))


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.start))


# One reader for each operator: what it adds to the draft, or what is wrong.

_Read = Callable[[_Draft, Part, World], Problem | None]


def _words(draft: _Draft, part: Part, _world: World) -> Problem | None:
    if not terms.has_letters(part.value):
        if part.finished and not part.quoted:
            said = t("Signs and pictures alone cannot be found: they are left out.")
            return _wrong(part, said)
        return None
    if not part.finished and len(part.value) < terms.PREFIX_TEXT_MIN:
        if not part.negated:
            draft.bound(initial=part.value)
        return None
    found = terms.phrase(part.value, unfinished=not part.finished)
    if found:
        draft.add(part, [found])
    return None


def _account(draft: _Draft, part: Part, world: World) -> Problem | None:
    name = part.value.removeprefix("@").lower()
    of = marks.of_author if part.operator is Operator.FROM else marks.of_mention
    if name == ME:
        draft.add(part, [terms.quoted(of(account)) for account in world.mine()])
        return None
    people = world.people()
    found = _named(people, (name,), part)
    if found is None:
        said = t("Nobody here is called {name}", name=part.value)
        return _missing(part, said, t("a handle, as"), "ana", nearest(name, list(people)))
    draft.add(part, [terms.quoted(of(account)) for account in found])
    return None


def _place(draft: _Draft, part: Part, world: World) -> Problem | None:
    name, places = part.value.lower(), world.places()
    names = (name,) if name[:1] in "#@&" else tuple(f"{sign}{name}" for sign in "#@&")
    found = _named(places, names, part)
    if found is None:
        said = t("No channel or conversation here is called {name}", name=part.value)
        near = nearest(names[0], list(places))
        return _missing(part, said, t("a channel, as"), "rust", near.removeprefix("#"))
    draft.add(part, [terms.quoted(marks.of_stream(stream)) for stream in found])
    return None


def _thread(draft: _Draft, part: Part, world: World) -> Problem | None:
    words = part.value.split()
    begun = not part.finished and not part.value[-1:].isspace()
    asked = [terms.phrase(word) for word in words[: len(words) - begun]]
    asked += [terms.phrase(word, unfinished=True) for word in words[len(words) - begun :]]
    asked = [word for word in asked if word]
    if not asked:
        wants = t(
            "{operator}: wants a word of a thread's title, as {operator}:sqlite.",
            operator=part.operator,
        )
        return _wrong(part, wants) if part.finished else None
    roots = world.threads(terms.all_of(asked, ()))
    if not roots:
        return _missing(part, t("No thread here is titled {name}", name=part.value), "", "", "")
    draft.add(part, [terms.quoted(marks.of_thread(root)) for root in roots])
    return None


def _trait(draft: _Draft, part: Part, world: World) -> Problem | None:
    name = part.value.lower()
    known: tuple[Trait | State, ...] = HAS if part.operator is Operator.HAS else IS
    found = [each for each in known if each == name]
    if not found and not part.finished and name:
        found = [each for each in known if each.startswith(name)][:1]
    if not found:
        said = t(
            "{operator}:{name} is not known; there are {known}",
            operator=part.operator,
            name=part.value,
            known=", ".join(known),
        )
        return _missing(part, said, t("one of"), ", ".join(known), nearest(name, list(known)))
    trait = found[0]
    if trait is State.UNREAD:
        draft.bound(unread=not part.negated)
    elif trait is State.SAVED:
        draft.bound(saved=not part.negated)
    elif trait is State.BOT:
        bots = [terms.quoted(marks.of_author(account)) for account in world.bots()]
        draft.add(part, bots or [terms.quoted(marks.of_author(AccountId(bytes(20))))])
    else:
        draft.add(part, [terms.quoted(marks.of_trait(trait))])
    return None


def _day(draft: _Draft, part: Part, world: World) -> Problem | None:
    found = days.read(part.value, world.today)
    if found is None:
        said = t("{name} is no day; there are {forms}", name=part.value, forms=days.FORMS)
        return _missing(part, said, t("a day, as one of"), days.FORMS, "")
    first, beyond = (
        days.begins_ms(day, world.zone) * PLACES for day in (found.first, found.beyond)
    )
    wanted = draft.wanted
    if part.operator is Operator.ON and part.negated:
        draft.bound(apart=(*wanted.apart, (first, beyond)))
    elif part.operator is Operator.ON:
        draft.bound(first=max(wanted.first, first), beyond=min(wanted.beyond, beyond))
    elif (part.operator is Operator.AFTER) != part.negated:
        draft.bound(first=max(wanted.first, first))
    else:
        draft.bound(beyond=min(wanted.beyond, first))
    return None


_READ: Final[dict[Operator | None, _Read]] = {
    None: _words,
    Operator.FROM: _account,
    Operator.MENTIONS: _account,
    Operator.IN: _place,
    Operator.THREAD: _thread,
    Operator.HAS: _trait,
    Operator.IS: _trait,
    Operator.BEFORE: _day,
    Operator.AFTER: _day,
    Operator.ON: _day,
}


def _named(
    known: Mapping[str, tuple[Named, ...]], names: tuple[str, ...], part: Part
) -> list[Named] | None:
    """What is called by one of these names. Else what is called so at least in the beginning: while
    it is being typed all of that, then only where no two differ. None where there is nothing."""
    if not part.value.strip("#@&"):
        return None
    found = [each for name in names for each in known.get(name, ())]
    if not found:
        begun = sorted(each for each in known if each.startswith(names))
        if not part.finished or len(begun) == 1:
            found = [each for name in begun for each in known[name]]
    return list(dict.fromkeys(found))[:NAMES_MAX] or None


def _missing(part: Part, said: str, wants: str, example: str, near: str) -> Problem | None:
    """The problem of an operator's value: none while nothing of it is typed yet."""
    if not part.value:
        if not part.finished:
            return None
        told = t(
            "{operator}: wants {wants} {example}.",
            operator=part.operator,
            wants=wants,
            example=example,
        )
        return _wrong(part, told)
    if not near:
        return _wrong(part, t("{said}; this is left out.", said=said))
    instead = f"{'-' if part.negated else ''}{part.operator}:{quoted(near)}"
    return _wrong(part, t("{said}; {near} may be meant.", said=said, near=near), instead)


def _wrong(part: Part, said: str, instead: str = "") -> Problem:
    return Problem(part.start, part.end, said, instead, left_out=True)
