"""`hobnob care`: who waits for somebody, out of the replica alone."""

from hobnob_client import care_words
from hobnob_client.care.needs import Need
from hobnob_client.catalogue import t
from hobnob_client.failures import Exit
from hobnob_client.reading import Reader
from hobnob_client.time_of_day import now_ms
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.place_names import PlaceNames
from hobnob_client.verbs.searchable import make_searchable
from hobnob_protocol.ids import AccountId


def run(call: Call) -> Exit:
    """Who has waited longest first; it ends as a search without hits where nobody waits."""
    at_ms = now_ms()
    with call.reader() as reader:
        make_searchable(call)
        found = call.finder(reader).care(at_ms)[: call.words.count]
        names = PlaceNames(reader)
        for need in found:
            _show(call, reader, need, names, at_ms)
    if not found:
        call.terminal.say(t(care_words.NOTHING))
    return Exit.OK if found else Exit.FAILED


def _show(call: Call, reader: Reader, need: Need, names: PlaceNames, at_ms: int) -> None:
    waited_ms = max(0, at_ms - need.since_ms)
    record = {
        "need": need.sort.value,
        "since": lines.stamp(need.since_ms),
        "waited_seconds": waited_ms // 1_000,
        "who": _name(reader, need.who),
        "channel": names.name(need.stream),
        "stream": need.stream.hex(),
        "event": need.target.hex() if need.target else None,
        "thread": need.thread.hex() if need.thread else None,
        "text": need.text,
        "by": _name(reader, need.by),
        "reason": need.reason or None,
        "blocked": [_name(reader, each) for each in (need.who, need.by) if each in need.blocked],
    }
    name = (need.target or need.name).hex()[: lines.NAME_LETTERS]
    why = care_words.why(need, waited_ms, _name(reader, need.by) or "")
    place = names.label(need.stream, t("in private"))
    head = f"{lines.moment(need.since_ms, call.settings)} {place} {name}"
    said = f"{_name(reader, need.who) or '?'}: {lines.indented(need.text)}"
    call.terminal.show(record, f"{head} {said}\n{lines.INDENT}{why}")


def _name(reader: Reader, account: AccountId | None) -> str | None:
    return None if account is None else lines.name(reader, account)
