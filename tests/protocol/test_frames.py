"""Frames are values; their ops and the order of their fields are the protocol."""

from dataclasses import MISSING, FrozenInstanceError, fields
from inspect import getmembers, isclass

import pytest

from hobnob_protocol import (
    frames,
    meeting_frames,
    presence_frames,
    question_frames,
    recovery_frames,
    seal_record_frames,
)
from hobnob_protocol.frames import Frame
from hobnob_protocol.wire import FRAMES
from tests.protocol.frame_samples import CARRIERS, WHOLE, name_of

PROTOCOL = {
    "Hello": (1, "versions nonce expected_hub client"),
    "Challenge": (2, "version hub hub_key nonce time_ms certificates signature"),
    "Auth": (3, "account device certificate replica epoch digest signature"),
    "Join": (4, "invite link link_signature handle certificate replica signature"),
    "Welcome": (5, "lineage time_ms last_push_no same grants questions presence"),
    "Grants": (6, "entries more"),
    "Open": (8, "streams"),
    "Opened": (9, "stream grant number status base_seq base_head head_seq forks"),
    "CloseStream": (10, "stream"),
    "Recover": (11, "handle recovery certificate signature"),
    "SshRecover": (20, "handle recovery certificate proof"),
    "ChainHead": (12, "account links head"),
    "Await": (13, "slot account device certificate signature"),
    "Meet": (14, "slot certificate"),
    "Carry": (15, "data"),
    "Page": (16, "number first_seq events context"),
    "Back": (17, "stream grant before_seq limit"),
    "BackPage": (18, "number first_seq base_head events context"),
    "Credit": (19, "size_bytes"),
    "Push": (32, "events"),
    "Ack": (33, "answers budget"),
    "Offer": (34, "events done"),
    "OfferAck": (35, "answers"),
    "Checkpoint": (40, "epoch stream seq head at_ms signature"),
    "Record": (41, "record signature"),
    "Want": (42, "accounts"),
    "Records": (43, "accounts records"),
    "Ask": (44, "number question"),
    "Told": (45, "number status answer"),
    "Ping": (48, "number"),
    "Pong": (49, "number"),
    "Bye": (63, "code retry_ms"),
    "Here": (70, "shown typing"),
    "Typing": (71, "stream account"),
    "Who": (72, "stream"),
    "WhoIs": (73, "stream present more"),
}
VALUES = {
    "Grant": "stream number grant floor head_seq head8 unread mentions forks",
    "OpenStream": "stream grant seq head8 tail",
    "Placed": "seq at_ms event",
    "Pushed": "push_no stream event",
    "Acked": "push_no status event8 seq head8 code",
    "Offered": "stream seq at_ms event",
    "OfferAnswer": "target status code",
    "Recorded": "record signature",
}


def test_ops_and_fields_are_those_of_version_1() -> None:
    """A released frame keeps its op, its fields and their order; new ones come after."""
    found = {
        frame.__name__: (frame.op, " ".join(field.name for field in fields(frame)))
        for frame in FRAMES
    }
    assert found == PROTOCOL


def test_the_values_inside_are_those_of_version_1() -> None:
    """The same for what frames carry."""
    found = {
        name: " ".join(field.name for field in fields(value))  # type: ignore[arg-type]  # dataclasses
        for name, (value, _) in CARRIERS.items()
    }
    assert found == VALUES


def test_every_frame_is_listed_and_has_a_sample() -> None:
    """In the order of ops, each op once."""
    ops = [frame.op for frame in FRAMES]
    assert ops == sorted(set(ops))
    declared = {
        found
        for module in (
            *(frames, recovery_frames, meeting_frames, question_frames, seal_record_frames),
            presence_frames,
        )
        for _, found in getmembers(module, isclass)
        if issubclass(found, Frame) and found is not Frame
    }
    assert set(FRAMES) == declared
    assert [type(sample) for sample in WHOLE] == list(FRAMES)


@pytest.mark.parametrize("frame", WHOLE, ids=name_of)
def test_a_frame_is_frozen(frame: Frame) -> None:
    """Nobody changes what was said."""
    with pytest.raises(FrozenInstanceError):
        setattr(frame, fields(frame)[0].name, None)


@pytest.mark.parametrize("frame", WHOLE, ids=name_of)
def test_a_sample_leaves_nothing_out(frame: Frame) -> None:
    """So that tests on samples reach every field."""
    declared = [field for field in fields(frame) if field.default is not MISSING]
    assert [field.name for field in declared if getattr(frame, field.name) == field.default] == []
