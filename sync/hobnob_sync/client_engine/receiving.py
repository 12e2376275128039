"""What each page leads to: taken, asked for again, waited for, or proof that something is wrong."""

from hobnob_protocol.ids import PEOPLE
from hobnob_sync.client_engine import arrivals, history, times
from hobnob_sync.client_engine.arrivals import Arrival
from hobnob_sync.client_engine.following import (
    feed_starved,
    heed_grants,
    is_control,
    open_streams,
    reopen,
)
from hobnob_sync.client_engine.inputs import Alarm, Disconnect
from hobnob_sync.client_engine.link import Link
from hobnob_sync.client_engine.step import Step


def receive_page(step: Step, link: Link, arrival: Arrival) -> None:
    """A page at the head."""
    stream = arrival.row.stream
    if arrival.verdict == arrivals.FITS:
        if times.is_refused(step, link, arrival):
            return
        arrivals.take(step, arrival)
        _moved(step, link, arrival)
    elif arrival.verdict == arrivals.GAP:
        link.heads[stream] = max(link.heads.get(stream, 0), arrival.row.hi + 1)
        if stream not in link.starved:
            reopen(step, link, stream)
    elif arrival.verdict == arrivals.STARVED:
        link.starved.setdefault(stream, step.now_ms)
    elif arrival.verdict != arrivals.OLD:
        _refuse(step, arrival)


def receive_back(step: Step, link: Link, arrival: Arrival) -> None:
    """A page of history; one that came twice, too late or before what joins it is dropped."""
    stream = arrival.row.stream
    if arrival.verdict == arrivals.FITS:
        arrivals.take(step, arrival)
        history.came(link, stream, arrival.reads[0].entry.seq, step.now_ms)
    elif arrival.verdict == arrivals.STARVED:
        # What is under way below it will not join: ask again.
        link.backs.pop(stream, None)
    elif arrival.verdict != arrivals.OLD:
        _refuse(step, arrival)


def _moved(step: Step, link: Link, arrival: Arrival) -> None:
    stream = arrival.row.stream
    link.progressed[stream] = step.now_ms
    link.starved.pop(stream, None)
    if stream[:2] == b"u:":
        heed_grants(step, link, arrival.reads)
    elif stream == PEOPLE:
        times.remember(step, link)
        feed_starved(step, link)
    if is_control(stream):
        open_streams(step, link)


def _refuse(step: Step, arrival: Arrival) -> None:
    """No honest hub sends this: say so, and start over on a new connection."""
    reason = "signature" if arrival.verdict == arrivals.FORGED else "page"
    evidence = tuple(read.entry.event for read in arrival.reads)
    step.say(Alarm(reason, arrival.row.stream, evidence))
    step.say(Disconnect(reason))
