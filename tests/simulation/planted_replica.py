"""Faults a hurried hand might plant in the client's engine."""

from tests.simulation.mutant import CLIENT, Mutant

REPLICA = (
    Mutant(
        "page gap is applied", CLIENT + "arrivals", "if page.first_seq > row.hi + 1:", "if False:"
    ),
    Mutant(
        "page overlap is kept",
        CLIENT + "arrivals",
        "page.events[row.hi + 1 - page.first_seq :]",
        "page.events[0:]",
    ),
    Mutant(
        "history need not link",
        CLIENT + "arrivals",
        "arrival.reads[-1].entry.head != row.base",
        "False",
    ),
    Mutant(
        "outbox is forgotten at the ack",
        CLIENT + "pushing",
        "if passed or not followed:",
        "if True:",
    ),
    Mutant(
        "outbox is kept after the echo",
        CLIENT + "arrivals",
        "    if n is not None:\n        step.drop_outbox(n)\n",
        "",
    ),
    Mutant(
        "refusal is not shown",
        CLIENT + "pushing",
        "            refuse(step, row, acked.code)\n",
        "            step.drop_outbox(row.n)\n",
    ),
    Mutant(
        "pause drops the row",
        CLIENT + "pushing",
        "            link.paused_until = max(link.paused_until, step.now_ms + acked.seq)\n",
        "            step.drop_outbox(row.n)\n",
    ),
    Mutant(
        "numbers are kept whatever the hub says",
        CLIENT + "pushing",
        "    if not fits:\n",
        "    if False:\n",
    ),
    Mutant(
        "numbers are always given anew",
        CLIENT + "pushing",
        "    fits = numbers == sorted(numbers) and beyond",
        "    fits = False and beyond",
    ),
    Mutant(
        "answers are taken by number alone",
        CLIENT + "pushing",
        " or row.event_id[:8] != acked.event8",
        "",
    ),
    Mutant(
        "revoke is not heeded",
        CLIENT + "following",
        "            if body.stream in step.state.streams:\n                revoked(step, body.stream)\n",
        "",
    ),
    Mutant(
        "purge leaves the log",
        CLIENT + "following",
        "    step.transaction.purges.append(stream)\n",
        "",
    ),
    Mutant(
        "new grant keeps the old range",
        CLIENT + "following",
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
        CLIENT + "welcoming",
        "        if _is_by(link.grants.get(row.stream), row):\n",
        "        if True:\n",
    ),
    Mutant(
        "grant id is not compared",
        CLIENT + "welcoming",
        "        if _is_by(link.grants.get(row.stream), row):\n",
        "        if row.stream in link.grants:\n",
    ),
    Mutant(
        "epoch is not noticed",
        CLIENT + "welcoming",
        "    return state.epoch is not None and state.epoch != link.epoch",
        "    return False",
    ),
    Mutant(
        "orphans are not kept",
        CLIENT + "forking",
        "        if not _offerable(step, entry):",
        "        if True:",
    ),
    Mutant("acked events become no orphans", CLIENT + "forking", "    _orphan_acked(step)\n", ""),
    Mutant(
        "fork is one too high",
        CLIENT + "welcoming",
        "commons = {stream: common_seq(state, link, stream) for",
        "commons = {stream: common_seq(state, link, stream) + 1 for",
    ),
    Mutant(
        "orphans are forgotten when answered",
        CLIENT + "offering",
        "            link.offer_answered[event_id] = None\n",
        "            drop_orphan(step, row, Refusal.ERASED)\n",
    ),
    Mutant(
        "offers never end",
        CLIENT + "offering",
        "    done = last and not state.orphans_beyond\n",
        "    done = False\n",
    ),
    Mutant("cells are not folded anew", CLIENT + "forking", "    refold(step, stream, kept)\n", ""),
    Mutant(
        "unknown author is skipped",
        CLIENT + "arrivals",
        "                return Arrival(row, STARVED)\n",
        "                continue\n",
    ),
    Mutant(
        "starved streams stay so",
        CLIENT + "receiving",
        "        feed_starved(step, link)\n",
        "        pass\n",
    ),
)
"""Those of the replica."""
