"""What one calls one's devices."""

from hobnob_protocol.ids import DeviceId
from hobnob_protocol.kinds.personal import DeviceName
from hobnob_sync.views import devices
from tests.sync.views.scene import ALICE, OWN, Tale

LAPTOP, PHONE = DeviceId(b"laptop!!"), DeviceId(b"phone!!!")


def test_the_latest_name_holds() -> None:
    """One that was taken away is none."""
    tale = Tale()
    assert devices.view(tale.cells(devices.asks(ALICE), OWN)) == {}
    tale.tell(ALICE, DeviceName(LAPTOP, "desk"), OWN)
    tale.tell(ALICE, DeviceName(PHONE, "pocket"), OWN)
    tale.tell(ALICE, DeviceName(LAPTOP, "the old one"), OWN)
    tale.tell(ALICE, DeviceName(PHONE), OWN)
    assert devices.view(tale.cells(devices.asks(ALICE), OWN)) == {LAPTOP: "the old one"}
