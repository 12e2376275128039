"""Mutants: faults a hurried hand might plant in the engines, each a text that stands there once.

A campaign that does not kill them would prove nothing (sync.md §7.3). Those at the end were no
inventions: each is a fault that a campaign once found here, put back.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: in `module`, `old` is replaced by `new`.

    `equivalent` traces why nobody can ever see it, and is "" for all the others, which a campaign
    must kill.
    """

    name: str
    module: str
    old: str
    new: str
    equivalent: str = ""


_CLIENT = "hobnob_sync.client_engine."
_HUB = "hobnob_sync.hub_engine."

MUTANTS = (
    Mutant(
        "page gap is applied", _CLIENT + "arrivals", "if page.first_seq > row.hi + 1:", "if False:"
    ),
    Mutant(
        "page overlap is kept",
        _CLIENT + "arrivals",
        "page.events[row.hi + 1 - page.first_seq :]",
        "page.events[0:]",
    ),
    Mutant(
        "history need not link",
        _CLIENT + "arrivals",
        "arrival.reads[-1].entry.head != row.base",
        "False",
    ),
    Mutant(
        "history below the floor",
        _HUB + "pages",
        "return max(floor + 1, back.before_seq",
        "return max(1, back.before_seq",
    ),
    Mutant(
        "outbox is forgotten at the ack",
        _CLIENT + "pushing",
        "if passed or not followed:",
        "if True:",
    ),
    Mutant(
        "outbox is kept after the echo",
        _CLIENT + "arrivals",
        "    if n is not None:\n        step.drop_outbox(n)\n",
        "",
    ),
    Mutant(
        "refusal is not shown",
        _CLIENT + "pushing",
        "            refuse(step, row, acked.code)\n",
        "            step.drop_outbox(row.n)\n",
    ),
    Mutant(
        "pause drops the row",
        _CLIENT + "pushing",
        "            link.paused_until = max(link.paused_until, step.now_ms + acked.seq)\n",
        "            step.drop_outbox(row.n)\n",
    ),
    Mutant(
        "numbers are kept whatever the hub says",
        _CLIENT + "pushing",
        "    if not fits:\n",
        "    if False:\n",
    ),
    Mutant(
        "numbers are always given anew",
        _CLIENT + "pushing",
        "    fits = numbers == sorted(numbers) and beyond",
        "    fits = False and beyond",
    ),
    Mutant(
        "answers are taken by number alone",
        _CLIENT + "pushing",
        " or row.event_id[:8] != acked.event8",
        "",
    ),
    Mutant(
        "revoke is not heeded",
        _CLIENT + "following",
        "            if body.stream in step.state.streams:\n                purge(step, body.stream)\n",
        "",
    ),
    Mutant(
        "purge leaves the log",
        _CLIENT + "following",
        "    step.transaction.purges.append(stream)\n",
        "",
    ),
    Mutant(
        "new grant keeps the old range",
        _CLIENT + "following",
        "    if row is not None and row.grant != grant:\n",
        "    if False:\n",
        "A hub gives a right only to who does not hold it: `_joined` and `_role_granted` return "
        "first where `grants` has the stream, a channel or conversation that is created has no "
        "members, and nobody else calls `effects.grant`. So in a log of `u:` a revoke stands "
        "between two grants of one stream, and pages come without holes: the revoke purges the "
        "row before the second grant is read. Grants that were announced at the login are "
        "compared there (`_compare`) and skipped here (`user_seq`). The line guards against a "
        "hub that signs two grants on end, and then only keeps what that hub had sent.",
    ),
    Mutant(
        "announcement does not purge",
        _CLIENT + "welcoming",
        "        if _is_by(link.grants.get(row.stream), row):\n",
        "        if True:\n",
    ),
    Mutant(
        "grant id is not compared",
        _CLIENT + "welcoming",
        "        if _is_by(link.grants.get(row.stream), row):\n",
        "        if row.stream in link.grants:\n",
    ),
    Mutant(
        "epoch is not noticed",
        _CLIENT + "welcoming",
        "    return state.epoch is not None and state.epoch != link.epoch",
        "    return False",
    ),
    Mutant(
        "orphans are not kept",
        _CLIENT + "forking",
        "        if not _offerable(step, entry):",
        "        if True:",
    ),
    Mutant("acked events become no orphans", _CLIENT + "forking", "    _orphan_acked(step)\n", ""),
    Mutant(
        "fork is one too high",
        _CLIENT + "welcoming",
        "commons = {stream: common_seq(state, link, stream) for",
        "commons = {stream: common_seq(state, link, stream) + 1 for",
    ),
    Mutant(
        "orphans are forgotten when answered",
        _CLIENT + "offering",
        "            link.offer_answered[event_id] = None\n",
        "            drop_orphan(step, row, Refusal.ERASED)\n",
    ),
    Mutant(
        "offers never end",
        _CLIENT + "offering",
        "    done = last and not state.orphans_beyond\n",
        "    done = False\n",
    ),
    Mutant(
        "cells are not folded anew", _CLIENT + "forking", "    refold(step, stream, kept)\n", ""
    ),
    Mutant(
        "unknown author is skipped",
        _CLIENT + "arrivals",
        "                return Arrival(row, STARVED)\n",
        "                continue\n",
    ),
    Mutant(
        "starved streams stay so",
        _CLIENT + "receiving",
        "        feed_starved(step, link)\n",
        "        pass\n",
    ),
    Mutant(
        "the count of pushes is not durable",
        _HUB + "pushing",
        "    step.transaction.devices[session.device] = device\n    if",
        "    if",
    ),
    Mutant(
        "every seventh push does not advance",
        _HUB + "pushing",
        "    device = DeviceRow(row.device, push_no, row.replica)\n",
        "    device = DeviceRow(row.device, push_no, row.replica) if push_no % 7 else row\n",
    ),
    Mutant(
        "push gap is accepted",
        _HUB + "pushing",
        "if pushed.push_no > row.last_push_no + 1:",
        "if False:",
    ),
    Mutant(
        "old numbers are pushed again",
        _HUB + "pushing",
        "if pushed.push_no <= row.last_push_no:",
        "if False:",
    ),
    Mutant(
        "ids are not recognised",
        _HUB + "pushing",
        "if candidate.event_id != judging.NO_ID and step.known(candidate.event_id) is not None:",
        "if False:",
    ),
    Mutant(
        "signatures are not checked",
        _HUB + "judging",
        "    if not verify(event, step.state.hub, candidate.stream, author, step.hub.verifier):\n        return Refusal.BAD_SIGNATURE\n",
        "",
    ),
    Mutant(
        "revoke keeps the subscription",
        _HUB + "effects",
        "        step.sessions.unfollow(session, stream)\n",
        "        pass\n",
    ),
    Mutant(
        "right is not asked at the door",
        _HUB + "pages",
        "    return visible(sort, state.membership(stream, account), state.role(account))",
        "    return True",
        "The last door of three. `visible` turns false only with a grant that ends or, in `mod`, "
        "with a role that falls; both go through `effects.revoke`, which in the same step takes "
        "the stream from all that every session of the account follows or has asked for. Live pages "
        "go to followers only; a planned page that is not followed is dropped by `_send_next`, "
        "one of history that is not asked for any more by `_send_back`. `u:`, `dir` and `ppl` stay "
        'visible for ever. Without `revoke`\'s part it is seen: "revoke keeps the subscription".',
    ),
    Mutant(
        "grant is not asked at open",
        _HUB + "pages",
        "    if grant is None or row is None or grant.grant != wish.grant:\n",
        "    if row is None or grant is None:\n",
    ),
    Mutant(
        "tail begins below the floor",
        _HUB + "pages",
        "    return max(floor, seq - wish.tail, 0)",
        "    return max(seq - wish.tail, 0)",
    ),
    Mutant(
        "slow readers are forgotten",
        _HUB + "pages",
        "            subscription.dirty = True\n",
        "            pass\n",
    ),
    Mutant(
        "live page does not move the place",
        _HUB + "pages",
        "            subscription.sent_seq = last\n",
        "            pass\n",
    ),
    Mutant(
        "join grants from beyond the join",
        _HUB + "effects",
        "    floor = step.state.streams[fact.stream].seq - 1 if from_join else 0\n",
        "    floor = step.state.streams[fact.stream].seq + 1\n",
    ),
    Mutant(
        "leave leaves the grant",
        _HUB + "effects",
        "    revoke(step, fact.account, fact.stream, fact.event)\n\n\ndef _kicked",
        "    pass\n\n\ndef _kicked",
    ),
    Mutant(
        "offers skip the target",
        _HUB + "offers",
        "    if refusal is Refusal.NO_TARGET:\n        return OfferAnswer(name, LATER)\n",
        "    if refusal is Refusal.NO_TARGET:\n        refusal = None\n",
    ),
    Mutant(
        "restore keeps the epoch",
        _HUB + "engine",
        "        if self.state.meta.get(restoring.RESTORED):\n",
        "        if False:\n",
    ),
    Mutant(
        "forks are not remembered",
        _HUB + "restoring",
        "    ended = replace(state.lineage[-1], forks=forks)\n",
        "    ended = state.lineage[-1]\n",
    ),
    Mutant(
        "unread is always seven",
        _HUB + "logins",
        "        unread, mentions = step.loaded.get(key) if step.loaded.has(key) else (0, 0)\n",
        "        unread, mentions = (7, 7)\n",
    ),
    Mutant(
        "fold by arrival",
        "hobnob_sync.fold.merge",
        "        return seq > present.seq\n",
        "        return True\n",
    ),
    Mutant(
        "the dead keep their words",
        "hobnob_sync.fold.merge",
        "    if message is not None and is_dead(cells, target, author):\n",
        "    if message is not None and False:\n",
    ),
    Mutant(
        "head forgets the time",
        "hobnob_sync.log",
        'stamp = seq.to_bytes(8, "big") + at_ms.to_bytes(8, "big")',
        'stamp = seq.to_bytes(8, "big")',
    ),
    Mutant(
        "a right is given twice",
        _HUB + "effects",
        "    if fact.stream in step.state.grants.get(account, {}):\n",
        "    if False:\n",
    ),
    Mutant(
        "a tail begins after what its own batch has said",
        _HUB + "pages",
        "        seq = row.seq - len(step.appended.get(wish.stream, ()))\n",
        "        seq = row.seq\n",
    ),
    Mutant(
        "old forks are not told to who comes later",
        _HUB + "pages",
        "    forks = state.forks(wish.stream)\n",
        "    forks = ()\n",
    ),
    Mutant(
        "what was said before an archiving does not come back",
        _HUB + "judging",
        "            archived=not offered and state.channel",
        "            archived=state.channel",
    ),
    Mutant(
        "forks outlive their stream", _CLIENT + "following", '        ("fork", state.forks),\n', ""
    ),
    Mutant(
        "accepted where nobody follows waits for ever",
        _CLIENT + "following",
        '        if row.state == "acked" and not followed:\n',
        "        if False:\n",
    ),
    Mutant(
        "the hub is accused by what it says it has seen",
        _CLIENT + "suspicion",
        "        if not header.seen_seq or header.device == state.accounts.hub.device:\n",
        "        if not header.seen_seq:\n",
    ),
    Mutant(
        "numbers are given anew when answers were lost",
        _CLIENT + "pushing",
        "    beyond = [number for number in numbers if number > last_push_no]\n",
        "    beyond = numbers\n",
    ),
)
"""Every planted fault."""


def by_name(name: str) -> Mutant:
    """The mutant of this name; KeyError where there is none."""
    return {mutant.name: mutant for mutant in MUTANTS}[name]
