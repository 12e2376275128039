"""Whatever happens to a member's devices, in the end all show the same, and no text is lost."""

from random import Random

import pytest

from tests.client.sealing.devices import GARDEN, SHED, Desk, Device

STEPS = 40
DEVICES_MAX = 4
PLACES = (GARDEN, SHED)


class History:
    """Devices that write, come and go by chance; what somebody has written over knowingly."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.random = Random(seed)
        self.devices = [desk.first]
        self.written: list[str] = []
        self.replaced: set[str] = set()

    def step(self) -> None:
        """One thing happens."""
        device = self.random.choice(self.devices)
        happens = (self.write,) * 4 + (self.cut, self.connect, self.restart, self.link)
        self.random.choice(happens)(device)
        self.desk.wait(self.random.choice((0, 1, 3, 10, 60)))

    def write(self, device: Device) -> None:
        """Another text takes the place of what the device shows."""
        place = self.random.choice(PLACES)
        text = f"text {len(self.written)}" if self.random.random() < 0.8 else ""
        self.replaced.add(device.begun(place))
        device.draft(place, text)
        if text:
            self.written.append(text)

    def cut(self, device: Device) -> None:
        """Its line breaks."""
        device.cut()

    def connect(self, device: Device) -> None:
        """It is on line again."""
        device.connect()

    def restart(self, device: Device) -> None:
        """It dies, and starts again."""
        device.crash()
        device.restart()

    def link(self, device: Device) -> None:
        """One more device; the first one must be there for that."""
        if len(self.devices) < DEVICES_MAX and self.desk.first.connected:
            self.devices.append(self.desk.link())

    def end(self) -> None:
        """All are on line, for a while."""
        for device in self.devices:
            device.connect()
            self.desk.wait(5)
        self.desk.wait(400)


@pytest.mark.parametrize("seed", range(12))
def test_all_devices_end_alike_and_no_text_is_lost(desk: Desk, seed: int) -> None:
    """But for what somebody has written over, who saw it."""
    history = History(desk, seed)
    for _ in range(STEPS):
        history.step()
    history.end()
    shown = [
        (*(device.begun(place) for place in PLACES), *device.beside) for device in history.devices
    ]
    assert len({*shown}) == 1
    assert {*history.written} - history.replaced <= {*shown[0]}
    assert not any(device.alarms for device in history.devices)
