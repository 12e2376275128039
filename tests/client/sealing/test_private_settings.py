"""What one sets for one's own devices is on all of them, and the hub cannot tell what it is."""

from hobnob_protocol.ids import TargetId
from hobnob_protocol.kinds.personal import DeviceName, Mute
from tests.client.sealing.devices import GARDEN, SHED, SOON, Desk, Device
from tests.client.sealing.pair import CANARY

ROOT = TargetId(b"r" * 16)


def named(device: Device, other: Device) -> str | None:
    """What the other device is called on the one."""
    return device.reader.device_names().get(other.identity.author.device)


def test_what_is_muted_on_one_device_is_on_the_other(desk: Desk) -> None:
    """At once here, and soon there; so is its end."""
    phone = desk.link()
    desk.first.set_up(Mute(GARDEN))
    desk.first.set_up(Mute(SHED, ROOT))
    assert desk.first.reader.kept().muted == (GARDEN,)
    desk.wait()
    assert phone.reader.kept().muted == (GARDEN,)
    assert phone.reader.kept().muted_threads == ((SHED, ROOT),)
    phone.set_up(Mute(GARDEN, None, on=False))
    assert phone.reader.kept().muted == ()
    desk.wait()
    assert desk.first.reader.kept().muted == ()
    assert desk.first.reader.kept().muted_threads == ((SHED, ROOT),)


def test_a_device_is_called_alike_on_all(desk: Desk) -> None:
    """Until its name is taken away."""
    phone = desk.link()
    phone.set_up(DeviceName(phone.identity.author.device, "pocket"))
    desk.wait()
    assert (named(desk.first, phone), named(phone, phone)) == ("pocket", "pocket")
    desk.first.set_up(DeviceName(phone.identity.author.device))
    desk.wait()
    assert (named(desk.first, phone), named(phone, phone)) == (None, None)


def test_the_hub_sees_neither_what_is_set_nor_of_what(desk: Desk) -> None:
    """In no byte of its file, and as no event of the kinds that could be read."""
    phone = desk.link()
    desk.first.set_up(Mute(GARDEN))
    desk.first.set_up(DeviceName(phone.identity.author.device, CANARY))
    desk.wait()
    assert phone.reader.kept().muted == (GARDEN,)
    assert named(phone, phone) == CANARY
    for shown in (GARDEN, CANARY.encode()):
        assert phone.dump().count(shown) > 0
        assert desk.dump().count(shown) == 0
    assert not {Mute, DeviceName} & desk.said


def test_what_an_older_version_says_holds_until_it_is_set_again(desk: Desk) -> None:
    """Nothing is lost, and the hub is not told of the end."""
    phone = desk.link()
    desk.first.say(desk.stream, Mute(GARDEN))
    desk.first.say(desk.stream, DeviceName(phone.identity.author.device, "pocket"))
    desk.wait()
    assert phone.reader.kept().muted == (GARDEN,)
    assert named(phone, phone) == "pocket"
    phone.set_up(Mute(GARDEN, None, on=False))
    phone.set_up(DeviceName(phone.identity.author.device))
    desk.wait()
    assert desk.first.reader.kept().muted == phone.reader.kept().muted == ()
    assert named(desk.first, phone) is None
    tablet = desk.link()
    desk.wait()
    assert tablet.reader.kept().muted == ()
    assert named(tablet, phone) is None
    tablet.set_up(Mute(GARDEN))
    desk.wait()
    assert desk.first.reader.kept().muted == phone.reader.kept().muted == (GARDEN,)


def test_what_is_as_if_nothing_had_been_set_takes_no_room(desk: Desk) -> None:
    """Whoever mutes and hears again, and names and takes the name away, keeps no cell."""
    desk.first.set_up(Mute(GARDEN, None, on=False))
    desk.wait()
    assert desk.cells == []
    desk.first.set_up(Mute(GARDEN))
    desk.wait()
    assert len(desk.first.kept) == 1
    desk.first.set_up(Mute(GARDEN, None, on=False))
    desk.wait()
    assert desk.first.kept == []


def test_settings_are_made_off_line_and_the_later_holds(desk: Desk) -> None:
    """On all devices, whoever is on line first; none is kept beside as a draft would be."""
    phone = desk.link()
    desk.first.set_up(DeviceName(phone.identity.author.device, "pocket"))
    desk.wait()
    desk.first.cut()
    phone.cut()
    desk.first.set_up(DeviceName(phone.identity.author.device, "the small one"))
    desk.wait()
    phone.set_up(DeviceName(phone.identity.author.device, "the red one"))
    assert named(desk.first, phone) == "the small one"
    for device in (phone, desk.first):
        device.connect()
        desk.wait(2 * SOON)
    assert (named(desk.first, phone), named(phone, phone)) == ("the red one", "the red one")
    assert len(phone.kept) == len(desk.first.kept) == 1
    assert desk.first.beside == phone.beside == []
