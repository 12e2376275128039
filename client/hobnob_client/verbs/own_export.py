"""What a replica holds of oneself, record by record, to be taken elsewhere."""

from collections.abc import Iterator
from typing import Final

from hobnob_client.reading import Place, Reader
from hobnob_client.reading.deeds import Sort
from hobnob_client.verbs.call import places
from hobnob_client.verbs.lines import record, stamp
from hobnob_client.verbs.place_names import PlaceNames

FORMAT: Final = "hobnob-own-1"
"""Named in the first record; another number would have other records."""
PAGE: Final = 500
"""Messages looked at together, of which one's own are kept."""


def records(reader: Reader) -> Iterator[dict[str, object]]:
    """Who one is, the profile, consents, lists one keeps, drafts, then place by place one's own
    messages in their order, with all their versions, one's reactions, thanks and votes, and the
    thanks one got. What is sealed is in the clear here."""
    me = reader.me
    yield {
        "type": "account",
        "format": FORMAT,
        "account": me.hex(),
        "handle": reader.handle(me),
        "joined": stamp(reader.joined_ms(me)),
    }
    for name, value in reader.profile(me).fields:
        yield {"type": "profile", "field": name, "value": value}
    for purpose, on in reader.consents(me).items():
        yield {"type": "consent", "purpose": purpose, "on": on is True, "said": on is not None}
    yield from _lists(reader)
    names = PlaceNames(reader)
    for draft in reader.drafts():
        yield {
            "type": "draft",
            "channel": names.name(draft.stream),
            "stream": draft.stream.hex(),
            "thread": None if draft.thread is None else draft.thread.hex(),
            "at": stamp(draft.at_ms),
            "text": draft.text,
        }
    for place in places(reader):
        for page in reader.pages_after(place.stream, 0, PAGE):
            for shown in page.messages:
                if reader.owner(shown.author) == me:
                    yield {
                        "type": "message",
                        "stream": place.stream.hex(),
                        **record(reader, place.name, shown),
                        "versions": [version.text for version in shown.versions],
                    }
        yield from _deeds(reader, place)


def _deeds(reader: Reader, place: Place) -> Iterator[dict[str, object]]:
    for deed in reader.deeds(place.stream):
        about: dict[str, object] = {
            "type": deed.sort.value,
            "channel": place.name,
            "stream": place.stream.hex(),
            "event": deed.target.hex(),
            "at": None if deed.at_ms is None else stamp(deed.at_ms),
        }
        if deed.sort is Sort.REACTION:
            yield {**about, "emoji": deed.text}
        elif deed.sort is Sort.THANKS:
            other = deed.to if reader.owner(deed.by) == reader.me else deed.by
            yield {
                **about,
                "given": other != deed.by,
                "account": None if other is None else other.hex(),
                "handle": None if other is None else reader.handle(other),
                "reason": deed.text,
            }
        else:
            poll = reader.poll(place.stream, deed.target)
            options = [] if poll is None else [option.text for option in poll.options]
            yield {**about, "choices": list(deed.choices), "options": options}


def _lists(reader: Reader) -> Iterator[dict[str, object]]:
    kept = reader.kept()
    for each in kept.saved:
        yield {"type": "saved", "stream": each.stream.hex(), "event": each.target.hex()}
    for account in kept.blocked:
        yield {"type": "blocked", "account": account.hex(), "handle": reader.handle(account)}
    for stream in kept.muted:
        yield {"type": "muted", "stream": stream.hex(), "thread": None}
    for stream, root in kept.muted_threads:
        yield {"type": "muted", "stream": stream.hex(), "thread": root.hex()}
