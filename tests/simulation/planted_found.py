"""Faults that were no inventions: each is one that a campaign once found here, put back."""

from tests.simulation.mutant import CLIENT, HUB, Mutant

FOUND = (
    Mutant(
        "a right is given twice",
        HUB + "effects",
        "    if fact.stream in step.state.grants.get(account, {}):\n",
        "    if False:\n",
    ),
    Mutant(
        "a tail begins after what its own batch has said",
        HUB + "opening",
        "        seq = row.seq - len(step.appended.get(wish.stream, ()))\n",
        "        seq = row.seq\n",
    ),
    Mutant(
        "old forks are not told to who comes later",
        HUB + "opening",
        "    forks = state.forks(wish.stream)\n",
        "    forks = ()\n",
    ),
    Mutant(
        "what was said before an archiving does not come back",
        HUB + "judging",
        "            archived=not offered and state.channel",
        "            archived=state.channel",
    ),
    Mutant(
        "forks outlive their stream", CLIENT + "following", '        ("fork", state.forks),\n', ""
    ),
    Mutant(
        "accepted where nobody follows waits for ever",
        CLIENT + "following",
        '        if row.state == "acked" and not followed:\n',
        "        if False:\n",
    ),
    Mutant(
        "the hub is accused by what it says it has seen",
        CLIENT + "suspicion",
        "        if not header.seen_seq or header.device == state.accounts.hub.device:\n",
        "        if not header.seen_seq:\n",
    ),
    Mutant(
        "numbers are given anew when answers were lost",
        CLIENT + "pushing",
        "    beyond = [number for number in numbers if number > last_push_no]\n",
        "    beyond = numbers\n",
    ),
    Mutant(
        "what the hub has is sealed anew",
        CLIENT + "unsealed",
        "        if row.state == QUEUED and not 0 < row.push_no <= last_push_no\n",
        "        if row.state == QUEUED\n",
    ),
    Mutant(
        "what is taken back keeps its seal",
        CLIENT + "unsealed",
        'event=b"", state=UNSEALED)',
        "state=UNSEALED)",
    ),
    Mutant(
        "a refusal loses what was said",
        CLIENT + "pushing",
        "row.event_id, row.event, code, row.said))",
        "row.event_id, row.event, code))",
    ),
    Mutant(
        "a start takes the place of its text",
        CLIENT + "unsealed",
        "        n = first + place\n",
        "        n = sealed.n - place\n",
    ),
    Mutant(
        "what is sealed last goes out first",
        CLIENT + "pushing",
        "        rows.sort(key=state.signed_at)\n",
        "        pass\n",
    ),
    Mutant(
        "what a report shows is not checked",
        HUB + "reports",
        "    if proven(step.state.hub, found.author, step.hub.verifier, *told) is None:\n",
        "    if False:\n",
    ),
    Mutant(
        "all that is sealed goes with what is taken back",
        CLIENT + "unsealed",
        "        elif row.n in starts:\n",
        '        elif row.stream[:2] == b"d:":\n',
    ),
)
"""Those that were found."""
