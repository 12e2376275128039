"""What sealing costs one device: CPU for a start, a message sent and a message read, and bytes.

Signatures are Ed25519 and count on both sides, as do the events around the bodies.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Final

from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.ids import direct_conversation, group_conversation
from hobnob_protocol.limits import DEVICES_MAX
from hobnob_protocol.sealing.group import extend_group, founding
from tests.protocol.sealing.people import HUB, Device, Place, account_of

VERIFIER: Final = Ed25519Verifier()
TEXT: Final = "x" * 120


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians in milliseconds of CPU, sizes in bytes."""

    what: str
    devices: int
    start_ms: float
    start_bytes: int
    open_ms: float
    send_ms: float
    receive_ms: float
    message_bytes: int


def _device(name: str) -> Device:
    return Device(name, Ed25519Signer(name.encode().ljust(32, b".")), VERIFIER)


def _place(members: int, devices: int) -> tuple[Place, list[Device]]:
    """A conversation, and its devices, of which the first has everybody's records."""
    place = Place(group_conversation(b"g" * 16))
    everybody: list[Device] = []
    for member in range(members):
        own = [_device(f"{member}/{number}") for number in range(devices)]
        chain = account_of(*own, verifier=VERIFIER)
        place.chains[chain.account] = chain
        everybody += own
    accounts = tuple(sorted(place.chains))
    if members == 2:
        place.accounts = accounts
        place.conversation = direct_conversation(HUB, accounts[0], accounts[1])
    else:
        link = founding(*accounts)
        place.group = extend_group(None, link, everybody[0].me, HUB, place.conversation)
    for device in everybody:
        record = device.record(place.chains[device.me.account])
        everybody[0].records.take(*record, place.chains)
    return place, everybody


def _ms(act: Callable[[], object]) -> float:
    started = time.process_time_ns()
    act()
    return (time.process_time_ns() - started) / 1e6


def measure(what: str, members: int, devices: int, rounds: int) -> Cost:
    """One conversation, so many rounds: a start and ten messages in each."""
    place, everybody = _place(members, devices)
    sender, reader = everybody[0], everybody[-1]
    starts: list[float] = []
    opened: list[float] = []
    sends: list[float] = []
    receives: list[float] = []
    began: list[bytes] = []
    said: list[bytes] = []
    read: list[str] = []
    size = 0
    for _ in range(rounds):
        sender.sending.forget()
        starts.append(_ms(lambda: began.extend(sender.begin(place))))
        opened.append(_ms(lambda: reader.hear(place, began, sender)))
        for _ in range(10):
            sends.append(_ms(lambda: said.append(sender.say(place, TEXT))))
            receives.append(_ms(lambda: read.extend(reader.hear(place, said[-1:], sender))))
        size = sum(map(len, began))
        began.clear()
    assert read == [TEXT] * len(said)
    return Cost(
        what,
        members * devices,
        median(starts),
        size,
        median(opened),
        median(sends),
        median(receives),
        len(said[-1]),
    )


def costs(rounds: int) -> list[Cost]:
    """A conversation of two with three devices each, a group of eight, and the largest."""
    return [
        measure("2 x 3 devices", 2, 3, 20 * rounds),
        measure("8 x 2 devices", 8, 2, 10 * rounds),
        measure("32 x 8 devices", 32, DEVICES_MAX, rounds),
    ]
