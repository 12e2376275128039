"""`hobnob me`: what one agrees to, each purpose apart. Nothing is agreed to by saying nothing."""

from typing import Final

from hobnob_client.failures import Exit
from hobnob_client.verbs import composing
from hobnob_client.verbs.call import Call
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.consents import Consent

MEANINGS: Final = {
    "matching": "be shown to members who look for somebody, with what you said in public channels",
    "recognition": "have badges, and a place on boards",
    "showcase": "have a word of thanks quoted, once you have seen the page",
    "outreach": "be written to by the community, at most once a day",
    "analytics": "be counted in figures about the community, never in groups below five",
}
"""What each purpose lets others do, by its name on the wire."""
NOTHING_YET: Final = frozenset(("showcase", "outreach", "analytics"))
"""Purposes that nothing makes use of yet, which is said beside each; what begins to takes its own
out."""
_SAID: Final = {True: "yes", False: "no, withdrawn", None: "no"}


_UNUSED: Final = " (nothing uses it yet)"


def run(call: Call) -> Exit:
    """Show it, or say something new."""
    if call.verb.action == "show":
        return _show(call)
    return _say(call, call.words.purpose, on=call.verb.action == "allow")


def _show(call: Call) -> Exit:
    with call.reader() as reader:
        said = reader.consents(call.device.account)
    wide = max(map(len, said))
    for purpose, on in said.items():
        used = purpose not in NOTHING_YET
        line = f"{purpose:{wide}}  {_SAID[on]:13}  {MEANINGS[purpose]}{'' if used else _UNUSED}"
        record = {"purpose": purpose, "on": on is True, "said": on is not None, "used": used}
        call.terminal.show(record, line)
    call.terminal.say("The feed is made on this device alone, and told to nobody.")
    return Exit.OK


def _say(call: Call, purpose: str, *, on: bool) -> Exit:
    from hobnob_client.verbs.delivery import deliver, told

    composed = composing.compose(call, PEOPLE, Consent(purpose, on))
    agreed = "You agree to" if on else "You no longer agree to"
    call.terminal.say(f"{agreed} {purpose}: {MEANINGS[purpose]}.")
    return told(call, *deliver(call, composed.n))
