"""The connection opens: what the hub announces is compared with what the replica holds.

One path recovers from everything: a first start, a short cut, months away, lost rights, a hub that
lost part of its log. The announcement is acted upon before any page is taken.
"""

from collections.abc import Mapping
from dataclasses import replace

from hobnob_protocol.frames import Grant, Grants, Welcome
from hobnob_protocol.ids import Epoch, GrantId, StreamId, head8, user_stream
from hobnob_sync import lineage
from hobnob_sync.client_engine import forking, offering, times, unsealed
from hobnob_sync.client_engine.following import open_streams, purge, revoked, settle_unfollowed
from hobnob_sync.client_engine.inputs import Alarm, Changed, Send
from hobnob_sync.client_engine.link import Link
from hobnob_sync.client_engine.pushing import number_rows, push
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.client_engine.step import Step
from hobnob_sync.client_engine.suspicion import note_forks
from hobnob_sync.ports import Key, ReplicaStream


def begin(step: Step, welcome: Welcome) -> Link:
    """A WELCOME: with `same` all is as we hold it; else the grants follow."""
    link = Link(welcome, step.now_ms)
    unsealed.take_back(step, welcome.last_push_no)
    number_rows(step, welcome.last_push_no)
    if welcome.same:
        for row in step.state.streams.values():
            link.granted[row.stream] = (row.grant, row.floor)
            link.heads[row.stream] = row.hi
            link.subscribed(row.stream, row.number)
            link.progressed[row.stream] = step.now_ms
        link.others_open = True
        _show_checkpoints(step, link)
        _ready(step, link)
    return link


def announced(step: Step, link: Link, grants: Grants) -> None:
    """A part of the announcement; when it is whole, act on it."""
    if link.ready:
        return
    for grant in grants.entries:
        link.grants[grant.stream] = grant
    if len(link.grants) == link.welcome.grants:
        _compare(step, link)


def completes(link: Link, grants: Grants) -> bool:
    """Would this part make the announcement whole?"""
    names = set(link.grants) | {grant.stream for grant in grants.entries}
    return not link.ready and len(names) == link.welcome.grants


def asks(state: ReplicaState, link: Link, grants: Grants) -> tuple[Key[object], ...]:
    """What acting on the announcement reads: where the log forked, all that is held; where the
    hub does not know that it did, our own stream and what is announced by another right."""
    if not completes(link, grants):
        return ()
    if _new_epoch(state, link):
        return tuple(forking.whole(row) for row in state.streams.values())
    announced = {**link.grants, **{grant.stream: grant for grant in grants.entries}}
    if not _is_behind(state, announced):
        return ()
    own = user_stream(state.account)
    return tuple(
        forking.whole(row)
        for row in state.streams.values()
        if row.stream == own or not _is_by(announced.get(row.stream), row)
    )


def _new_epoch(state: ReplicaState, link: Link) -> bool:
    return state.epoch is not None and state.epoch != link.epoch


def _is_behind(state: ReplicaState, grants: Mapping[StreamId, Grant]) -> bool:
    """Has the hub lost events of our own stream, of which it does not know?"""
    own = user_stream(state.account)
    row, grant = state.streams.get(own), grants.get(own)
    return row is not None and grant is not None and grant.head_seq < row.hi


def _is_by(grant: Grant | None, row: ReplicaStream) -> bool:
    """Is the stream still announced by the right that we hold it by?"""
    return grant is not None and grant.grant == row.grant


def common_seq(state: ReplicaState, link: Link, stream: StreamId) -> int:
    """Up to where our log of `stream` and the hub's are surely the same."""
    return lineage.common_seq(
        lineage.decode_ancestry(state.ancestry),
        Epoch(state.epoch or b""),
        link.welcome.lineage,
        link.grants[stream].forks,
        stream,
    )


def _compare(step: Step, link: Link) -> None:
    state = step.state
    forked = _new_epoch(state, link)
    link.heads.update((stream, grant.head_seq) for stream, grant in link.grants.items())
    # Before anything is dropped that the hub might have to be told.
    _show_checkpoints(step, link)
    lost = _lost_grants(step, link, forked)
    for row in list(state.streams.values()):
        if _is_by(link.grants.get(row.stream), row):
            continue
        if row.grant in lost:
            forking.set_aside(step, row)
        elif row.stream in link.grants:
            purge(step, row.stream)
        else:
            revoked(step, row.stream)
    if forked:
        commons = {stream: common_seq(state, link, stream) for stream in state.streams}
        forking.adopt_epoch(step, link, commons)
        state.offer_due = True
        step.put_meta("offer_due", b"\1")
    _adopt_announcement(step, link)
    settle_unfollowed(step, link)
    _note_forks(step, link)
    if state.epoch != link.epoch:
        state.epoch = link.epoch
        step.put_meta("epoch", link.epoch)
    _ready(step, link)


def _lost_grants(step: Step, link: Link, forked: bool) -> frozenset[GrantId]:
    """The rights that a hub which was put back has lost, whether it knows that or not."""
    own = user_stream(step.state.account)
    if forked:
        common = common_seq(step.state, link, own) if own in link.grants else 0
    elif _is_behind(step.state, link.grants):
        common = link.grants[own].head_seq
    else:
        return frozenset()
    return forking.lost_grants(step, common)


def _adopt_announcement(step: Step, link: Link) -> None:
    state = step.state
    for stream, grant in link.grants.items():
        link.granted[stream] = (grant.grant, grant.floor)
        if stream[:2] == b"u:":
            link.user_seq = grant.head_seq
        row = state.streams.get(stream)
        if row is None:
            continue
        if row.hi == grant.head_seq and row.hi and head8(row.head) != grant.head8:
            step.say(Alarm("head", stream, (grant.head8,)))
        step.put_stream(
            replace(
                row,
                number=grant.number,
                floor=grant.floor,
                head_seq=max(grant.head_seq, row.hi),
                unread=grant.unread,
                mentions=grant.mentions,
            )
        )
        step.say(Changed(stream))


def _note_forks(step: Step, link: Link) -> None:
    """Remember where each stream last went another way, to judge what authors have seen."""
    state = step.state
    if len(link.welcome.lineage) == 1:
        return
    if not state.forked:
        state.forked = True
        step.put_meta("forked", b"\1")
    for stream, grant in link.grants.items():
        note_forks(step, stream, grant.forks)


def _ready(step: Step, link: Link) -> None:
    link.ready = True
    times.remember(step, link)
    link.offering = step.state.offer_due
    open_streams(step, link)
    if link.offering:
        offering.begin(step, link)
    else:
        push(step, link)


def _show_checkpoints(step: Step, link: Link) -> None:
    """Remind the hub of what it signed in this epoch and no longer announces."""
    for stream, checkpoint in step.state.checkpoints.items():
        head_seq = link.heads.get(stream)
        if head_seq is None or checkpoint.epoch != link.epoch:
            continue
        if checkpoint.seq > head_seq:
            step.say(Send(checkpoint))
