"""The frozen vectors of logins: who is honest sends these very bytes, and refuses what it must."""

from typing import Any

import pytest

from hobnob_protocol.chain import extend
from hobnob_protocol.connection import (
    ClientConnection,
    Closed,
    HubConnection,
    JoinRequest,
    LoginRequested,
    MeetingRequested,
    RecoveryRequested,
    State,
)
from hobnob_protocol.crypto import NOBODY_KEY, Ed25519Signer, Ed25519Verifier
from hobnob_protocol.errors import ByeCode, ProtocolError
from hobnob_protocol.frames import Auth, Bye, Frame, Join
from hobnob_protocol.ids import AccountId, DeviceKey, Epoch, HubId, ReplicaId, device_id
from hobnob_protocol.login import check_request, check_ssh_request
from hobnob_protocol.meeting_frames import Await, Meet
from hobnob_protocol.recovery_frames import SshRecover
from hobnob_protocol.wire import decode_frame
from tests.protocol.kept_vectors import KEPT, bytes_of, title
from tests.protocol.vectors.by_hand import array
from tests.protocol.vectors.people import Person
from tests.protocol.vectors.rows import Row, data_of
from tests.protocol.vectors.ssh_holders import Plain

VERIFIER = Ed25519Verifier()
AUTH = "auth"
"""What the hub decides beyond the order and form of a login: it knows who may enter."""

HALVES = [(row, side) for row in KEPT["login.json"] for side in ("client", "hub") if row[side]]
"""Every login with each of its sides that is honest."""


def _bytes(told: str | None) -> bytes | None:
    return None if told is None else bytes.fromhex(told)


def client_of(knows: Row) -> ClientConnection:
    """The client that a row tells of."""
    expected, key = _bytes(knows["expected_hub"]), _bytes(knows["hub_key"])
    account, epoch = _bytes(knows["account"]), _bytes(knows["epoch"])
    wish = knows["join"]
    join = None
    if wish is not None:
        invite, link = bytes_of(wish, "invite"), bytes_of(wish, "link")
        join = JoinRequest(invite, link, bytes_of(wish, "link_signature"), wish["handle"])
    return ClientConnection(
        hub_expected=None if expected is None else HubId(expected),
        signer=Ed25519Signer(bytes_of(knows, "device_seed")),
        account=None if account is None else AccountId(account),
        join=join,
        replica=ReplicaId(bytes_of(knows, "replica")),
        epoch=None if epoch is None else Epoch(epoch),
        digest=_bytes(knows["digest"]),
        nonce=bytes_of(knows, "nonce"),
        client_name=knows["client"],
        certificate=_bytes(knows["certificate"]),
        loopback=knows["loopback"],
        verifier=VERIFIER,
        now_ms=0,
        hub_key=None if key is None else DeviceKey(key),
        recover=knows.get("recover"),
        ssh=Plain(Person(bytes_of(knows, "ssh_seed"))) if "ssh_seed" in knows else None,
        slot=_bytes(knows.get("slot")),
    )


def hub_of(knows: Row) -> HubConnection:
    """The hub that a row tells of."""
    return HubConnection(
        HubId(bytes_of(knows, "hub")),
        Ed25519Signer(bytes_of(knows, "device_seed")),
        bytes_of(knows, "nonce"),
        tuple(bytes.fromhex(each) for each in knows["certificates"]),
        VERIFIER,
        0,
        knows["time_ms"],
    )


def lets_in(knows: Row, asked: LoginRequested | MeetingRequested) -> bool:
    """Does the hub know who asks, and did they sign? Who comes to a slot need only find it."""
    if isinstance(asked.frame, Meet):
        return asked.frame.slot.hex() in knows["slots"]
    key = _key_of(knows, asked.frame)
    return check_request(asked.transcript, asked.frame, key, VERIFIER) and key != NOBODY_KEY


def _key_of(knows: Row, frame: Auth | Join | Await) -> DeviceKey:
    if isinstance(frame, Auth | Await):
        for each in knows["accounts"]:
            key = DeviceKey(bytes.fromhex(each["device_key"]))
            if (each["account"], device_id(key)) == (frame.account.hex(), frame.device):
                return key
        return NOBODY_KEY
    if frame.invite.hex() not in knows["invites"]:
        return NOBODY_KEY
    try:
        hub = HubId(bytes_of(knows, "hub"))
        return extend(None, frame.link, frame.link_signature, hub, VERIFIER).devices[0].key
    except ProtocolError:
        return NOBODY_KEY


def recovers(knows: Row, asked: RecoveryRequested) -> bool:
    """Does the hub know the recovery key, and has it signed?"""
    for each in knows["recovery"]:
        key = DeviceKey(bytes.fromhex(each["key"]))
        if (each["handle"], device_id(key)) == (asked.frame.handle, asked.frame.recovery):
            if isinstance(asked.frame, SshRecover):
                return check_ssh_request(asked.transcript, asked.frame, key)
            return check_request(asked.transcript, asked.frame, key, VERIFIER)
    return False


def replayed(row: Row, side: str) -> tuple[State, str, list[bytes]]:
    """One side put in its place of a login: how it ends, the rule it found broken, what it says
    last. Whatever it sends on the way is what the row says."""
    machine = client_of(row["client"]) if side == "client" else hub_of(row["hub"])
    rule, spoken = "", list[bytes]()
    for frame in row["frames"]:
        spoken += machine.to_send()
        if frame["from"] == side:
            if not spoken:
                _at_a_slot(machine, decode_frame(data_of(frame)))
                spoken += machine.to_send()
            assert spoken.pop(0) == data_of(frame)
            continue
        for event in machine.receive(data_of(frame), 0):
            if isinstance(event, LoginRequested | MeetingRequested):
                if lets_in(row["hub"], event):
                    machine.send(_welcome_in(row))
                else:
                    rule = AUTH
                    machine.close(Bye(ByeCode.AUTH, 0))
            if isinstance(event, RecoveryRequested):
                if recovers(row["hub"], event):
                    machine.send(_welcome_in(row))
                    machine.close(Bye(ByeCode.DONE, 0))
                else:
                    rule = AUTH
                    machine.close(Bye(ByeCode.AUTH, 0))
            if isinstance(event, Closed) and event.code != ByeCode.DONE:
                rule = event.detail.split(":")[0]
    spoken += machine.to_send()
    return machine.state, rule, spoken


def _at_a_slot(machine: ClientConnection | HubConnection, said: Frame) -> None:
    """What whoever runs a connection says there: a CARRY, or that it was all."""
    if isinstance(said, Bye):
        machine.close(said)
    else:
        machine.send(said)


def _welcome_in(row: Row) -> Any:
    """The WELCOME, CHAINHEAD or empty CARRY a row tells, which comes fourth."""
    return decode_frame(data_of(row["frames"][3]))


@pytest.mark.parametrize(("row", "side"), HALVES, ids=[f"{title(r)}-{s}" for r, s in HALVES])
def test_each_side_of_a_login_does_what_its_vector_says(row: Row, side: str) -> None:
    """Both end open, or the one that is deceived says BYE and why."""
    state, rule, said = replayed(row, side)
    if row.get("refused_by") != side:
        ends = State.CLOSED if row.get("ends") == ByeCode.DONE else State.OPEN
        assert (state, rule, said) == (ends, "", [])
        return
    assert (state, rule) == (State.CLOSED, row["breaks"])
    assert said == [array(63, row["bye"], 0)]


@pytest.mark.parametrize("row", KEPT["login.json"], ids=title)
def test_each_login_is_tried_on_whoever_refuses_it(row: Row) -> None:
    """A side that is not told cannot be tried."""
    assert row["hub"] if "breaks" not in row else row[row["refused_by"]]
