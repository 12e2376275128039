"""When a device that waits may enter, the hub's times of two links decide; they are believed as far
as the hub has said itself what time it is.

Whoever holds an SSH key and has a hub on their side could have it say that a day has passed, or
show the first link a day late. A replica that is connected has heard the hub's clock at its WELCOME
and its own time go by since; one that was knows what it held when. A link that is stamped later
than the clock, or earlier than it though it came only now, was not taken up when the hub says. What
carries it is refused, and remembered to be.
"""

from typing import Final

from hobnob_protocol import codec
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.hub_acts import Admit
from hobnob_protocol.kinds.people import DeviceLink
from hobnob_protocol.link import is_timed
from hobnob_sync.client_engine.arrivals import Arrival
from hobnob_sync.client_engine.inputs import Alarm, Disconnect
from hobnob_sync.client_engine.link import Link
from hobnob_sync.client_engine.reading import Read
from hobnob_sync.client_engine.step import Step

SLACK_MS: Final = 3_600_000
"""Clocks are set, and machines sleep: an hour of a day is no gain to anybody."""


def is_refused(step: Step, link: Link, arrival: Arrival) -> bool:
    """Was a link of this page not taken up when the hub says? Then all of it is refused."""
    if arrival.row.stream != PEOPLE:
        return False
    false = next((read for read in arrival.reads if _is_false(step, link, read)), None)
    if false is None:
        return False
    if step.state.mistimed != false.entry.event_id:
        step.state.mistimed = false.entry.event_id
        step.put_meta("mistimed", false.entry.event_id)
    step.say(Alarm("time", PEOPLE, (false.entry.event,)))
    step.say(Disconnect("time"))
    return True


def _is_false(step: Step, link: Link, read: Read) -> bool:
    body, at_ms = read.fact.body, read.entry.at_ms
    if not isinstance(body, Admit | DeviceLink) or not is_timed(body.link):
        return False
    if step.state.mistimed == read.entry.event_id:
        return True
    clock_ms = _clock_ms(step, link)
    if at_ms > clock_ms + SLACK_MS:
        return True
    for seq, then_ms in (step.state.heard, step.state.left):
        if read.entry.seq > seq and at_ms < then_ms - SLACK_MS:
            return True
    # Where nothing was announced, all that comes is new.
    announced = link.grants.get(PEOPLE)
    is_new = announced is None or read.entry.seq > announced.head_seq
    return is_new and at_ms < clock_ms - SLACK_MS


def _clock_ms(step: Step, link: Link) -> int:
    """What the hub's clock shows now, as far as it has said."""
    return link.welcome.time_ms + step.now_ms - link.begun_at


def remember(step: Step, link: Link) -> None:
    """Note what is held of `ppl`, and when by the hub's clock, if it is all that the hub has told
    of: where it is news, and once an hour."""
    row = step.state.streams.get(PEOPLE)
    if row is None or link.heads.get(PEOPLE, row.hi) > row.hi:
        return
    seq, at_ms = step.state.heard
    clock_ms = _clock_ms(step, link)
    if row.hi != seq or clock_ms >= at_ms + SLACK_MS:
        step.state.heard = (row.hi, clock_ms)
        step.put_meta("heard", codec.encode(step.state.heard))


def left(step: Step, link: Link) -> None:
    """The connection has ended; nothing is written for that, so only this process knows."""
    row = step.state.streams.get(PEOPLE)
    if row is not None and link.ready and link.heads.get(PEOPLE, 0) <= row.hi:
        step.state.left = (row.hi, _clock_ms(step, link))
