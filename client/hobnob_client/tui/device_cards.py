"""One's own devices as entries of a list, and what can be done with each."""

from collections.abc import Iterable
from typing import Final

from hobnob_client import term_safe
from hobnob_client.catalogue import later, t
from hobnob_client.devices import DeviceLine
from hobnob_client.tui.widgets.card_list import Card

_NAMELESS: Final = {"paper": later("24 words on paper"), "ssh": later("an SSH key without a name")}


def offered(device: DeviceLine | None) -> frozenset[str]:
    """What can be done with it."""
    if device is None or not device.active:
        return frozenset({"close"})
    other = not device.this and device.sort == "device"
    return frozenset({"close", "rename", "revoke"} | ({"hand"} if other else set()))


def lacking(device: DeviceLine | None) -> str:
    """Why that cannot be done with it."""
    if device is None or not device.active:
        return t("That device speaks for you no more.")
    if device.sort != "device":
        return t("That opens no messages; a device does.")
    return t("That is this very device: it has what it can read.")


def cards(devices: Iterable[DeviceLine]) -> list[Card]:
    """One each: its name, and below it which it is."""
    return [_device(device) for device in devices]


def _device(device: DeviceLine) -> Card:
    nameless = t(_NAMELESS.get(device.sort, later("a device without a name")))
    name = term_safe.name(device.name or "", nameless)
    marks = [mark for mark in device.marks if mark not in (device.name, name)]
    return Card(device.id, " · ".join((name, *marks)), (f"ID {device.id.hex()}",))
