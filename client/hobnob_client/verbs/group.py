"""`hobnob group ...`: private groups, whose members alone read what is said in them."""

from hobnob_client import grouping
from hobnob_client.failures import Exit
from hobnob_client.verbs import composing
from hobnob_client.verbs.call import Call, group_named, member_named
from hobnob_protocol.ids import StreamId
from hobnob_protocol.sealing.group import ADD, PROMOTE, REMOVE

_ACTS = {"add": ADD, "remove": REMOVE, "promote": PROMOTE}


def run(call: Call) -> Exit:
    """Found, change, leave or name a group."""
    action = {"new": _new, "leave": _leave, "title": _title}
    return action.get(call.verb.action, _change)(call)


def _new(call: Call) -> Exit:
    with call.reader() as reader:
        others = [member_named(reader, name) for name in call.words.handles]
        stream, change = grouping.begun(reader, others, call.device.author)
    n = composing.compose(call, stream, change).n
    if call.words.title:
        n = _named(call, stream, call.words.title)
    with call.reader() as reader:
        line = reader.conversation(stream)
        call.terminal.say(f"{line.label}: say something with hobnob post '{line.label}' ...")
        told = [reader.handle(account) for account in (reader.me, *dict.fromkeys(others))]
        call.terminal.show({"group": line.label, "members": told}, line.label)
    return _carry(call, n)


def _change(call: Call) -> Exit:
    act = _ACTS[call.verb.action]
    with call.reader() as reader:
        line = group_named(reader, call.words.group)
        accounts = [member_named(reader, name) for name in call.words.handles]
        change = grouping.changed(reader, line, act, accounts, call.device.author)
    return _carry(call, composing.compose(call, line.stream, change).n)


def _leave(call: Call) -> Exit:
    with call.reader() as reader:
        line = group_named(reader, call.words.group)
        change = grouping.left(reader, line, call.device.author)
    return _carry(call, composing.compose(call, line.stream, change).n)


def _title(call: Call) -> Exit:
    with call.reader() as reader:
        stream = group_named(reader, call.words.group).stream
    return _carry(call, _named(call, stream, " ".join(call.words.title)))


def _named(call: Call, stream: StreamId, title: str) -> int:
    return composing.compose(call, stream, grouping.titled(stream, title)).n


def _carry(call: Call, n: int) -> Exit:
    from hobnob_client.verbs.delivery import deliver, told

    return told(call, *deliver(call, n))
