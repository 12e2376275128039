"""Faults a hurried hand might plant in the hub's engine, and in what both sides share."""

from tests.simulation.mutant import HUB, Mutant

HUB_AND_FOLD = (
    Mutant(
        "history below the floor",
        HUB + "pages",
        "return max(floor + 1, back.before_seq",
        "return max(1, back.before_seq",
    ),
    Mutant(
        "the count of pushes is not durable",
        HUB + "pushing",
        "    step.transaction.devices[session.device] = device\n    if",
        "    if",
    ),
    Mutant(
        "every seventh push does not advance",
        HUB + "pushing",
        "    device = DeviceRow(row.device, push_no, row.replica)\n",
        "    device = DeviceRow(row.device, push_no, row.replica) if push_no % 7 else row\n",
    ),
    Mutant(
        "push gap is accepted",
        HUB + "pushing",
        "if pushed.push_no > row.last_push_no + 1:",
        "if False:",
    ),
    Mutant(
        "old numbers are pushed again",
        HUB + "pushing",
        "if pushed.push_no <= row.last_push_no:",
        "if False:",
    ),
    Mutant(
        "ids are not recognised",
        HUB + "pushing",
        "if candidate.event_id != judging.NO_ID and step.known(candidate.known) is not None:",
        "if False:",
    ),
    Mutant(
        "signatures are not checked",
        HUB + "judging",
        "    if not verify(event, step.state.hub, candidate.stream, author, step.hub.verifier):\n        return Refusal.BAD_SIGNATURE\n",
        "",
    ),
    Mutant(
        "revoke keeps the subscription",
        HUB + "effects",
        "        step.sessions.unfollow(session, stream)\n",
        "        pass\n",
    ),
    Mutant(
        "right is not asked at the door",
        HUB + "pages",
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
        HUB + "opening",
        "    if grant is None or row is None or grant.grant != wish.grant:\n",
        "    if row is None or grant is None:\n",
    ),
    Mutant(
        "tail begins below the floor",
        HUB + "opening",
        "    return max(floor, seq - wish.tail, 0)",
        "    return max(seq - wish.tail, 0)",
    ),
    Mutant(
        "slow readers are forgotten",
        HUB + "live",
        "            subscription.dirty = True\n",
        "            pass\n",
    ),
    Mutant(
        "live page does not move the place",
        HUB + "live",
        "        followers.pace.advance(last, page_cost",
        "        followers.pace.advance(first - 1, page_cost",
    ),
    Mutant(
        "join grants from beyond the join",
        HUB + "effects",
        "    floor = step.state.streams[fact.stream].seq - 1 if from_join else 0\n",
        "    floor = step.state.streams[fact.stream].seq + 1\n",
    ),
    Mutant(
        "leave leaves the grant",
        HUB + "effects",
        "    revoke(step, fact.account, fact.stream, fact.event)\n\n\ndef _kicked",
        "    pass\n\n\ndef _kicked",
    ),
    Mutant(
        "offers skip the target",
        HUB + "offers",
        "    if refusal is Refusal.NO_TARGET or ",
        "    if refusal is Refusal.NO_TARGET:\n        refusal = None\n    if ",
    ),
    Mutant(
        "restore keeps the epoch",
        HUB + "engine",
        "        if self.state.meta.get(restoring.RESTORED):\n",
        "        if False:\n",
    ),
    Mutant(
        "forks are not remembered",
        HUB + "restoring",
        "    ended = replace(state.lineage[-1], forks=forks)\n",
        "    ended = state.lineage[-1]\n",
    ),
    Mutant(
        "unread is always seven",
        HUB + "logins",
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
        "_STAMP.pack(seq, at_ms)",
        "_STAMP.pack(seq, 0)",
    ),
)
"""Those of the hub, of the fold and of the log."""
