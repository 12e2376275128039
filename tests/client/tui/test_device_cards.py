"""One's own devices in a list, and what can be done with each."""

from dataclasses import replace

from hobnob_client.devices import DeviceLine
from hobnob_client.tui.device_cards import cards, lacking, offered
from hobnob_protocol.ids import DeviceId

LAPTOP = DeviceLine(DeviceId(b"laptop__"), bytes(32), "laptop", False, True, True)
THIS = replace(LAPTOP, id=DeviceId(b"this____"), name=None, this=True)
SHEET = replace(LAPTOP, name=None, manages=False, paper=True)
GONE = replace(LAPTOP, active=False)


def test_a_device_has_its_name_its_marks_and_its_id() -> None:
    """What nobody has named says what it is; a hostile name is only text."""
    assert [card.head for card in cards((LAPTOP, THIS, SHEET, GONE))] == [
        "laptop · manages",
        "a device without a name · this one · manages",
        "24 words on paper",
        "laptop · revoked",
    ]
    (card,) = cards((LAPTOP,))
    assert card.rest == (f"ID {LAPTOP.id.hex()}",)
    (hostile,) = cards((replace(LAPTOP, name="\x1b[2Jlap"),))
    assert "\x1b" not in hostile.head


def test_what_is_offered_is_what_is_possible() -> None:
    """Nothing is handed to what opens nothing, nor to the device that has it already."""
    assert offered(LAPTOP) == {"close", "rename", "revoke", "hand"}
    assert offered(THIS) == offered(SHEET) == {"close", "rename", "revoke"}
    assert offered(GONE) == offered(None) == {"close"}
    assert "no more" in lacking(GONE)
    assert "opens no messages" in lacking(SHEET)
    assert "this very device" in lacking(THIS)
