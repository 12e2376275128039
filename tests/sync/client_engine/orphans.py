"""Replicas that hold what a hub has lost, and what is said of it."""

from hobnob_protocol.frames import Offer, OfferAck, OfferAnswer
from hobnob_protocol.ids import (
    StreamId,
    target_of,
)
from hobnob_protocol.kinds.messages import Post
from hobnob_sync.ports import OrphanRow, ReplicaTransaction
from tests.sync.client_engine.scene import Outputs, Scene, sent
from tests.sync.client_engine.scripted_hub import GARDEN, Voice


def orphan(voice: Voice, text: str, seq: int, stream: StreamId = GARDEN) -> OrphanRow:
    """Something said in a log that the hub no longer has."""
    event, name = voice.event(stream, Post(text))
    return OrphanRow(stream, seq, seq * 10, name, event)


def orphaned(scene: Scene, *rows: OrphanRow, due: bool = True) -> None:
    """The replica holds these; with `due` a new epoch has just been entered."""
    scene.put(
        ReplicaTransaction(
            orphans={row.event_id: row for row in rows},
            meta={"offer_due": b"\1"} if due else {},
        )
    )


def offers(outputs: Outputs) -> list[Offer]:
    """What is offered."""
    return sent(outputs, Offer)


def answers(offered: Offer, scene: Scene, *statuses: int, code: str = "gone") -> OfferAck:
    """The hub's answers to an offer, in its order."""
    by_bytes = {row.event: row.event_id for row in scene.state.orphans.values()}
    return OfferAck(
        tuple(
            OfferAnswer(target_of(by_bytes[one.event]), status, code if status == 2 else "")
            for one, status in zip(offered.events, statuses, strict=True)
        )
    )
